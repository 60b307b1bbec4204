import type { Day } from '../base/day.ts'
import { INVENTED_PREFIX } from './division.ts'
import type { SubjectKind } from './kind.ts'
import { makeResidentId, type ResidentId } from './resident-id.ts'
import { makeUscc, type Uscc } from './uscc.ts'

/** Kinds of organisation; persons are told apart by `inventedResidentId`. */
export type OrganisationKind = Exclude<SubjectKind, 'natural-person'>

/** Department, category and the letter that keeps the bodies of two kinds apart. */
const PARTS: Readonly<Record<OrganisationKind, readonly [string, string, string]>> = {
  enterprise: ['9', '1', 'A'],
  branch: ['9', '1', 'B'],
  'sole-trader': ['9', '2', 'C'],
  'co-operative': ['9', '3', 'D'],
  'public-institution': ['1', '2', 'E'],
  'social-organisation': ['5', '1', 'F'],
  'government-body': ['1', '1', 'G'],
}

const BODIES = 10_000_000
// Coprime to the number of bodies: neighbours in n get codes that do not look alike, and none meets another.
const STEP = 7_368_787
const PEOPLE_PER_COUNTY = 999
const COUNTIES = 99

/** The division of invented codes where the caller names none: city 01 of the invented province. */
export const INVENTED_CITY = `${INVENTED_PREFIX}0100`

/**
 * The n-th invented code of a kind (n from 0 to 9,999,999): always the same for the same arguments, different for
 * different ones, both check characters right, division in the invented province. Throws on a division outside it.
 */
export function inventedUscc(kind: OrganisationKind, n: number, division: string = INVENTED_CITY): Uscc {
  if (!Number.isInteger(n) || n < 0 || n >= BODIES) throw new RangeError('n is 0 to 9,999,999')
  if (!division.startsWith(INVENTED_PREFIX)) throw new RangeError('an invented code stands in the invented province')
  const [department, category, letter] = PARTS[kind]
  const body = letter + String((n * STEP) % BODIES).padStart(7, '0')
  return makeUscc(department, category, division, body)
}

/**
 * The n-th invented resident id of a birth day (n from 0 to 98,900): a real date, so that ages can be computed, in a
 * county of the invented province. Deterministic, and different for different arguments.
 */
export function inventedResidentId(n: number, birth: Day): ResidentId {
  if (!Number.isInteger(n) || n < 0 || n >= PEOPLE_PER_COUNTY * COUNTIES) throw new RangeError('n is 0 to 98,900')
  const county = String(Math.floor(n / PEOPLE_PER_COUNTY) + 1).padStart(2, '0')
  return makeResidentId(`${INVENTED_PREFIX}01${county}`, birth, (n % PEOPLE_PER_COUNTY) + 1)
}
