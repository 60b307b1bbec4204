import type { Day } from '../base/day.ts'
import type { Calendar } from '../law/calendar.ts'
import { clockOn } from '../legal-clock/clock-on.ts'
import type { RunningClock } from '../legal-clock/model.ts'
import type { RequestState, RightsEntry, RightsRequest } from './model.ts'

/** Where a request's clock stands. `dueOn` null: the calendar of the year is not published yet, and nothing is guessed. */
export type RightsClock = {
  readonly dueOn: Day | null
  readonly unknownYear: number | null
  /** Negative when it is over; null where it cannot be counted or has been answered. */
  readonly workingDaysLeft: number | null
  readonly isOverdue: boolean
  /** How many working days the term has, with its extension. */
  readonly workingDays: number
  readonly extendedBy: number
}

/** The state that the last step leaves. */
export function stateOf(entries: readonly Pick<RightsEntry, 'step'>[]): RequestState {
  const last = entries.at(-1)?.step
  return last === 'granted' || last === 'refused' || last === 'withdrawn' || last === 'proposed' ? last : 'open'
}

type Asked = Pick<RightsRequest, 'askedOn' | 'workingDays' | 'entries'>

/** The legal clock of a request: working days after the day of the request, with its extension. */
export function legalClockOf({ askedOn, workingDays, entries }: Asked): RunningClock {
  const extensions = entries.flatMap(({ days }) =>
    days === null ? [] : [{ on: askedOn, count: days, unit: 'working' as const }],
  )
  return { from: askedOn, count: workingDays, unit: 'working', extensions }
}

/** The clock of a request on a day. */
export function clockOf(calendar: Calendar, request: Asked, today: Day, closedOn: Day | null): RightsClock {
  const clock = legalClockOf(request)
  const { due, unknownYear, workingDaysLeft, workingDaysOver, state } = clockOn(calendar, clock, today, closedOn)
  const extendedBy = (clock.extensions ?? []).reduce((sum, { count }) => sum + count, 0)
  return {
    dueOn: due,
    unknownYear,
    workingDaysLeft: closedOn === null && workingDaysOver !== null ? 0 - workingDaysOver : workingDaysLeft,
    isOverdue: state === 'overdue' || state === 'done-late',
    workingDays: request.workingDays + extendedBy,
    extendedBy,
  }
}
