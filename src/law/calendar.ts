import { addDays, type Day, day, daysBetween, weekday } from '../base/day.ts'
import type { CalendarYear } from './report-model.ts'

/**
 * Legal working days, from the State Council's notices alone. `knownFrom`…`knownUntil` is the unbroken run of years whose notice is
 * held; outside it nothing is guessed.
 */
export type Calendar = {
  readonly knownFrom: Day
  readonly knownUntil: Day
  readonly years: readonly CalendarYear[]
  /** Day off → the holiday's name. */
  readonly holidays: ReadonlyMap<Day, string>
  /** Weekend days that are worked (调休). */
  readonly workedWeekends: ReadonlySet<Day>
  /** Every working day of the known run, ascending. */
  readonly workingDays: readonly Day[]
  /** For the n-th day of the known run: how many working days there are up to and including it. */
  readonly workedUntil: Int32Array
}

/** The year whose notice is missing: nothing beyond it can be counted. */
export type UnknownYear = { readonly unknown: number }

const NEVER: readonly [Day, Day] = [day('2999-12-31'), day('1800-01-01')]

/** The calendar of the notices held; years after a gap are left out (the law check names the gap). */
export function makeCalendar(notices: readonly CalendarYear[]): Calendar {
  const sorted = [...notices].sort((a, b) => a.year - b.year)
  const first = sorted[0]
  const years = sorted.filter((one, index) => first !== undefined && one.year === first.year + index)
  const last = years.at(-1)
  const [knownFrom, knownUntil] = first && last ? [day(`${first.year}-01-01`), day(`${last.year}-12-31`)] : NEVER
  const holidays = new Map<Day, string>()
  const workedWeekends = new Set<Day>()
  for (const year of years) {
    for (const { name, from, to } of year.holidays) for (let on = from; on <= to; on = addDays(on, 1)) holidays.set(on, name)
    for (const on of year.workedWeekends) workedWeekends.add(on)
  }
  const workingDays: Day[] = []
  const workedUntil = new Int32Array(Math.max(0, daysBetween(knownFrom, knownUntil) + 1))
  for (let index = 0, on = knownFrom; index < workedUntil.length; index += 1, on = addDays(on, 1)) {
    if (workedWeekends.has(on) || (weekday(on) <= 5 && !holidays.has(on))) workingDays.push(on)
    workedUntil[index] = workingDays.length
  }
  return { knownFrom, knownUntil, years, holidays, workedWeekends, workingDays, workedUntil }
}

/** How many working days of the known run lie up to and including the day; null outside the run. */
function worked(calendar: Calendar, on: Day): number | null {
  if (on < calendar.knownFrom || on > calendar.knownUntil) return null
  return calendar.workedUntil[daysBetween(calendar.knownFrom, on)] ?? null
}

const yearOf = (on: Day): number => Number(on.slice(0, 4))

/** True or false for a day of the known run; undefined outside it. */
export function isWorkingDay(calendar: Calendar, on: Day): boolean | undefined {
  if (on < calendar.knownFrom || on > calendar.knownUntil) return undefined
  return calendar.workedWeekends.has(on) || (weekday(on) <= 5 && !calendar.holidays.has(on))
}

/**
 * The `count`-th working day after `from` (`from` itself is not counted, 民法典 201: the day of the act is not counted in).
 * `count` ≥ 1. `{ unknown: year }` when the count needs a year whose notice is not held.
 */
export function addWorkingDays(calendar: Calendar, from: Day, count: number): Day | UnknownYear {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`not a number of working days: ${count}`)
  // The eve of the known run is as good as a known day: nothing before the run is counted.
  const start = from === addDays(calendar.knownFrom, -1) ? 0 : worked(calendar, from)
  if (start === null) return { unknown: yearOf(from) }
  return calendar.workingDays[start + count - 1] ?? { unknown: yearOf(calendar.knownUntil) + 1 }
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. Both days must be known. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number | UnknownYear {
  const [start, end] = [worked(calendar, from), worked(calendar, to)]
  if (start === null) return { unknown: yearOf(from) }
  if (end === null) return { unknown: yearOf(to) }
  return end - start
}

/** The last working day before `before`. */
export function previousWorkingDay(calendar: Calendar, before: Day): Day | UnknownYear {
  const eve = addDays(before, -1)
  const count = worked(calendar, eve)
  if (count === null) return { unknown: yearOf(eve) }
  return calendar.workingDays[count - 1] ?? { unknown: yearOf(calendar.knownFrom) - 1 }
}
