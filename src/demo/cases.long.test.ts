import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { sql } from '../db/database.ts'
import { openTestApp } from '../testing-app.ts'
import { makeCity, NOT_SHOWN, OWED, procedureOf, statesOf } from './testing-states.ts'

/* Whatever the day on which somebody starts the example city: weekends, the last day of a year, one of which the calendar is not published. */

for (const [text, what] of [
  ['2026-11-21', 'a Saturday'],
  ['2026-12-31', 'the last day of the known calendar'],
  ['2027-01-03', 'a Sunday of a year that is not published'],
  ['2027-01-04', 'a Monday of a year that is not published'],
] as const)
  test(`principle 7 · the example city that ends on ${text}, ${what}, has a case in every state`, async t => {
    const on = day(text)
    const city = await openTestApp({ now: new Date(`${on}T04:00:00Z`) })
    t.after(() => city.close())
    const leftOut = await makeCity(city, on)
    const rows = await city.worker.db.rows<{ state: string }>(
      sql`select distinct procedure || '.' || state as state from case_file`,
    )
    const shown = rows.map(row => row.state)
    const wanted = statesOf(city.app.law, on).filter(state => !NOT_SHOWN[state] && !OWED.includes(procedureOf(state)))
    assert.deepEqual([wanted.filter(state => !shown.includes(state)), leftOut], [[], []])
  })

for (const text of ['2026-04-01', '2026-06-19', '2026-10-04'])
  test(`principle 7 · the example city that ends on ${text} starts: left out is what nobody could have done by then`, async t => {
    const city = await openTestApp({ now: new Date(`${text}T04:00:00Z`) })
    t.after(() => city.close())
    const codes = new Set((await makeCity(city, day(text))).map(one => one.split(': ')[1]))
    assert.deepEqual(
      [...codes].filter(code => code !== 'case.procedure-unknown' && code !== 'nobody'),
      [],
    )
  })
