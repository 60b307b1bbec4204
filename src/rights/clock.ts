import type { Day } from '../base/day.ts'
import { addWorkingDays, type Calendar, workingDaysBetween } from '../law/calendar.ts'
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

/** The clock of a request on a day: counted in working days after the day of the request, with its extension. */
export function clockOf(
  calendar: Calendar,
  request: Pick<RightsRequest, 'askedOn' | 'workingDays' | 'entries' | 'closedAt'>,
  today: Day,
  closedOn: Day | null,
): RightsClock {
  const extendedBy = request.entries.reduce((sum, entry) => sum + (entry.days ?? 0), 0)
  const workingDays = request.workingDays + extendedBy
  const due = addWorkingDays(calendar, request.askedOn, workingDays)
  if (typeof due !== 'string')
    return { dueOn: null, unknownYear: due.unknown, workingDaysLeft: null, isOverdue: false, workingDays, extendedBy }
  const left = closedOn === null ? workingDaysBetween(calendar, today, due) : null
  return {
    dueOn: due,
    unknownYear: null,
    workingDaysLeft: typeof left === 'number' ? left : null,
    isOverdue: (closedOn ?? today) > due,
    workingDays,
    extendedBy,
  }
}
