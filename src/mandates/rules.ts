import { addMonths, type Day, earlier } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { LONGEST_MONTHS, type Mandate, type MandateEnd } from './model.ts'

/** The last day of a mandate after its ends; null: none. An end at once does not move it, see `isInForce`. */
export function lastDayOf(mandate: Pick<Mandate, 'until'>, ends: readonly MandateEnd[]): Day | null {
  return ends.reduce<Day | null>(
    (last, end) => (end.lastDay === null ? last : last === null ? end.lastDay : earlier(last, end.lastDay)),
    mandate.until,
  )
}

/** Whether a mandate is in force at an instant, on that instant's legal day. The same rule as SQL: `in-force.ts`. */
export function isInForce(mandate: Pick<Mandate, 'from' | 'until'>, ends: readonly MandateEnd[], at: Date, today: Day): boolean {
  const last = lastDayOf(mandate, ends)
  if (mandate.from > today || (last !== null && last < today)) return false
  return !ends.some(end => end.lastDay === null && end.at <= at)
}

/** An agent's last day: not before today, two years from today at the most. */
export function checkTerm(today: Day, until: Day): Verdict<Day> {
  const latest = addMonths(today, LONGEST_MONTHS)
  if (until < today) return refused('mandate.until-past', null, { today })
  if (until > latest) return refused('mandate.too-long', null, { latest })
  return granted(until)
}
