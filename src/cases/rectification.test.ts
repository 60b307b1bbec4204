import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { clockFigures } from './clock-figures.ts'
import type { CaseKey } from './model.ts'
import { keepPaper } from './papers.ts'
import { runClocks } from './run-clocks.ts'
import { readCase } from './views.ts'

// Rectification and interviews on a real database: time enough, late is not too late, two persons before a warning, and the platform punishes nobody.

let t: TestApp
let n = 0
const UNIT = 'market-regulation'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:41', UNIT, 'case-officer')
const colleague = as('account:42', UNIT, 'case-officer')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())
beforeEach(() => onDay('2026-06-08'))

type Who = { readonly subjectId: SubjectId; readonly me: Actor }

async function subject(name: string, uscc: string): Promise<Who> {
  const [subjectId] = (await openTestSubjects(t.app, [{ name, uscc }])) as [SubjectId]
  return { subjectId, me: { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId } }
}
const firm = (): Promise<Who> => {
  n += 1
  return subject(`澜川整改示例${n}有限公司`, inventedUscc('enterprise', 5200 + n))
}

const ORDERED = {
  fact: '经营场所没有公示食品经营许可证',
  duties: '在店内显著位置公示许可证\n报送公示的照片',
  until: '2026-06-30',
  consequence: '逾期未整改的，依次提示约谈、警示约谈',
}
const CALLED = {
  matter: '限期整改逾期',
  'interview-time': '2026年7月10日9时',
  place: '市市场监管局三楼',
  duty: '说明未整改的原因',
  attend: '法定代表人',
}
const order = ({ subjectId }: Who, more: Record<string, string> = {}) =>
  openCase(t.app, officer, { procedure: 'rectification', act: 'order', subjectId, fields: { ...ORDERED, ...more } })
const does = async (actor: Actor, key: CaseKey, act: string, fields: Record<string, string> = {}): Promise<string> =>
  (await takeStep(t.app, actor, key, { act, fields })).state
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal || end?.reason instanceof NotFound) return end.reason.code
  throw end?.reason
}
const seen = (actor: Actor, key: CaseKey) => readCase(t.app, actor, key)
const dueOf = async (actor: Actor, key: CaseKey, clock: string): Promise<string | null | undefined> =>
  (await seen(actor, key)).clocks.findLast(one => one.clock === clock)?.dueOn

async function opensLetter({ subjectId, me }: Who, key: CaseKey): Promise<void> {
  const found = await t.worker.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where case_id = ${key.caseId} and notice = 'rectification-order' order by notice_id desc`,
  )
  await openNotice(t.app, me, { subjectId, noticeId: found?.notice_id ?? 0 }, [subjectId])
  await drainTasks(t.worker)
}

async function reports({ me }: Who, key: CaseKey, act = 'report'): Promise<string> {
  const paper = await keepPaper(t.app, me, Buffer.from('%PDF-1.7 proof'), '公示照片.pdf')
  const papers = [{ paper: 'done', paperId: paper.paperId }]
  return (await takeStep(t.app, me, key, { act, fields: { done: '许可证已经公示' }, papers })).state
}

/** Ordered and served on 8 June, to be done by 30 June; on 1 July that is over. */
async function overdue(one: Who): Promise<CaseKey> {
  const key = await order(one)
  await opensLetter(one, key)
  onDay('2026-06-16')
  await runClocks(t.worker)
  onDay('2026-07-01')
  await runClocks(t.worker)
  return key
}

/** Prompted and recorded on 1 July with a day in July; on 1 August that is over too. */
async function overdueAgain(one: Who): Promise<CaseKey> {
  const key = await overdue(one)
  await does(officer, key, 'call-prompt', CALLED)
  await does(officer, key, 'record-prompt', { attended: 'absent', minutes: '没有到场', until: '2026-07-31' })
  onDay('2026-08-03')
  await runClocks(t.worker)
  return key
}

test('M288 · M289 · an order counts from its service; done in time with papers and verified, it ends well and leaves no record', async () => {
  const one = await firm()
  assert.equal(await codeOf(order(one, { until: '2026-06-12' })), 'rectification.day-too-early')
  const key = await order(one)
  onDay('2026-06-09')
  await opensLetter(one, key)
  assert.equal(await dueOf(one.me, key, 'statement'), '2026-06-16')
  onDay('2026-06-17')
  await runClocks(t.worker)
  assert.equal(await dueOf(one.me, key, 'rectify'), '2026-06-30')
  assert.equal(await codeOf(takeStep(t.app, one.me, key, { act: 'report', fields: { done: '好了' } })), 'case.paper-missing')
  assert.equal(await reports(one, key), 'reported')
  assert.equal(await does(officer, key, 'accept', { result: '现场核实，许可证已经公示' }), 'rectified')
  const view = await seen(one.me, key)
  assert.equal(view.letters.at(-1)?.name, '整改和约谈办结通知书')
  assert.deepEqual(await t.worker.db.rows(sql`select from fact where subject_id = ${one.subjectId} and kind = 'record'`), [])
})

test('M288 · what is not done yet is given one more day with the reason, once; the time may be lengthened once', async () => {
  const one = await firm()
  const key = await order(one)
  await opensLetter(one, key)
  await reports(one, key)
  const more = { fact: '照片看不清许可证的编号', duties: '重新报送照片', until: '2026-07-10' }
  assert.equal(await does(officer, key, 'again', more), 'serving')
  await opensLetter(one, key)
  onDay('2026-06-16')
  await runClocks(t.worker)
  assert.equal(await dueOf(one.me, key, 'rectify'), '2026-07-10')
  await does(one.me, key, 'ask-longer', { 'why-longer': '许可证正在换发' })
  await does(officer, key, 'longer', { 'because-longer': '换发需要时间' })
  assert.equal(await dueOf(one.me, key, 'rectify'), '2026-07-25', 'fifteen days more')
  assert.equal(await codeOf(does(officer, key, 'longer', { 'because-longer': '又' })), 'case.extended-before')
  await reports(one, key)
  assert.equal(await codeOf(does(officer, key, 'again', more)), 'rectification.given-again')
  assert.equal(await does(officer, key, 'not-done', { 'why-not': '仍没有公示' }), 'overdue')
})

test('M280 · SG14 · an overdue order leads to a prompt interview; whoever has done it by then reports and is not interviewed', async () => {
  const one = await firm()
  const key = await overdue(one)
  assert.equal((await seen(one.me, key)).stateName, '逾期待提示约谈')
  assert.equal(await reports(one, key), 'reported')
  await does(officer, key, 'not-done', { 'why-not': '仍没有公示' })
  assert.equal(await does(officer, key, 'call-prompt', CALLED), 'prompted')
  assert.equal((await seen(one.me, key)).letters.at(-1)?.name, '提示约谈通知书')
  assert.equal(await reports(one, key, 'report-after-prompt'), 'reported-after-prompt')
  assert.equal(await does(officer, key, 'accept', { result: '已经公示' }), 'rectified')
})

test('M280 · a warning interview takes two persons; after it the unit goes its own way, and the platform records and publishes nothing', async () => {
  const one = await firm()
  const key = await overdueAgain(one)
  const warning = { ...CALLED, before: '2026年7月1日提示约谈，没有到场' }
  assert.equal(await does(officer, key, 'propose-warning', warning), 'warning-proposed')
  assert.equal(await codeOf(does(officer, key, 'confirm-warning')), 'case.same-person')
  assert.equal(await does(colleague, key, 'confirm-warning'), 'warned')
  assert.equal((await seen(one.me, key)).letters.at(-1)?.name, '警示约谈通知书')
  const minutes = { attended: 'came', minutes: '说明了原因，答应整改', until: '2026-08-31' }
  assert.equal(await does(officer, key, 'record-warning', minutes), 'warning-term')
  const told = (await seen(one.me, key)).entries.flatMap(entry => entry.fields.map(field => field.value))
  assert.ok(told.includes(minutes.minutes), 'the subject reads the minutes')
  onDay('2026-09-01')
  await runClocks(t.worker)
  assert.equal(await does(officer, key, 'hand-over', { because: '交执法支队依法研究' }), 'handed-over')
  assert.deepEqual(await t.worker.db.rows(sql`select from fact where subject_id = ${one.subjectId} and kind = 'record'`), [])
})

test('M288 · a wrong order is revoked by who made it, and an order that is not served hangs over nobody', async () => {
  const one = await firm()
  const key = await order(one)
  onDay('2026-08-03')
  await runClocks(t.worker)
  assert.equal((await seen(one.me, key)).stateName, '通知书送达中')
  const stranger = as('account:51', 'health', 'case-officer')
  assert.equal(await codeOf(does(stranger, key, 'revoke', { result: '无' })), 'case.unknown')
  assert.equal(await does(officer, key, 'revoke', { result: '对象写错了' }), 'revoked')
  assert.equal((await seen(one.me, key)).letters.at(-1)?.name, '整改和约谈办结通知书')
})

test('M280 · a prompt interview by itself is called, moved, recorded and read by its subject', async () => {
  const one = await firm()
  const { subjectId } = one
  const key = await openCase(t.app, officer, { procedure: 'interview', act: 'call', subjectId, fields: CALLED })
  await does(one.me, key, 'explain', { statement: '当天出差，请改期' })
  assert.equal(await does(officer, key, 'call-anew', { ...CALLED, 'interview-time': '2026年7月12日9时' }), 'called')
  assert.equal(await does(officer, key, 'record', { attended: 'came', minutes: '已经说明情况' }), 'held')
  assert.equal((await seen(one.me, key)).letters.length, 2)
})

test('M282 · a government body is ordered like anybody, and its overdue clock stands in the figures under its own name', async () => {
  const unit = t.app.law.units.get('education')
  assert.ok(unit)
  const body = await subject(unit.name, unit.uscc)
  const key = await order(body, { fact: '拖欠中小企业设备款', duties: '付清欠款' })
  await opensLetter(body, key)
  onDay('2026-06-16')
  await runClocks(t.worker)
  onDay('2026-07-01')
  const figuresOf = async (name: string) => (await clockFigures(t.app)).units.find(one => one.unit === name)
  assert.equal((await figuresOf('education'))?.overdue, 1)
  await runClocks(t.worker)
  assert.equal((await figuresOf('education'))?.doneLate, 1)
  const before = (await figuresOf(UNIT))?.overdue ?? 0
  onDay('2026-07-20')
  assert.ok(((await figuresOf(UNIT))?.overdue ?? 0) > before, 'who waits too long to interview it is late too')
  assert.equal(await does(officer, key, 'call-prompt', CALLED), 'prompted')
})
