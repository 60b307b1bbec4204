import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { addMonths, day } from '../base/day.ts'
import { openDatabase, sql } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type MonthCount, refreshCorrectionTimes, spansOf } from './correction-times.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const HOUR = 3_600_000

test('principle 10 · months with fewer than five complete corrections never stand alone, and none is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 24 }), counts => {
      const months = counts.map((complete, at): MonthCount => ({ month: addMonths(day('2025-01-01'), at), complete }))
      const spans = spansOf(months)
      const inSpan = ({ first, last }: (typeof spans)[number]) => months.filter(one => one.month >= first && one.month <= last)
      for (const span of spans) assert.ok(inSpan(span).reduce((sum, one) => sum + one.complete, 0) >= 5)
      const total = counts.reduce((sum, one) => sum + one, 0)
      assert.equal(spans.length === 0, total < 5)
      if (spans.length > 0) assert.equal(spans.flatMap(inSpan).length, months.length)
    }),
  )
})

/** A correction of an instant whose receivers confirmed after these hours; null: one has not. */
async function correct(at: Date, hours: readonly (number | null)[]): Promise<void> {
  const [correctionId, ...noticeIds] = (await t.app.ids.take(hours.length + 1)) as [number, ...number[]]
  const db = t.app.changes
  await db.run(
    sql`insert into correction (subject_id, correction_id, record_ids, cause, at, act_id) values (1, ${correctionId}, ${[1]}, 'removed', ${at}, 0)`,
  )
  for (const [index, hour] of hours.entries())
    await db.run(sql`insert into receiver_notice (subject_id, notice_id, correction_id, receiver, kind, at, act_id, confirmed_at)
      values (1, ${noticeIds[index]}, ${correctionId}, ${`unit-${index}`}, 'correct-copies', ${at}, 0, ${hour === null ? null : new Date(at.getTime() + hour * HOUR)})`)
  await db.run(sql`insert into receiver_notice (subject_id, notice_id, correction_id, receiver, kind, at, act_id)
    values (1, ${await t.app.ids.next()}, ${correctionId}, 'told', 'corrected', ${at}, 0)`)
}

test('principle 10 · the public reads how long it takes until the last receiver has confirmed; whoever is only told does not count', async () => {
  const portal = openDatabase(t.portalUrl, { max: 1 })
  const shown = () =>
    portal.rows(
      sql`select month, last_month as last, corrections, complete, median_hours as median, p90_hours as p90 from pub.correction_time order by month`,
    )
  await refreshCorrectionTimes(t.worker)
  assert.deepEqual(await shown(), [])
  const november = new Date('2026-11-02T01:00:00Z')
  for (const hours of [10, 20, 30, 40]) await correct(november, [1, hours])
  await correct(november, [1, null])
  await refreshCorrectionTimes(t.worker)
  assert.deepEqual(await shown(), [], 'four complete ones are too few')
  // In Shanghai it is October no more.
  await correct(new Date('2026-10-31T16:30:00Z'), [50])
  await correct(new Date('2026-10-31T15:30:00Z'), [4])
  await refreshCorrectionTimes(t.worker)
  assert.deepEqual(await shown(), [{ month: '2026-10-01', last: '2026-11-01', corrections: 7, complete: 6, median: 25, p90: 45 }])
  await correct(november, [1])
  await refreshCorrectionTimes(t.worker)
  assert.equal((await shown())[0]?.corrections, 7, 'counted once a day')
  t.setNow(new Date('2026-11-21T04:00:00Z'))
  await refreshCorrectionTimes(t.worker)
  assert.equal((await shown())[0]?.corrections, 8)
  await portal.close()
})
