import { z } from 'zod'
import type { Permission } from '../access/actor.ts'
import type { Day } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'

/* The nouns of speaking for a subject: capacity, extent, mandate, its ends. */

export const CAPACITIES = ['self', 'legal-representative', 'agent'] as const
/** In what capacity a person speaks: for himself, by office, or because he was asked to. */
export type Capacity = (typeof CAPACITIES)[number]

export const BOUND_BY = ['oidc', 'window', 'principal', 'operator'] as const
export type BoundBy = (typeof BOUND_BY)[number]

export const END_REASONS = ['principal', 'agent', 'operator', 'replaced', 'representative-changed'] as const
export type EndReason = (typeof END_REASONS)[number]

/** What everybody signed in may do, for whomever he speaks. */
export const ANYBODY: readonly Permission[] = ['law.read']
/** What only the subject itself or its legal representative may do: an agent makes no agents (民法典 169). */
export const NOT_GIVEN_ON: readonly Permission[] = ['mandate.manage']
/** What an agent's extent is chosen from. What the roles of subjects gain later is given to nobody by a mandate that stands. */
export const EXTENTS = [
  'subject.read-own',
  'report.issue-own',
  'look.read-own',
  'authorisation.grant',
  'rights.lodge',
  'notice.read-own',
  'case.lodge',
] as const satisfies readonly Permission[]
export type Extent = (typeof EXTENTS)[number]
export const Extents = z.array(z.enum(EXTENTS)).min(1).max(EXTENTS.length)

/** What an account may do that speaks by this mandate, out of what its roles may; without a mandate only what anybody may. */
export function permissionsBy(
  mandate: { readonly capacity: Capacity; readonly extent: readonly string[] | null } | null,
  ofRoles: readonly Permission[],
): readonly Permission[] {
  if (mandate === null) return ofRoles.filter(permission => ANYBODY.includes(permission))
  if (mandate.capacity !== 'agent') return ofRoles
  const given: readonly Permission[] = EXTENTS.filter(permission => mandate.extent?.includes(permission))
  return ofRoles.filter(permission => ANYBODY.includes(permission) || given.includes(permission))
}

/** The longest term of an agent, in months. */
export const LONGEST_MONTHS = 24

export type Mandate = {
  readonly subjectId: SubjectId
  readonly mandateId: MandateId
  readonly accountId: AccountId
  readonly capacity: Capacity
  readonly extent: readonly Extent[] | null
  readonly from: Day
  /** The last day; null: until it is changed. */
  readonly until: Day | null
  readonly boundBy: BoundBy
  readonly madeAt: Date
}

export type MandateEnd = {
  readonly at: Date
  /** The last day in force; null: over at once, from `at` on. */
  readonly lastDay: Day | null
  readonly why: EndReason
}
