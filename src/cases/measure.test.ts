import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { sql } from '../db/database.ts'
import { answerMeasure } from '../measures/answer.ts'
import { listInitiated, readOwnMeasures } from '../measures/views.ts'
import { drainTasks } from '../platform/worker.ts'
import { annulTestRecord } from '../reports/archive-testing.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { runClocks } from './run-clocks.ts'
import { as, asker, askerToo, codeOf, colleague, MeasureDesk, officer, PROPOSED, window } from './testing-measures.ts'
import { readCase } from './views.ts'

// Measures on a real database: asked for, answered, told, heard, confirmed, applied by name, ended; gone in the moment in which their ground is.

let t: TestApp
let desk: MeasureDesk
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
  desk = new MeasureDesk(t, 7100)
})
after(() => t.close())
beforeEach(() => desk.onDay('2026-06-08'))

const otherWindow = as('account:63', 'transport', 'window-officer')
const ANSWERING = { purpose: '行政许可', businessNo: '许-1' }

test('M219 · M220 · M234 · principle 5 · a measure is asked for by the unit that decided, answered by the body, told, heard, and begins when a second person confirms', async () => {
  const one = await desk.firm()
  const key = await desk.initiate(one)
  assert.equal(await codeOf(desk.step(asker, key, 'ask')), 'case.same-person')
  assert.equal(await codeOf(desk.step(officer, key, 'propose', PROPOSED)), 'case.unknown', 'not theirs yet')
  await desk.step(askerToo, key, 'ask')
  const seen = await readCase(t.app, officer, key)
  assert.deepEqual([seen.unit, seen.state, seen.clock?.clock], ['approval', 'asked', 'respond'])
  assert.equal(seen.clock?.dueOn, '2026-06-23', 'ten working days; 19 June is a holiday')
  await desk.step(officer, key, 'propose', PROPOSED)
  assert.equal(await desk.stateOf(key), 'serving')
  desk.onDay('2026-08-03')
  await runClocks(t.worker)
  assert.equal(await desk.stateOf(key), 'serving', 'unserved, the case waits however long')
  desk.onDay('2026-06-08')
  await desk.opensLetter(one, key, 'measure-intention')
  assert.equal(await codeOf(desk.step(officer, key, 'decide', { defence: '无' })), 'case.act-not-open')
  desk.onDay('2026-06-16')
  await runClocks(t.worker)
  await desk.step(officer, key, 'decide', { defence: '主体没有陈述申辩' })
  assert.equal((await desk.prompts(one)).length, 0, 'one person alone begins nothing')
  assert.equal(await codeOf(desk.step(officer, key, 'begin')), 'case.same-person')
  await desk.step(colleague, key, 'begin')
  assert.deepEqual(
    { ...(await desk.kept(key)) },
    { until_day: null, until_event: '列入名单期间', officer: 'account:51', because: null },
  )
  const letters = (await readCase(t.app, one.me, key)).letters.map(letter => letter.name)
  assert.deepEqual(letters, ['失信惩戒措施事先告知书', '失信惩戒措施告知书', '信用修复告知书'])
})

test('M218 · M224 · M229 · SG11 · a check prompts the officers of the body alone; one answers by name: held with its reason, then released; nothing is refused by itself', async () => {
  const one = await desk.firm()
  const key = await desk.inForce(one)
  assert.equal((await desk.prompts(one, otherWindow)).length, 0, 'another unit is not prompted')
  const [prompt] = await desk.prompts(one)
  assert.deepEqual(
    [prompt?.name, prompt?.bodyName, prompt?.until, prompt?.answered, prompt?.statutes[0]?.basis],
    ['拖欠农民工工资：招投标/市场准入/交通出行等限制', '澜川市行政审批服务局', '列入名单期间', null, 'wage#48'],
  )
  const answer = (by: Actor, kind: 'apply' | 'hold' | 'release', reason = '', businessNo = '许-1') =>
    answerMeasure(t.app, by, key, { answer: kind, reason, purpose: '行政许可', businessNo })
  assert.equal(await codeOf(answer(otherWindow, 'apply')), 'measure.unknown')
  assert.equal(await codeOf(answer(window, 'hold')), 'measure.reason-missing')
  assert.equal((await answer(window, 'hold', '核对工资是否已经付清')).answer, 'hold')
  assert.equal((await desk.prompts(one))[0]?.answered, 'hold')
  assert.equal((await desk.prompts(one, window, '许-2'))[0]?.answered, null, 'another matter is not answered')
  assert.equal(await codeOf(answer(window, 'hold', '再等等')), 'measure.answered-before')
  await answer(window, 'release', '凭证证明已经付清')
  assert.equal(await codeOf(answer(window, 'apply')), 'measure.answered-before')
  await answer(window, 'apply', '', '许-3')
  const [own] = (await readOwnMeasures(t.app, one.me)).measures
  assert.deepEqual(
    own?.answers.map(({ answer: kind, reason, officer: who, unitName }) => [kind, reason, who, unitName]),
    [
      ['apply', null, null, '澜川市行政审批服务局'],
      ['release', '凭证证明已经付清', null, '澜川市行政审批服务局'],
      ['hold', '核对工资是否已经付清', null, '澜川市行政审批服务局'],
    ],
  )
  const back = (await listInitiated(t.app, asker, { state: 'in-force', limit: 50 })).measures.find(it => it.caseId === key.caseId)
  assert.deepEqual(back?.answers, { apply: 1, hold: 1, release: 1 }, 'what came of it goes back to whoever asked')
})

test('M218 · of two officers who answer at once one is told, and the matter has one answer', async () => {
  const one = await desk.firm()
  const key = await desk.inForce(one)
  const second = { ...window, id: 'account:54' }
  const both = [window, second].map(by => codeOf(answerMeasure(t.app, by, key, { ...ANSWERING, answer: 'apply', reason: '' })))
  assert.deepEqual((await Promise.all(both)).sort(), ['measure.answered-before', 'nothing was refused'])
})

test('principle 3 · SG4 · SG5 · when its ground is annulled the measure ends in that transaction, and its case follows', async () => {
  const one = await desk.firm()
  const key = await desk.inForce(one)
  await annulTestRecord(t.app, one.fact, one.recordId)
  assert.equal((await desk.prompts(one)).length, 0)
  assert.equal((await desk.kept(key))?.because, 'ground-gone')
  assert.equal(
    await codeOf(answerMeasure(t.app, window, key, { ...ANSWERING, answer: 'apply', reason: '' })),
    'measure.not-in-force',
  )
  await drainTasks(t.worker)
  assert.equal(await desk.stateOf(key), 'ground-gone')
})

test('SG4 · what is under way ends too when its ground is gone, and nothing can be begun on it', async () => {
  const [early, late] = [await desk.firm(), await desk.firm()]
  const waiting = await desk.asked(early)
  const key = await desk.heard(late)
  await desk.step(officer, key, 'decide', { defence: '没有陈述申辩' })
  await annulTestRecord(t.app, early.fact, early.recordId)
  await annulTestRecord(t.app, late.fact, late.recordId)
  assert.equal(await codeOf(desk.step(colleague, key, 'begin')), 'case.record-ended')
  await drainTasks(t.worker)
  assert.deepEqual([await desk.stateOf(waiting), await desk.stateOf(key)], ['ground-gone', 'ground-gone'])
  assert.equal(await codeOf(desk.initiate(early)), 'case.record-ended')
})

test('SG4 · a confirmation and the annulment of its ground at once leave no measure in force', async () => {
  const one = await desk.firm()
  const key = await desk.heard(one)
  await desk.step(officer, key, 'decide', { defence: '没有陈述申辩' })
  await Promise.all([codeOf(desk.step(colleague, key, 'begin')), annulTestRecord(t.app, one.fact, one.recordId)])
  assert.equal((await desk.prompts(one)).length, 0)
  await drainTasks(t.worker)
  assert.equal(await desk.stateOf(key), 'ground-gone')
})

test('M219 · the body declines with its reason, after which nothing is left; whoever asked is told', async () => {
  const one = await desk.firm()
  const key = await desk.asked(one)
  await desk.step(officer, key, 'decline', { because: '所申请的事项不在第四十八条之列' })
  assert.equal(await desk.stateOf(key), 'declined')
  const told = await t.worker.db.row<{ to_unit: string }>(
    sql`select to_unit from notice where case_id = ${key.caseId} and notice = 'measure-feedback'`,
  )
  assert.equal(told?.to_unit, 'human-resources')
})

test('M216 · the subject asks to lift, the body lifts: no prompt from that moment, what was held may still be released', async () => {
  const one = await desk.firm()
  const key = await desk.inForce(one)
  await answerMeasure(t.app, window, key, { ...ANSWERING, answer: 'hold', reason: '核对' })
  await desk.step(one.me, key, 'ask-lift', { 'why-lift': '工资已经付清' })
  await desk.step(officer, key, 'lift', { because: '核实已经付清' })
  assert.deepEqual(
    [await desk.stateOf(key), (await desk.prompts(one)).length, (await desk.kept(key))?.because],
    ['lifted', 0, 'lift'],
  )
  assert.equal(
    await codeOf(answerMeasure(t.app, window, key, { ...ANSWERING, answer: 'apply', reason: '' })),
    'measure.not-in-force',
  )
  await answerMeasure(t.app, window, key, { ...ANSWERING, answer: 'release', reason: '措施已经解除' })
})
