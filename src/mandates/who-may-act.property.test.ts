import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day, legalDay } from '../base/day.ts'
import { openDatabase } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { actingMandate } from './in-force.ts'
import { isInForce } from './rules.ts'

/*
 * Invariant 3 · who may act for a subject on a day, by random histories of mandates: the rule in TypeScript, the door's SQL and an oracle that
 * knows neither (it plays the history day by day and strikes out whoever is gone) say the same.
 */

const ZONE = 'Asia/Shanghai'
const START = day('2026-11-20')
const DAYS = 40

type End = { readonly onDay: number; readonly hour: number; readonly lastDay: number | null }
type Drawn = { readonly from: number; readonly length: number | null; readonly ends: readonly End[] }

const endDrawn: fc.Arbitrary<End> = fc.record({
  onDay: fc.integer({ min: 0, max: DAYS }),
  hour: fc.integer({ min: 0, max: 23 }),
  lastDay: fc.option(fc.integer({ min: 0, max: DAYS })),
})
const drawn: fc.Arbitrary<Drawn> = fc.record({
  from: fc.integer({ min: 0, max: DAYS }),
  length: fc.option(fc.integer({ min: 0, max: DAYS })),
  ends: fc.array(endDrawn, { maxLength: 3 }),
})
const history = fc.array(drawn, { minLength: 1, maxLength: 4 })
const moment = fc.record({ on: fc.integer({ min: -1, max: DAYS + 5 }), hour: fc.integer({ min: 0, max: 23 }) })

/** An instant of a day of the city, by its hour there. */
const instant = (on: number, hour: number): Date =>
  new Date(Date.parse(`${addDays(START, on)}T00:00:00+08:00`) + hour * 3_600_000)
const dayOf = (on: number): Day => addDays(START, on)

/** Plays the days one by one: present from the first day to the last; struck out by what was said up to the moment. */
function mayActByOracle(one: Drawn, at: { on: number; hour: number }): boolean {
  let present = false
  for (let on = -1; on <= at.on; on++) {
    if (on === one.from) present = true
    if (one.length !== null && on === one.from + one.length + 1) present = false
    for (const end of one.ends) if (end.lastDay !== null && on === end.lastDay + 1) present = false
    // A shortened end before the first day means there never was a day.
    if (on === one.from && one.ends.some(end => end.lastDay !== null && end.lastDay < one.from)) present = false
  }
  const said = one.ends.filter(end => end.lastDay === null)
  return present && !said.some(end => end.onDay < at.on || (end.onDay === at.on && end.hour <= at.hour))
}

const mandateOf = (one: Drawn) => ({ from: dayOf(one.from), until: one.length === null ? null : dayOf(one.from + one.length) })
const endsOf = (one: Drawn) =>
  one.ends.map(end => ({
    at: instant(end.onDay, end.hour),
    lastDay: end.lastDay === null ? null : dayOf(end.lastDay),
    why: 'principal' as const,
  }))

test('who may act on a day: the rule and an oracle agree in 3,000 random histories', () => {
  fc.assert(
    fc.property(drawn, moment, (one, at) => {
      const now = instant(at.on, at.hour)
      const today = legalDay(now, ZONE)
      assert.equal(today, dayOf(at.on))
      assert.equal(isInForce(mandateOf(one), endsOf(one), now, today), mayActByOracle(one, at))
    }),
    { numRuns: 3000 },
  )
})

let platform: TestApp
before(async () => {
  platform = await openTestApp()
})
after(() => platform.close())

test('the door’s SQL and the oracle agree: the chosen mandate while it stands, else the only one; of several none', async () => {
  const owner = openDatabase(platform.database.url, { max: 1 })
  let subject = 0
  await fc.assert(
    fc.asyncProperty(history, moment, fc.option(fc.nat({ max: 3 })), async (mandates, at, choice) => {
      subject += 1
      const ids = mandates.map((_, no) => subject * 10 + no)
      await owner.run({
        text: `insert into mandate (subject_id, mandate_id, account_id, capacity, extent, valid_from, valid_until, bound_by, made_at, act_id)
          select $1::bigint, id, $1, case when until is null then 'self' else 'agent' end, case when until is null then null else '{look.read-own}'::text[] end,
            since, until, 'operator', $5, 0 from unnest($2::bigint[], $3::date[], $4::date[]) as m (id, since, until)`,
        values: [subject, ids, mandates.map(one => dayOf(one.from)), mandates.map(one => mandateOf(one).until), instant(-9, 0)],
      })
      let act = 0
      for (const [no, one] of mandates.entries())
        for (const end of endsOf(one))
          await owner.run({
            text: `insert into mandate_end (subject_id, mandate_id, act_id, at, last_day, why, ended_by) values ($1, $2, $3, $4, $5, 'principal', 'x')`,
            values: [subject, ids[no], ++act, end.at, end.lastDay],
          })
      const chosen = choice === null || choice >= mandates.length ? null : (ids[choice] ?? null)
      const now = instant(at.on, at.hour)
      const row = await platform.app.db.row<{ id: number | null }>({
        text: `select m.mandate_id as id from (select $1::bigint as account_id, $3::bigint as mandate_id, $5::timestamptz as made_at) s ${actingMandate('$2', '$4')}`,
        values: [subject, now, chosen, legalDay(now, ZONE), instant(-8, 0)],
      })
      const standing = mandates.flatMap((one, no) => (mayActByOracle(one, at) ? [ids[no] ?? 0] : []))
      const expected = chosen === null ? (standing.length === 1 ? standing[0] : null) : standing.includes(chosen) ? chosen : null
      assert.equal(row?.id ?? null, expected)
    }),
    { numRuns: 2000 },
  )
  await owner.close()
})
