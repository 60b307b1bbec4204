import { addDays, type Day, legalDay } from '../base/day.ts'

/** The two time axes of every reading: the day whose situation is asked for, and the instant up to which facts count. */
export type Axes = { readonly asOf: Day; readonly knownOn: Date }

const HOUR_MS = 3_600_000

/**
 * The axes of a question put on `now`: no day means today, no day of knowledge means what is known at this instant. What was known on a
 * day is what was known at its end, by the city's clock.
 */
export function readAxes(now: Date, zone: string, asked: { asOf?: Day | undefined; knownOn?: Day | undefined }): Axes {
  return { asOf: asked.asOf ?? legalDay(now, zone), knownOn: asked.knownOn ? endOfDay(asked.knownOn, zone) : now }
}

/** The last millisecond of a legal day in a time zone. */
export function endOfDay(of: Day, zone: string): Date {
  const next = addDays(of, 1)
  // Every zone lies within 14 hours of UTC; the first instant of the next day is met by halving what is left.
  let before = Date.parse(`${next}T00:00:00Z`) - 15 * HOUR_MS
  let after = before + 30 * HOUR_MS
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (legalDay(new Date(middle), zone) < next) before = middle
    else after = middle
  }
  return new Date(before)
}
