import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { openCase, takeStep } from '../cases/act-on-case.ts'
import type { CaseKey } from '../cases/model.ts'
import { noticeServed } from '../cases/run-clocks.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'

/*
 * Cases of one list in the states that a day can reach, by the same commands as anybody's: proposed, told, a hearing asked for and called, a
 * decision to confirm, listed, asked to be annulled, not listed. Made once.
 */

const LIST = 'work-safety-serious'
const UNIT = 'emergency'
const OFFICERS = ['case.emergency', 'case.emergency2'] as const

type Who = 'first' | 'second' | 'subject'
type Deed = readonly [who: Who, act: string, fields?: Readonly<Record<string, string>>]

const TOLD: readonly Deed[] = [['second', 'confirm-notice']]
const ASKED: readonly Deed[] = [...TOLD, ['subject', 'ask-hearing', { 'why-hearing': '事故当日已电话报告，请当面说明。' }]]
const CALLED: readonly Deed[] = [
  ...ASKED,
  [
    'first',
    'call-hearing',
    { 'hearing-time': '送达第十日上午9时', place: '澜川市应急管理局302室', manner: '不公开，现场', chair: '法规科负责人' },
  ],
]
const HEARD: readonly Deed[] = [...CALLED, ['first', 'hold-hearing', { minutes: '双方到场，当事人陈述申辩，出示通话记录。' }]]
const drafted = (no: number): readonly Deed[] => [
  ...HEARD,
  [
    'first',
    'decide',
    { 'decision-number': `澜应急列〔示例〕${no}号`, defence: '听证中的意见逐条复核，通话记录晚于规定时限，不成立。' },
  ],
]
const listed = (no: number): readonly Deed[] => [...drafted(no), ['second', 'list']]

const WAYS: readonly (readonly Deed[])[] = [
  [],
  TOLD,
  ASKED,
  CALLED,
  HEARD,
  drafted(91),
  listed(92),
  [...listed(93), ['subject', 'claim-wrong', { 'why-wrong': '所依据的处罚决定正在行政复议。' }]],
  [...HEARD, ['first', 'drop', { because: '经听证核实，报告没有迟延，列入的事由不成立。' }]],
]

const PROPOSED = {
  ground: `${LIST}:concealed`,
  fact: '发生一起坍塌事故，未造成人员死亡，三日后才报告。',
  proof: '事故调查报告\n询问笔录',
  document: '澜应急罚〔示例〕7号',
  'heard-penalty': 'yes',
}

/** Puts the cases into the example city, where it has none of its lists yet. */
export async function makeExampleListings(app: App): Promise<void> {
  const [first, second] = await Promise.all(OFFICERS.map(login => officerOf(app, login)))
  if (!first || !second || !app.law.lists.has(LIST)) return
  if (await app.db.row(sql`select from case_file where procedure = 'listing' limit 1`)) return
  const firms = await app.db.rows<{ subject_id: SubjectId }>(sql`select subject_id from pub.subject s
    where kind = 'enterprise' and not exists (select from mandate m where m.subject_id = s.subject_id)
      and not exists (select from pub.record r where r.subject_id = s.subject_id and r.register is null)
    order by subject_id limit ${WAYS.length}`)
  for (const [index, deeds] of WAYS.entries()) {
    const subjectId = firms[index]?.subject_id
    if (subjectId === undefined) return
    const subject: Actor = { ...ANYONE, id: `subject:${subjectId}`, subjectId, permissions: permissionsFor(app.law, ['subject']) }
    await runCase(app, subjectId, deeds, { first, second, subject })
  }
}

async function runCase(app: App, subjectId: SubjectId, deeds: readonly Deed[], by: Readonly<Record<Who, Actor>>): Promise<void> {
  const opening = { procedure: 'listing', act: 'propose', subjectId, aboutRef: LIST, fields: PROPOSED }
  const key = await openCase(app, by.first, opening)
  for (const [who, act, fields] of deeds) {
    await takeStep(app, by[who], key, { act, fields })
    if (act === 'confirm-notice') await openLetter(app, by.subject, key)
  }
}

async function openLetter(app: App, subject: Actor, key: CaseKey): Promise<void> {
  const letter = await app.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where subject_id = ${key.subjectId} and case_id = ${key.caseId} and notice = 'listing-notice'`,
  )
  if (!letter) return
  await openNotice(app, subject, { subjectId: key.subjectId, noticeId: letter.notice_id }, [key.subjectId])
  await noticeServed(app, key, 'listing-notice')
}

async function officerOf(app: App, login: string): Promise<Actor | undefined> {
  const account = await findAccount(app.db, login)
  if (!account) return undefined
  const roles = ['case-officer']
  return {
    ...{ ...ANYONE, id: `account:${account.accountId}`, name: account.name, unit: UNIT },
    ...{ roles, permissions: permissionsFor(app.law, roles) },
  }
}
