import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { readOwnNotice } from '../notices/views.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import type { CaseKey } from './model.ts'
import { runClocks } from './run-clocks.ts'
import { readCase } from './views.ts'

// What a notice before listing says, how one is heard, and what does not end a listing: on a real database.

let t: TestApp
let n = 0
const UNIT = 'emergency'
const LIST = 'work-safety-serious'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:61', UNIT, 'case-officer')
const colleague = as('account:62', UNIT, 'case-officer')
const office = as('account:63', 'credit-office', 'credit-office')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())
beforeEach(() => onDay('2026-06-08'))

type Told = { readonly key: CaseKey; readonly me: Actor; readonly subjectId: SubjectId }

/** A firm that is told on 8 June; `heard`: the penalty behind it gave the right to a hearing. */
async function told(heard: boolean): Promise<Told> {
  n += 1
  const firm = { name: `澜川安全示例${n}有限公司`, uscc: inventedUscc('enterprise', 300 + n) }
  const [subjectId] = (await openTestSubjects(t.app, [firm])) as [SubjectId]
  const fields = {
    ground: `${LIST}:concealed`,
    fact: '2026年3月发生一起坍塌事故，三日后才报告',
    proof: '事故调查报告\n询问笔录',
    document: '澜应急罚〔2026〕7号',
    ...(heard ? { 'heard-penalty': 'yes' } : {}),
  }
  const key = await openCase(t.app, officer, { procedure: 'listing', act: 'propose', subjectId, aboutRef: LIST, fields })
  await takeStep(t.app, colleague, key, { act: 'confirm-notice' })
  const me = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }
  await openNotice(t.app, me, { subjectId, noticeId: await letterOf(key, 'listing-notice') }, [subjectId])
  await drainTasks(t.worker)
  return { key, me, subjectId }
}

const letterOf = async (key: CaseKey, notice: string): Promise<number> =>
  (
    await t.worker.db.row<{ id: number }>(
      sql`select notice_id as id from notice where case_id = ${key.caseId} and notice = ${notice} order by notice_id desc`,
    )
  )?.id ?? 0
/** The subject opens a letter of its case and reads it. */
async function reads({ key, me, subjectId }: Told, notice: string): Promise<{ text: string; remedies: readonly unknown[] }> {
  const noticeId = await letterOf(key, notice)
  await openNotice(t.app, me, { subjectId, noticeId }, [subjectId])
  const { letter, remedies } = await readOwnNotice(t.app, me, noticeId)
  return { text: letter?.paragraphs.join('\n') ?? '', remedies }
}

const stateOf = async (key: CaseKey): Promise<string | undefined> =>
  (await t.worker.db.row<{ state: string }>(sql`select state from case_file where case_id = ${key.caseId}`))?.state
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal) return end.reason.code
  throw end?.reason
}
const CALLED = {
  'hearing-on': '2026-07-09',
  'hearing-time': '上午9时',
  place: '澜川市应急管理局302室',
  manner: '不公开，现场',
  chair: '法规科负责人',
}

const hold = (key: CaseKey) =>
  takeStep(t.app, officer, key, { act: 'hold-hearing', fields: { minutes: '双方到场，企业出示通话记录' } })

/** A firm that was told on 8 June and asked for a hearing on the same day. */
async function asked(): Promise<Told> {
  const one = await told(true)
  await takeStep(t.app, one.me, one.key, { act: 'ask-hearing' })
  return one
}

async function decided(key: CaseKey): Promise<void> {
  const fields = { 'decision-number': `澜应急列〔2026〕${n}号`, defence: '听证中的意见逐条复核，不成立' }
  await takeStep(t.app, officer, key, { act: 'decide', fields })
  await takeStep(t.app, colleague, key, { act: 'list' })
}

test('M205 · SG2 · the notice tells grounds, basis, measures, the right to answer and the way out, each out of the list itself', async () => {
  const one = await told(false)
  const { text } = await reads(one, 'listing-notice')
  for (const said of [
    /安全生产严重失信主体名单/,
    /瞒报、谎报生产安全事故/,
    /生效法律文书：澜应急罚〔2026〕7号/,
    /事故调查报告/,
    /安全生产严重失信主体名单管理办法/,
    /列入信息依法公布；没有其他惩戒措施/,
    /至2029年6月8日/,
    /自收到本文书之日起5个工作日内/,
    /提前移出的条件：履行了行政处罚决定中的义务/,
  ])
    assert.match(text, said)
  assert.doesNotMatch(text, /申请听证/, 'the penalty gave no right to one')
})

test('apl#63 · M206 · where the penalty gave the right, one is heard in person before anything is decided', async () => {
  const without = await told(false)
  assert.equal(await codeOf(takeStep(t.app, without.me, without.key, { act: 'ask-hearing' })), 'list.no-hearing')
  const one = await told(true)
  const { key, me } = one
  await takeStep(t.app, me, key, { act: 'ask-hearing', fields: { 'why-hearing': '事故当日已口头报告' } })
  onDay('2026-06-30')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'hearing-asked', 'the time to state does not run out meanwhile')
  await takeStep(t.app, officer, key, { act: 'call-hearing', fields: CALLED })
  assert.equal((await readCase(t.app, me, key)).letters.at(-1)?.name, '听证通知书')
  assert.match((await reads(one, 'hearing-notice')).text, /听证时间：2026年7月9日上午9时。地点：澜川市应急管理局302室/)
  onDay('2026-07-09')
  await hold(key)
  await decided(key)
  assert.equal(await stateOf(key), 'listed')
  assert.match((await reads(one, 'listing-decision')).text, /2026年6月8日送达事先告知书.*听证中的意见逐条复核/)
})

test('apl#64 · nobody is called to a hearing on a day off or before seven working days have passed, and the form says so when it is sent', async () => {
  const { key } = await asked()
  const call = async (on: string): Promise<string> =>
    await codeOf(takeStep(t.app, officer, key, { act: 'call-hearing', fields: { ...CALLED, 'hearing-on': on } }))
  const form = (await readCase(t.app, officer, key)).acts.find(one => one.act === 'call-hearing')
  assert.deepEqual([form?.mayDo, form?.why], [true, null], 'an empty form is no reason to keep it from anybody')
  assert.equal(await call('2026-06-08'), 'list.hearing-day-too-early')
  assert.equal(await call('2026-06-16'), 'list.hearing-day-too-early')
  assert.equal(await call('2026-06-19'), 'list.hearing-day-off')
  assert.equal(await call('2026-06-20'), 'list.hearing-day-off')
  assert.equal(await call('2027-01-06'), 'list.hearing-day-unknown')
  assert.equal(await call('2026-06-17'), 'nothing was refused')
})

test('apl#64 · SG2 · nobody is heard before the day, unserved, or served too late; a hearing that is moved is told anew, and the last letter counts', async () => {
  const one = await asked()
  const { key } = one
  await takeStep(t.app, officer, key, { act: 'call-hearing', fields: { ...CALLED, 'hearing-on': '2026-06-17' } })
  assert.equal(await codeOf(hold(key)), 'list.hearing-unserved')
  onDay('2026-06-17')
  assert.equal(await codeOf(hold(key)), 'list.hearing-unserved', 'the day alone is not enough')
  await reads(one, 'hearing-notice')
  assert.equal(await codeOf(hold(key)), 'list.hearing-served-late')
  const moved = { ...CALLED, 'hearing-on': '2026-06-29', 'why-moved': '通知书没有及时送达' }
  await takeStep(t.app, officer, key, { act: 'move-hearing', fields: moved })
  assert.equal(await codeOf(hold(key)), 'list.hearing-unserved', 'the letter before told of another day')
  assert.match((await reads(one, 'hearing-notice')).text, /听证时间：2026年6月29日/)
  assert.equal(await codeOf(hold(key)), 'list.hearing-not-yet')
  onDay('2026-06-29')
  assert.equal(await codeOf(hold(key)), 'nothing was refused')
})

test('M215 · M216 · asked to leave and taken back, claimed wrong and upheld: the listing stands, with its remedies told', async () => {
  const one = await told(true)
  const { key, me } = one
  onDay('2026-06-16')
  await runClocks(t.worker)
  await decided(key)
  onDay('2027-06-16')
  await takeStep(t.app, me, key, { act: 'ask-exit', fields: { conditions: '罚款已缴清，隐患已整改' } })
  await takeStep(t.app, me, key, { act: 'withdraw-exit' })
  assert.equal(await stateOf(key), 'listed')
  assert.equal(await codeOf(takeStep(t.app, office, key, { act: 'annul', fields: {} })), 'case.field-missing')
  const annul = { because: '错列', redress: '更正' }
  assert.equal(await codeOf(takeStep(t.app, office, key, { act: 'annul', fields: annul })), 'case.not-yours-to-do')
  await takeStep(t.app, office, key, { act: 'point-out', fields: { 'why-wrong': '处罚决定正在复议' } })
  await takeStep(t.app, officer, key, { act: 'keep', fields: { because: '复议维持了处罚决定' } })
  assert.equal(await stateOf(key), 'listed')
  const { remedies } = await reads(one, 'delisting-refused')
  assert.equal(remedies.length, 2)
})
