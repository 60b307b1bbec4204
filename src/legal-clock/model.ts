import type { Day } from '../base/day.ts'

/** In what a term is counted: legal working days, days of the calendar, months or years to the corresponding date. */
export const CLOCK_UNITS = ['working', 'calendar', 'months', 'years'] as const
export type ClockUnit = (typeof CLOCK_UNITS)[number]

/** So many of a unit, always one or more. */
export type Span = { readonly count: number; readonly unit: ClockUnit }

/** How a term is counted; what the law says of it is data, the three below hold where a rule says nothing else. */
export type CountingRule = {
  /** The day of the act is not counted in (民法典 201); false where a rule counts it as the first day. */
  readonly startsNextDay?: boolean | undefined
  /**
   * A term not in working days whose last day is a day off: `moves` ends on the next working day (民法典 203), `stays` ends where it
   * ends. Only duties and remedies move; what ends by date by itself (a period of display) stays.
   */
  readonly dayOff?: 'moves' | 'stays' | undefined
  /** When the duty passes to another unit: it begins `anew` after the day of transfer, or it `runs-on`. */
  readonly onTransfer?: 'anew' | 'runs-on' | undefined
}

export const COUNTING = { startsNextDay: true, dayOff: 'stays', onTransfer: 'runs-on' } as const

/** Days that are not counted, `from` and `until` among them; `until` null: it goes on. */
export type Suspension = {
  readonly from: Day
  readonly until: Day | null
  readonly reason?: string | undefined
  readonly basis?: string | null | undefined
}

/** More time, granted on a day and added to the term. */
export type Extension = Span & {
  readonly on: Day
  readonly reason?: string | undefined
  readonly basis?: string | null | undefined
}

/** The day on which the duty passed to another unit. */
export type Transfer = {
  readonly on: Day
  readonly to: string
  /** The unit that had it until then, and the last day by which that one is measured. */
  readonly from?: string | null | undefined
  readonly due?: Day | null | undefined
  /** Where the term was over by then: the last day by which the next unit is measured; null: it stands still, or its calendar is not known. */
  readonly own?: Day | null | undefined
}

/** One clock: a term from a day (of a decision, of a receipt), and what has happened to it since. */
export type RunningClock = Span &
  CountingRule & {
    readonly from: Day
    readonly extensions?: readonly Extension[] | undefined
    readonly suspensions?: readonly Suspension[] | undefined
    readonly transfers?: readonly Transfer[] | undefined
  }

/** The last day of a term; or the year whose notice is missing; or, while it is suspended, since when and what is left of it. */
export type Due =
  | { readonly due: Day }
  | { readonly unknown: number }
  | { readonly suspendedSince: Day; readonly left: readonly Span[] }
