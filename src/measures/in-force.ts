import type { Day } from '../base/day.ts'

/** SQL: whether a row `m` of measure is in force on a day. Computed from dates, never from a flag (principle 3). */
export const inForceOn = (
  day: string,
): string => `(m.from_day <= ${day}::date and (m.until_day is null or m.until_day >= ${day}::date)
  and not exists (select from measure_end ended where ended.subject_id = m.subject_id and ended.case_id = m.case_id))`

/** The same of a row that was read. */
export function isInForce(
  one: { readonly fromDay: Day; readonly untilDay: Day | null; readonly endedOn: Day | null },
  today: Day,
): boolean {
  return one.endedOn === null && one.fromDay <= today && (one.untilDay === null || one.untilDay >= today)
}
