import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type Day, day } from '../base/day.ts'
import { type Calendar, makeCalendar } from '../law/calendar.ts'
import { calendarYear } from '../law/report-model.ts'

/* An oracle that shares nothing with the calendar under test: the days that differ from the plain week, written out by hand. */

/** The calendar of `law/calendar/`, as the platform holds it. */
export function heldCalendar(): Calendar {
  const folder = fileURLToPath(new URL('../../law/calendar/', import.meta.url))
  return makeCalendar(readdirSync(folder).map(name => calendarYear.parse(parse(readFileSync(folder + name, 'utf8')))))
}

/**
 * Days off on weekdays and days worked on weekends, of 国办发明电〔2024〕12号 (2025) and 国办发明电〔2025〕7号 (2026). The days are facts of
 * the notices; they were compared with NateScarlet/holiday-cn (MIT), commit d4e53bf.
 */
const OFF = `2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02 2025-05-05
2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08
2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01 2026-05-04 2026-05-05
2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07`
const WORKED = `2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10`

const off = new Set(OFF.split(/\s+/))
const worked = new Set(WORKED.split(/\s+/))

const DAY_MS = 86_400_000
const textOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Whether a day of 2025 or 2026 is a working day, by the list above alone. */
export function worksByHand(on: string): boolean {
  if (worked.has(on)) return true
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !off.has(on)
}

/** The n-th working day after a day, walked day by day; `rests` says which days are suspended. Null beyond 2026. */
export function walkByHand(from: string, count: number, rests: (on: string) => boolean = () => false): Day | null {
  let left = count
  for (let at = Date.parse(from) + DAY_MS; textOf(at) <= '2026-12-31'; at += DAY_MS) {
    const on = textOf(at)
    if (worksByHand(on) && !rests(on)) left -= 1
    if (left === 0) return day(on)
  }
  return null
}

/** Every day of 2025 and 2026. */
export const TWO_YEARS: readonly Day[] = Array.from({ length: 730 }, (_, index) =>
  day(textOf(Date.UTC(2025, 0, 1) + index * DAY_MS)),
)
