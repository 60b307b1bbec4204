import { addDays, addMonths, type Day, daysBetween } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { addWorkingDays, type Calendar, isWorkingDay, type UnknownYear, workingDaysBetween } from '../law/calendar.ts'
import { type Effective, effective, type Stop } from './effective.ts'
import { COUNTING, type Due, type RunningClock, type Span } from './model.ts'

/** Where counting one span ended, or what keeps it from ending. */
type Ended = Day | UnknownYear | { readonly suspendedSince: Day; readonly left: Span }

/** How far the spans of a clock could be counted: the last day of each that ended, and what stopped the next. */
export type Course = { readonly ends: readonly Day[]; readonly stopped: Exclude<Due, { due: Day }> | null }

/** Counts the spans of a clock one after the other. */
export function courseOf(calendar: Calendar, { after, includesStart, spans, stops }: Effective): Course {
  const ends: Day[] = []
  for (const [index, span] of spans.entries()) {
    const from = { after: ends.at(-1) ?? after, includesStart: index === 0 && includesStart, stops }
    const ended = advance(calendar, span, from)
    if (typeof ended !== 'string')
      return { ends, stopped: 'unknown' in ended ? ended : { ...ended, left: [ended.left, ...spans.slice(index + 1)] } }
    ends.push(ended)
  }
  return { ends, stopped: null }
}

/**
 * The last day of a clock. Working days come from the notices held: where the count needs a year without one the answer names that
 * year, and nothing is guessed. Terms in months and years end on the corresponding date (民法典 202); days that are suspended inside a
 * term do not count, those of a term in months are added to its end. Throws a RangeError on a count below one.
 */
export function dueOf(calendar: Calendar, clock: RunningClock): Due {
  const what = effective(clock)
  const { ends, stopped } = courseOf(calendar, what)
  return stopped ?? lastDay(calendar, clock, ends.at(-1) ?? clock.from, what.stops)
}

/** The last day of a clock, for an act that cannot do without it. Refuses `clock.calendar-unknown` and `clock.suspended`. */
export function requireDue(calendar: Calendar, clock: RunningClock, basis: string | null = null): Day {
  const found = dueOf(calendar, clock)
  if ('due' in found) return found.due
  if ('unknown' in found) throw new Refusal('clock.calendar-unknown', basis, { year: found.unknown })
  throw new Refusal('clock.suspended-now', basis, { since: found.suspendedSince })
}

/** A last day that is a day off gives way to the next working day, where the rule says so. */
function lastDay(calendar: Calendar, clock: RunningClock, end: Day, stops: readonly Stop[]): Due {
  if ((clock.dayOff ?? COUNTING.dayOff) === 'stays') return { due: end }
  const works = isWorkingDay(calendar, end)
  if (works === undefined) return { unknown: Number(end.slice(0, 4)) }
  if (works) return { due: end }
  const next = advance(calendar, { count: 1, unit: 'working' }, { after: end, includesStart: false, stops })
  if (typeof next === 'string') return { due: next }
  return 'unknown' in next ? next : { ...next, left: [next.left] }
}

type Way = Pick<Effective, 'after' | 'includesStart' | 'stops'>

function advance(calendar: Calendar, { count, unit }: Span, way: Way): Ended {
  if (unit === 'working') return advanceDays(workingDays(calendar), { count, unit }, way)
  if (unit === 'calendar') return advanceDays(CALENDAR_DAYS, { count, unit }, way)
  return advanceMonths(unit === 'years' ? count * 12 : count, way)
}

/** How days are counted: the n-th after a day, and how many there are after one day up to and with another. */
type Counting = {
  readonly nth: (after: Day, count: number) => Day | UnknownYear
  readonly between: (after: Day, until: Day) => number | UnknownYear
}

const CALENDAR_DAYS: Counting = { nth: addDays, between: daysBetween }

function workingDays(calendar: Calendar): Counting {
  return {
    nth: (after, count) => addWorkingDays(calendar, after, count),
    // The day before the known run is as good as known: none of the run's days lies before it.
    between: (after, until) =>
      after === addDays(calendar.knownFrom, -1) && until >= calendar.knownFrom
        ? plus(workingDaysBetween(calendar, calendar.knownFrom, until), isWorkingDay(calendar, calendar.knownFrom) ? 1 : 0)
        : workingDaysBetween(calendar, after, until),
  }
}

const plus = (count: number | UnknownYear, more: number): number | UnknownYear =>
  typeof count === 'number' ? count + more : count

function advanceDays(counting: Counting, { count, unit }: Span, { after, stops }: Way): Ended {
  let at = after
  let left = count
  for (const { from, until } of stops) {
    if (until !== null && until <= at) continue
    const end = counting.nth(at, left)
    if (typeof end === 'string' && end < from) return end
    const eve = addDays(from, -1)
    const counted = eve <= at ? 0 : counting.between(at, eve)
    if (typeof counted !== 'number') return counted
    left -= counted
    if (until === null) return { suspendedSince: from, left: { count: left, unit } }
    at = until
  }
  return counting.nth(at, left)
}

function advanceMonths(months: number, { after, includesStart, stops }: Way): Ended {
  let end = includesStart ? monthsWithStart(addDays(after, 1), months) : addMonths(after, months)
  for (const { from, until } of stops) {
    if (from > end) break
    if (until !== null && until <= after) continue
    const first = from > after ? from : addDays(after, 1)
    if (until === null) return { suspendedSince: from, left: { count: daysBetween(first, end) + 1, unit: 'calendar' } }
    end = addDays(end, daysBetween(first, until) + 1)
  }
  return end
}

/** A term in months whose first day counts ends on the eve of the corresponding date, or with the month that has no such date. */
function monthsWithStart(first: Day, months: number): Day {
  const corresponding = addMonths(first, months)
  return corresponding.slice(8) === first.slice(8) ? addDays(corresponding, -1) : corresponding
}
