import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FactId } from '../base/id.ts'
import { fileTestFacts, penaltyOf } from '../reports/archive-testing.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { readMeasureOpenings } from './measure-openings.ts'
import { runClocks } from './run-clocks.ts'
import { ASKED, as, asker, codeOf, colleague, MeasureDesk, officer, PROPOSED } from './testing-measures.ts'

// Which measures may be asked for, of whom, on what, and until when: refused with the article wherever the register or the record says otherwise.

let t: TestApp
let desk: MeasureDesk
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
  desk = new MeasureDesk(t, 7300)
})
after(() => t.close())
beforeEach(() => desk.onDay('2026-06-08'))

test('M232 · M236 · M203 · a court’s limit, what no law permits, a closed row and what the record is not are refused with their reason', async () => {
  const one = await desk.firm()
  const refusedOf = (measure: string, more: Record<string, string> = {}, by = asker) =>
    codeOf(desk.initiate(one, more, measure, by))
  assert.equal(await refusedOf('m04-01'), 'measure.decided-elsewhere')
  assert.equal(await refusedOf('x08'), 'measure.prohibited')
  assert.equal(await refusedOf('m01-14'), 'measure.not-openable')
  assert.equal(await refusedOf('m99-01'), 'measure.unknown')
  assert.equal(await refusedOf('m01-11', {}, as('account:71', 'finance', 'case-officer')), 'measure.initiated-elsewhere')
  assert.equal(await refusedOf('m01-01', { trigger: 'm01-01:list-government-procurement-serious' }), 'measure.trigger-differs')
  assert.equal(await refusedOf('m01-11', { trigger: 'm01-01:list-government-procurement-serious' }), 'measure.trigger-unknown')
  assert.equal(await refusedOf('m01-11', { unit: 'health' }), 'measure.not-the-body')
  assert.equal(await refusedOf('m02-01', { trigger: 'm02-01:decision-1' }), 'measure.trigger-differs')
  const other = await desk.firm()
  assert.equal(
    await codeOf(desk.initiate({ ...one, recordId: other.recordId })),
    'case.record-unknown',
    'nobody bears another’s measure',
  )
})

test('M227 · M223 · a ban has the term of its statute, counted from the decision, and ends by itself', async () => {
  const one = await desk.firm()
  const decided = {
    ...penaltyOf(one.subjectId, `澜市监罚〔2026〕${one.subjectId}号`, '2026-05-20'),
    authority: 'market-regulation',
  }
  const [recordId] = (await fileTestFacts(t.app, [decided])) as [FactId]
  const [first, second] = [
    as('account:81', 'market-regulation', 'case-officer'),
    as('account:82', 'market-regulation', 'case-officer'),
  ]
  const fields = { ...ASKED, trigger: 'm01-06:decision-1' }
  const key = await desk.initiate({ ...one, recordId }, fields, 'm01-06', first)
  await desk.step(second, key, 'ask')
  const proposing = (more: Record<string, string>) => desk.step(officer, key, 'propose', { ...PROPOSED, ...more })
  assert.equal(await codeOf(proposing({ ends: 'life' })), 'measure.term-kind')
  assert.equal(await codeOf(proposing({ ends: 'event' })), 'measure.term-kind')
  await proposing({ ends: 'day' })
  await desk.opensLetter(one, key, 'measure-intention')
  desk.onDay('2026-06-16')
  await runClocks(t.worker)
  await desk.step(officer, key, 'decide', { defence: '没有陈述申辩' })
  await desk.step(colleague, key, 'begin')
  assert.equal((await desk.kept(key))?.until_day, '2027-05-20', 'one year from the decision')
  assert.equal((await desk.prompts(one)).length, 1)
  desk.onDay('2027-05-20')
  assert.equal((await desk.prompts(one)).length, 1)
  desk.onDay('2027-05-21')
  assert.equal((await desk.prompts(one)).length, 0, 'no job has to run for it to stop')
  await runClocks(t.worker)
  assert.equal(await desk.stateOf(key), 'ended')
  assert.equal((await desk.kept(key))?.because, 'term-over')
})

test('M217 · M224 · before it asks, a unit is shown record by record which measures it may ask for, of whom, and why not the others', async () => {
  const one = await desk.firm()
  const why = { purpose: '案件办理', businessNo: '惩-1' }
  const { records } = await readMeasureOpenings(t.app, asker, one.subjectId, why)
  const [record] = records
  assert.deepEqual([records.length, record?.recordId], [1, one.recordId])
  const [measure, ...others] = record?.measures ?? []
  assert.deepEqual([measure?.aboutRef, measure?.trigger, measure?.mayInitiate], [`${one.recordId}:m01-11`, ASKED.trigger, true])
  assert.ok(measure?.units.some(unit => unit.unit === 'approval'))
  assert.deepEqual(others, [])
  const finance = as('account:71', 'finance', 'case-officer')
  const [theirs] = (await readMeasureOpenings(t.app, finance, one.subjectId, why)).records
  assert.match(theirs?.measures[0]?.why ?? '', /人力资源和社会保障局作出，请由它发起/)
})
