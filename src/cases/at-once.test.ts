import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { makeCalendar } from '../law/calendar.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { countUnknown } from './count-clocks.ts'
import type { CaseKey } from './model.ts'
import { noticeServed, runClocks } from './run-clocks.ts'

// Two who act on one thing at once, and a platform that stood still for days: nothing is done twice, nothing is lost, nothing ends early.

let t: TestApp
let n = 0
const UNIT = 'urban-management'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:31', UNIT, 'case-officer')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
})
after(() => t.close())

async function firm(): Promise<{ subjectId: SubjectId; recordId: FactId; me: Actor }> {
  n += 1
  const [id] = await openTestSubjects(t.app, [{ name: `澜川同时${n}有限公司`, uscc: inventedUscc('enterprise', 6_100 + n) }])
  const subjectId = id as SubjectId
  const [recordId] = await publishTestFacts(t.app, [penaltyOf(subjectId, `示罚〔2026〕同${n}号`, '2026-02-10')])
  const me = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }
  return { subjectId, recordId: recordId as FactId, me }
}
type Firm = Awaited<ReturnType<typeof firm>>

const ORDER = { fact: '没有按期年报', duties: '补报年报', until: '2026-07-31', consequence: '提示约谈' }
const REPAIR = { ground: 'performed', performed: '罚款已缴清', commitment: 'yes' }
const repair = ({ subjectId, me }: Firm, aboutRef: string) =>
  openCase(t.app, me, { procedure: 'repair', act: 'lodge', subjectId, aboutRef, fields: REPAIR })
const object = ({ subjectId, recordId, me }: Firm) =>
  openCase(t.app, me, {
    ...{ procedure: 'objection', act: 'lodge', subjectId, aboutRef: String(recordId) },
    fields: { wrong: 'content', 'should-be': '罚款数额应为一万元' },
  })
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal || 'code' in (end?.reason ?? {})) return (end.reason as Refusal).code
  throw end?.reason
}
const clocksOfCase = async ({ caseId }: CaseKey) =>
  await t.worker.db.rows<{
    clock: string
    due: string | null
    stopped: string | null
  }>(sql`select clock, due_on::text as due, stopped_on::text as stopped
    from case_clock where case_id = ${caseId} order by clock, run_no`)
const stateOf = async (key: CaseKey): Promise<string | undefined> =>
  (await t.worker.db.row<{ state: string }>(sql`select state from case_file where case_id = ${key.caseId}`))?.state

test('M262 · one record has one open case of a procedure, however its number is written', async () => {
  const one = await firm()
  const id = String(one.recordId)
  for (const written of [`${id}.0`, ` ${id}`, `0${id}`, `0x${one.recordId.toString(16)}`, `${id}e0`, `+${id}`])
    assert.equal(await codeOf(repair(one, written)), 'case.about-unknown', written)
  await repair(one, id)
  assert.equal(await codeOf(repair(one, id)), 'case.already-open')
})

test('principle 8 · what a case is about is an id: nothing that somebody types is kept there readable', async () => {
  const one = await firm()
  assert.equal(
    await codeOf(
      openCase(t.app, officer, {
        procedure: 'rectification',
        act: 'order',
        subjectId: one.subjectId,
        aboutRef: '张某的家庭情况',
        fields: {},
      }),
    ),
    'case.about-unknown',
  )
})

test('M262 · two applications at once about one record: one case, one clear refusal', async () => {
  const one = await firm()
  const ends = await Promise.all([codeOf(repair(one, String(one.recordId))), codeOf(repair(one, String(one.recordId)))])
  assert.deepEqual(ends.sort(), ['case.already-open', 'nothing was refused'])
})

/** As if the notice of the next year had come: invented, with one holiday. */
function withNextYear(): App {
  const { law } = t.worker
  const [last] = law.calendar.years.slice(-1)
  assert.ok(last)
  const next = {
    ...last,
    year: 2027,
    holidays: [{ name: '元旦', from: day('2027-01-01'), to: day('2027-01-03') }],
    workedWeekends: [],
  }
  return { ...t.worker, law: { ...law, calendar: makeCalendar([...law.calendar.years, next]) } }
}

test('principle 7 · a clock is counted when the year’s days are known, and what somebody did to it in that moment stands', async () => {
  onDay('2026-12-29')
  const [stays, stopped] = [await object(await firm()), await object(await firm())]
  assert.equal((await clocksOfCase(stays))[0]?.due, null)
  const app = withNextYear()
  const rows: App['db']['rows'] = async query => {
    const found = await app.db.rows(query)
    // An officer answers between the reading of what is to be counted and the counting.
    if (query.name === 'case-clocks-uncounted' && (await stateOf(stopped)) === 'lodged')
      await takeStep(t.app, officer, stopped, { act: 'keep', fields: { finding: '核对无误' } })
    return found as never
  }
  assert.equal(await countUnknown({ ...app, db: { ...app.db, rows } }), 1)
  assert.equal((await clocksOfCase(stays))[0]?.due, '2027-01-08')
  assert.equal((await clocksOfCase(stopped)).find(one => one.clock === 'answer')?.stopped, '2026-12-29')
  onDay('2026-06-18')
})

test('principle 7 · so many clocks of a year that nobody has published do not keep one from being counted', async () => {
  onDay('2026-12-29')
  const key = await object(await firm())
  await t.app.changes.run(sql`insert into case_clock (subject_id, case_id, clock, run_no, duty, unit, runs)
    select 1, 1000000000 + n, 'answer', 1, 'decider', ${UNIT}, '{"count": 5, "unit": "working", "from": "2031-01-05"}' from generate_series(1, 10001) n`)
  await countUnknown(withNextYear())
  assert.equal((await clocksOfCase(key))[0]?.due, '2027-01-08')
  await t.app.changes.run(sql`update case_clock set stopped_on = '2026-12-29' where subject_id = 1`)
  onDay('2026-06-18')
})

test('principle 7 · after ten days of standing still every act that was due is done, once, and nothing that was not', async () => {
  onDay('2026-06-18')
  const [ended, running] = [await object(await firm()), await object(await firm())]
  await takeStep(t.app, officer, ended, { act: 'keep', fields: { finding: '核对无误' } })
  onDay('2026-07-10')
  await takeStep(t.app, officer, running, { act: 'keep', fields: { finding: '核对无误' } })
  onDay('2026-07-14')
  await runClocks(t.worker)
  assert.deepEqual([await stateOf(ended), await stateOf(running)], ['upheld', 'answered'])
  const entry = await t.worker.db.row<{ on: string }>(
    sql`select on_day::text as on from case_entry where case_id = ${ended.caseId} order by entry_no desc limit 1`,
  )
  assert.equal(entry?.on, '2026-07-14', 'the day on which it was done is told, not the day on which it was due')
  onDay('2026-06-18')
})

test('principle 6 · a letter that is served in the moment in which somebody acts is not forgotten', async () => {
  onDay('2026-06-18')
  const { subjectId } = await firm()
  const key = await openCase(t.app, officer, { procedure: 'rectification', act: 'order', subjectId, fields: ORDER })
  await t.worker.db.run(sql`update notice set served_on = '2026-06-18' where case_id = ${key.caseId}`)
  let asked = 0
  const transaction: App['changes']['transaction'] = async work => {
    asked += 1
    // The case moves between the reading of where it stands and the act.
    if (asked === 1) await t.worker.db.run(sql`update case_file set entry_no = entry_no + 1 where case_id = ${key.caseId}`)
    return await t.worker.changes.transaction(work)
  }
  assert.equal(
    await noticeServed({ ...t.worker, changes: { ...t.worker.changes, transaction } }, key, 'rectification-order'),
    true,
  )
  assert.equal(await stateOf(key), 'stating')
})
