import { addDays, type Day, daysBetween } from '../base/day.ts'
import { type Calendar, type UnknownYear, workingDaysBetween } from '../law/calendar.ts'
import { dueOf } from './due.ts'
import { effective, type Stop } from './effective.ts'
import type { RunningClock, Span } from './model.ts'

/** What a clock is on a day, as every page draws it. */
export type ClockState = 'open' | 'soon' | 'today' | 'overdue' | 'suspended' | 'done' | 'done-late' | 'unknown'

/** So few working days are left that a page says so. */
export const SOON = 3

/** Where a clock stands on a day. What does not apply, and what the calendar does not reach, is null. */
export type ClockOn = {
  readonly state: ClockState
  readonly due: Day | null
  /** The year whose notice is missing. */
  readonly unknownYear: number | null
  /** Working days after today up to the last day; suspended days are not among them. */
  readonly workingDaysLeft: number | null
  /** Working days after the last day up to today, or to the day on which it was done. */
  readonly workingDaysOver: number | null
  /** While it is suspended: since when, and what is left of the term. */
  readonly suspendedSince: Day | null
  readonly left: readonly Span[]
  readonly doneOn: Day | null
}

const NOTHING = {
  due: null,
  unknownYear: null,
  workingDaysLeft: null,
  workingDaysOver: null,
  suspendedSince: null,
  left: [],
} as const

/** The state of a clock on a day; `doneOn` is the day on which the duty was done, null while it is not. */
export function clockOn(calendar: Calendar, clock: RunningClock, today: Day, doneOn: Day | null = null): ClockOn {
  const found = dueOf(calendar, clock)
  const nothing = { ...NOTHING, doneOn }
  if ('suspendedSince' in found) {
    return { ...nothing, state: doneOn === null ? 'suspended' : 'done', suspendedSince: found.suspendedSince, left: found.left }
  }
  if ('unknown' in found) return { ...nothing, state: doneOn === null ? 'unknown' : 'done', unknownYear: found.unknown }
  const { due } = found
  const over = (until: Day): number | null => known(workingDaysBetween(calendar, due, until))
  if (doneOn !== null)
    return doneOn <= due
      ? { ...nothing, due, state: 'done' }
      : { ...nothing, due, state: 'done-late', workingDaysOver: over(doneOn) }
  if (due < today) return { ...nothing, due, state: 'overdue', workingDaysOver: over(today) }
  const { stops } = effective(clock)
  const workingDaysLeft = leftUntil(calendar, stops, today, due)
  const resting = stops.find(({ from, until }) => from <= today && (until === null || today <= until))
  if (resting) return { ...nothing, due, state: 'suspended', workingDaysLeft, suspendedSince: resting.from }
  return { ...nothing, due, workingDaysLeft, state: openState(workingDaysLeft, today, due) }
}

function openState(left: number | null, today: Day, due: Day): ClockState {
  if (due === today) return 'today'
  return (left ?? daysBetween(today, due)) <= SOON ? 'soon' : 'open'
}

const known = (count: number | UnknownYear): number | null => (typeof count === 'number' ? count : null)

/** Working days after today up to the last day, without those that are suspended. */
function leftUntil(calendar: Calendar, stops: readonly Stop[], today: Day, due: Day): number | null {
  const whole = known(workingDaysBetween(calendar, today, due))
  if (whole === null) return null
  let suspended = 0
  for (const { from, until } of stops) {
    const [first, last] = [from > today ? from : addDays(today, 1), until === null || until > due ? due : until]
    if (first > last) continue
    const resting = known(workingDaysBetween(calendar, addDays(first, -1), last))
    if (resting === null) return null
    suspended += resting
  }
  return whole - suspended
}
