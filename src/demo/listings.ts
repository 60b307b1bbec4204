import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { openCase, takeStep } from '../cases/act-on-case.ts'
import type { CaseKey } from '../cases/model.ts'
import { noticeServed } from '../cases/run-clocks.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import type { SceneDay } from './scene-model.ts'
import { atMoment, filledOf, momentOf } from './scene-moment.ts'

/*
 * Cases of one list, begun within the last three weeks, by the same commands as anybody's, each act with the clock at its day: proposed, told, a
 * hearing asked for, called and held on its day, a decision to confirm, listed, asked to be annulled, not listed. Made once.
 */

const LIST = 'work-safety-serious'
const UNIT = 'emergency'
const OFFICERS = ['case.emergency', 'case.emergency2'] as const

type Who = 'first' | 'second' | 'subject'
/** Who did what, so many working days ago; or which letter the subject opened then. */
type Deed = readonly [ago: number, who: Who | 'opens', what: string, fields?: Readonly<Record<string, string | SceneDay>>]

/** The days of a case: told, called to a hearing, heard. Between the last two lie the days that the law leaves for preparing. */
const TOLD_AGO = 13
const CALLED_AGO = 11
const HEARD_AGO = 3

const told = (ago: number): readonly Deed[] => [
  [ago, 'second', 'confirm-notice'],
  [ago, 'opens', 'listing-notice'],
]
const asked = (ago: number): readonly Deed[] => [
  ...told(ago),
  [ago, 'subject', 'ask-hearing', { 'why-hearing': '事故当日已电话报告，请当面说明。' }],
]
const PLACE = { 'hearing-time': '上午9时', place: '澜川市应急管理局302室', manner: '不公开，现场', chair: '法规科负责人' }
const called = (ago: number, on: SceneDay): readonly Deed[] => [
  ...asked(TOLD_AGO),
  [ago, 'first', 'call-hearing', { ...PLACE, 'hearing-on': on }],
  [ago, 'opens', 'hearing-notice'],
]
const HEARD: readonly Deed[] = [
  ...called(CALLED_AGO, { ago: HEARD_AGO }),
  [HEARD_AGO, 'first', 'hold-hearing', { minutes: '双方到场，当事人陈述申辩，出示通话记录。' }],
]
const DEFENCE = '听证中的意见逐条复核，通话记录晚于规定时限，不成立。'
const drafted = (no: number): readonly Deed[] => [
  ...HEARD,
  [2, 'first', 'decide', { 'decision-number': `澜应急列〔示例〕${no}号`, defence: DEFENCE }],
]
const listed = (no: number): readonly Deed[] => [...drafted(no), [1, 'second', 'list']]

const WAYS: readonly (readonly Deed[])[] = [
  [],
  told(0),
  asked(0),
  // A hearing of yesterday whose record is still to be written: a day to come may lie in a year whose holidays nobody knows yet.
  called(8, { ago: 1 }),
  HEARD,
  drafted(91),
  listed(92),
  [...listed(93), [0, 'subject', 'claim-wrong', { 'why-wrong': '所依据的处罚决定正在行政复议。' }]],
  [...HEARD, [2, 'first', 'drop', { because: '经听证核实，报告没有迟延，列入的事由不成立。' }]],
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
      and exists (select from fact f where f.subject_id = s.subject_id and f.known_from < ${momentOf(app, TOLD_AGO + 1, 0)})
    order by subject_id limit ${WAYS.length}`)
  for (const [at, deeds] of WAYS.entries()) {
    const subjectId = firms[at]?.subject_id
    if (subjectId === undefined) return
    const subject: Actor = { ...ANYONE, id: `subject:${subjectId}`, subjectId, permissions: permissionsFor(app.law, ['subject']) }
    const [end] = await Promise.allSettled([runCase({ app, at, by: { first, second, subject } }, subjectId, deeds)])
    // A hearing needs a calendar: of a year whose notice is not held the city starts without it.
    if (end?.status === 'rejected' && !(end.reason instanceof Refusal)) throw end.reason
  }
}

type Course = { readonly app: App; readonly at: number; readonly by: Readonly<Record<Who, Actor>> }

async function runCase({ app, at, by }: Course, subjectId: SubjectId, deeds: readonly Deed[]): Promise<void> {
  const opening = { procedure: 'listing', act: 'propose', subjectId, aboutRef: LIST, fields: PROPOSED }
  const begun = deeds[0]?.[0] ?? 0
  const key = await openCase(atMoment(app, begun === 0 ? 0 : begun + 1, at), by.first, opening)
  for (const [ago, who, act, fields = {}] of deeds) {
    const then = atMoment(app, ago, at)
    if (who === 'opens') await openLetter(then, by.subject, key, act)
    else await takeStep(then, by[who], key, { act, fields: filledOf(app, { ago, fields }) })
  }
}

async function openLetter(then: App, subject: Actor, key: CaseKey, template: string): Promise<void> {
  const letter = await then.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where subject_id = ${key.subjectId} and case_id = ${key.caseId} and notice = ${template}`,
  )
  if (!letter) return
  await openNotice(then, subject, { subjectId: key.subjectId, noticeId: letter.notice_id }, [key.subjectId])
  await noticeServed(then, key, template)
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
