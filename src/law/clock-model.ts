import { z } from 'zod'
import type { Day } from '../base/day.ts'
import { dayText, slug, sourced } from './model.ts'

/* Terms that differ from place to place: law/clocks/*.yaml, and which of them a city goes by: city/<city>/clocks.yaml. */

/** What of an objection has a term of its own. */
export const OBJECTION_STEPS = [
  'mark',
  'own-scope',
  'forward',
  'provider',
  'with-provider',
  'extension',
  'longest',
  'remove',
  'report-change',
  'repair',
  'repair-extension',
] as const
export type ObjectionStep = (typeof OBJECTION_STEPS)[number]

const count = z.number().refine(value => Number.isInteger(value) && value >= 1, 'law.clock-count')

/** How many of what: a count, or at once. */
const step = z.strictObject({
  step: z.enum(OBJECTION_STEPS),
  count: z.union([z.literal('at-once'), count]),
  unit: z.enum(['working', 'calendar', 'months', 'years']).default('working'),
  /** Whether a last day that is a day off moves; of terms that are not in working days, which end on none. */
  dayOff: z.enum(['moves', 'stays']).optional(),
  ...sourced,
})
export type ObjectionTerm = z.infer<typeof step>

/** The terms of one place, in one edition. */
export const objectionClocks = z.strictObject({
  set: slug,
  name: z.string().min(1),
  /** The digits with which the division codes of the place begin; null for the set that holds where a city names none. */
  place: z
    .string()
    .regex(/^\d{2}(\d{2}){0,2}$/)
    .nullable(),
  inForceFrom: dayText,
  inForceUntil: dayText.nullable(),
  /** Whether another unit that the duty passes to begins anew. */
  transfer: z.strictObject({ starts: z.enum(['anew', 'runs-on']), ...sourced }),
  steps: z.array(step).min(1),
  note: z.string().optional(),
})
export type ObjectionClocks = z.infer<typeof objectionClocks>

/** law/clocks/objection.yaml */
export const objectionClockFile = z.strictObject({ sets: z.array(objectionClocks).min(1) })

/** city/<city>/clocks.yaml: by which set the city goes, and a set of its own where its province's is not held. */
export const cityClockFile = z.strictObject({
  objection: z.strictObject({ set: slug, ...sourced }),
  sets: z.array(objectionClocks).default([]),
})
export type CityClocks = z.infer<typeof cityClockFile>

/** The set that holds where a city names none. */
export const DEFAULT_SET = 'default'

/** The sets of every place, and the one this city goes by. */
export type ClockLaw = { readonly objection: readonly ObjectionClocks[]; readonly objectionSet: string }

/** The objection terms of the city on a day; undefined before the first edition of its set. */
export function objectionClocksOn({ objection, objectionSet }: ClockLaw, on: Day): ObjectionClocks | undefined {
  return objection.find(
    one => one.set === objectionSet && one.inForceFrom <= on && (one.inForceUntil === null || on <= one.inForceUntil),
  )
}

/** The city's term for a step of an objection on a day; null where its set has none for it. */
export function objectionTermOn(clocks: ClockLaw, step: ObjectionStep, on: Day): ObjectionTerm | null {
  return objectionClocksOn(clocks, on)?.steps.find(one => one.step === step) ?? null
}

/**
 * The term of an answer on a day where the unit that decided has to verify: the term for the whole, else the unit's own, else what the
 * one who is asked has. Null before the first edition of the set.
 */
export function answerTermOn(clocks: ClockLaw, on: Day): ObjectionTerm | null {
  const steps = objectionClocksOn(clocks, on)?.steps ?? []
  for (const wanted of ['with-provider', 'provider', 'own-scope'] as const) {
    const found = steps.find(one => one.step === wanted)
    if (found) return found
  }
  return null
}
