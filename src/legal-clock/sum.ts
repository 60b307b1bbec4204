import { addDays, type Day } from '../base/day.ts'
import { type Calendar, isWorkingDay } from '../law/calendar.ts'
import { courseOf, dueOf } from './due.ts'
import { beginning, effective, type Stop } from './effective.ts'
import type { ClockUnit, Due, RunningClock, Span } from './model.ts'

/** Why a day counts or does not. */
export type DayReason =
  /** The day of the act, which is not counted in. */
  | 'start'
  | 'weekday'
  /** A weekend day that a notice makes a working day (调休). */
  | 'worked-weekend'
  /** A day of a term that is not counted in working days. */
  | 'calendar-day'
  | 'weekend'
  | 'holiday'
  | 'suspended'
  /** The working day to which a last day that was a day off has moved. */
  | 'moved'

/** One day of a count: the n-th of its span, or skipped (`counted` null). */
export type SumDay = {
  readonly day: Day
  readonly counted: number | null
  readonly because: DayReason
  readonly holiday: string | null
  /** The notice that makes it a day off or a working day, by its instrument. */
  readonly notice: string | null
  /** True for what an extension added. */
  readonly isExtension: boolean
}

/** The sum behind `dueOf`, day by day from the beginning to where the count ends, is suspended, or runs out of notices. */
export type Sum = { readonly from: Day; readonly spans: readonly Span[]; readonly days: readonly SumDay[]; readonly answer: Due }

/** Every day of a clock, counted or skipped, with its reason. A clock that begins outside the known calendar has no days to show. */
export function sumOf(calendar: Calendar, clock: RunningClock): Sum {
  const what = effective(clock)
  const { ends } = courseOf(calendar, what)
  const answer = dueOf(calendar, clock)
  const from = beginning(clock)
  const days: SumDay[] = what.includesStart ? [] : [{ ...PLAIN, day: from, because: 'start' }]
  let [at, counted] = [0, 0]
  const last = lastShown(calendar, answer, ends.at(-1) ?? what.after)
  for (let day = addDays(what.after, 1); day <= last; day = addDays(day, 1)) {
    const span = spanOf(ends, what.spans.length, day)
    if (span !== at) [at, counted] = [span, 0]
    // After the last span comes the way of a last day that moves to a working day.
    const seen = seenOn(calendar, day, what.spans[span]?.unit ?? 'working', what.stops)
    const moves = span === what.spans.length
    if (seen.counts && !moves) counted += 1
    days.push({
      ...seen.day,
      ...(seen.counts && moves ? { because: 'moved' as const } : {}),
      counted: seen.counts && !moves ? counted : null,
      isExtension: !moves && (span > 0 || isBeyondTerm(clock, what.spans[0], seen.counts ? counted : counted + 1)),
    })
  }
  return { from, spans: what.spans, days, answer }
}

const PLAIN = { counted: null, holiday: null, notice: null, isExtension: false } as const

/** The span that a day belongs to; as many as there are for the days after the last. */
function spanOf(ends: readonly Day[], spans: number, day: Day): number {
  const found = ends.findIndex(end => day <= end)
  return found === -1 ? Math.min(ends.length, spans) : found
}

/** Whether the n-th of the first span is what an extension in the same unit of days added. */
function isBeyondTerm(clock: RunningClock, first: Span | undefined, nth: number): boolean {
  const isInDays = clock.unit === 'working' || clock.unit === 'calendar'
  return isInDays && (first?.count ?? 0) > clock.count && nth > clock.count
}

/** The last day that the sum can show: its end, the first day of an open suspension, or the last day of the notices held. */
function lastShown(calendar: Calendar, answer: Due, counted: Day): Day {
  if ('due' in answer) return answer.due
  if ('suspendedSince' in answer) return answer.suspendedSince
  const isBefore = answer.unknown < Number(calendar.knownFrom.slice(0, 4))
  return isBefore || counted > calendar.knownUntil ? counted : calendar.knownUntil
}

type Seen = { readonly counts: boolean; readonly day: Omit<SumDay, 'counted' | 'isExtension'> }

function seenOn(calendar: Calendar, day: Day, unit: ClockUnit, stops: readonly Stop[]): Seen {
  const because = (why: DayReason, counts = false): Seen => ({
    counts,
    day: { day, because: why, holiday: null, notice: NOTICED.has(why) ? noticeOf(calendar, day) : null },
  })
  if (stops.some(({ from, until }) => from <= day && (until === null || day <= until))) return because('suspended')
  if (unit !== 'working') return because('calendar-day', true)
  if (isWorkingDay(calendar, day)) return because(calendar.workedWeekends.has(day) ? 'worked-weekend' : 'weekday', true)
  const holiday = calendar.holidays.get(day)
  const seen = because(holiday === undefined ? 'weekend' : 'holiday')
  return holiday === undefined ? seen : { ...seen, day: { ...seen.day, holiday } }
}

const NOTICED: ReadonlySet<DayReason> = new Set(['worked-weekend', 'holiday'])

function noticeOf(calendar: Calendar, day: Day): string | null {
  const year = calendar.years.find(
    ({ holidays, workedWeekends }) => workedWeekends.includes(day) || holidays.some(one => one.from <= day && day <= one.to),
  )
  return year?.instrument ?? null
}

/** Neighbouring days with one reason, as a page prints them: 2026-10-01至2026-10-07，国庆节. */
export type SumRun = Omit<SumDay, 'day' | 'counted'> & {
  readonly from: Day
  readonly until: Day
  readonly days: number
  /** The n-th that the first and the last day of the run are. */
  readonly counted: readonly [first: number, last: number] | null
}

/** The days of a sum, neighbours with one reason taken together. */
export function runsOf(days: readonly SumDay[]): SumRun[] {
  const runs: SumRun[] = []
  for (const { day, counted, ...why } of days) {
    const last = runs.at(-1)
    const isSame =
      last !== undefined &&
      last.because === why.because &&
      last.notice === why.notice &&
      last.holiday === why.holiday &&
      last.isExtension === why.isExtension
    if (!isSame) runs.push({ ...why, from: day, until: day, days: 1, counted: counted === null ? null : [counted, counted] })
    else
      runs[runs.length - 1] = {
        ...last,
        until: day,
        days: last.days + 1,
        counted: last.counted === null || counted === null ? last.counted : [last.counted[0], counted],
      }
  }
  return runs
}
