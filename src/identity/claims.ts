import type { Day } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { Capacity, IdentityProvider } from '../law/identity-model.ts'
import { birthOf, isMinorOn, parseResidentId, type ResidentId, type ResidentIdOptions } from '../subject/resident-id.ts'
import { parseUscc, type Uscc } from '../subject/uscc.ts'
import type { Claims } from './signed-token.ts'

/* What a provider's claims say about who came, by the city's configuration. Pure. */

export type Door = IdentityProvider['for'][number]

/** Whoever came to a door: staff, a natural person for itself, or a person for an organisation. */
export type Claimed =
  | { readonly as: 'staff'; readonly name: string; readonly employeeNumber: string | null }
  | { readonly as: 'self'; readonly name: string; readonly residentId: ResidentId }
  | { readonly as: Capacity; readonly name: string; readonly uscc: Uscc; readonly residentId: ResidentId | null }

type InventedPrefixes = NonNullable<ResidentIdOptions['inventedPrefixes']>
type Context = { readonly door: Door; readonly today: Day; readonly inventedPrefixes: InventedPrefixes }

/**
 * Reads the claims for a door. Refuses `identity.claim-missing` (fact: which claim), `identity.level-too-low` (real-name level), `identity.minor`
 * (minors are no subjects), `identity.number-unsound`, `identity.code-unsound`, `identity.capacity-unknown`. No value stands in a fact.
 */
export function readClaims(provider: IdentityProvider, claims: Claims, context: Context): Verdict<Claimed> {
  const named = provider.claims
  const name = textOf(claims, named.name)
  if (name === null) return missing(named.name)
  if (context.door === 'staff') {
    const employeeNumber = named.employeeNumber === undefined ? null : textOf(claims, named.employeeNumber)
    return granted({ as: 'staff', name, employeeNumber })
  }
  if (provider.realName && !meets(provider.realName, claims))
    return refused('identity.level-too-low', null, { name: provider.name })
  const uscc = named.organisation === undefined ? null : textOf(claims, named.organisation.uscc)
  if (named.organisation !== undefined && uscc !== null) return readOrganisation(provider, claims, uscc, context)
  return named.residentId === undefined
    ? missing(named.organisation?.uscc ?? named.id)
    : readPerson(claims, named.residentId, name, context)
}

function readOrganisation({ claims: named }: IdentityProvider, claims: Claims, code: string, context: Context): Verdict<Claimed> {
  const { uscc = '', capacity: role = '', capacities = {} } = named.organisation ?? {}
  const read = parseUscc(code, { inventedPrefixes: context.inventedPrefixes })
  if (!read.ok) return refused('identity.code-unsound', null, { claim: uscc })
  const capacity = textOf(claims, role)
  const as = capacity !== null && Object.hasOwn(capacities, capacity) ? capacities[capacity] : undefined
  if (as === undefined) return refused('identity.capacity-unknown', null, { claim: role })
  const name = textOf(claims, named.name) ?? ''
  if (named.residentId === undefined || textOf(claims, named.residentId) === null)
    return granted({ as, name, uscc: read.value.uscc, residentId: null })
  const person = readPerson(claims, named.residentId, name, context)
  return person.ok ? granted({ as, name, uscc: read.value.uscc, residentId: person.value.residentId }) : person
}

function readPerson(
  claims: Claims,
  claim: string,
  name: string,
  { today, inventedPrefixes }: Context,
): Verdict<Extract<Claimed, { readonly as: 'self' }>> {
  const number = textOf(claims, claim)
  if (number === null) return missing(claim)
  const read = parseResidentId(number, { on: today, inventedPrefixes })
  if (!read.ok) return refused('identity.number-unsound', null, { claim })
  const { id } = read.value
  return isMinorOn(birthOf(id), today)
    ? refused('identity.minor', 'civil-code#17')
    : granted({ as: 'self', name, residentId: id })
}

/** The person's stable id at the provider. Refuses `identity.claim-missing`. */
export function stableIdOf(provider: IdentityProvider, claims: Claims): Verdict<string> {
  const id = textOf(claims, provider.claims.id)
  return id === null ? missing(provider.claims.id) : granted(id)
}

/** How many factors the provider vouches for. */
export function factorsOf(provider: IdentityProvider, claims: Claims): 1 | 2 {
  return provider.twoFactors && meets(provider.twoFactors, claims) ? 2 : 1
}

function meets({ claim, values }: NonNullable<IdentityProvider['realName']>, claims: Claims): boolean {
  const said = claims[claim]
  // `amr` and the like are lists.
  return (Array.isArray(said) ? said : [said]).some(
    one => (typeof one === 'string' || typeof one === 'number') && values.includes(String(one)),
  )
}

function textOf(claims: Claims, claim: string): string | null {
  const said = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  const text = typeof said === 'string' ? said.trim() : typeof said === 'number' ? String(said) : ''
  return text === '' || text.length > 500 ? null : text
}

function missing(claim: string): Verdict<never> {
  return refused('identity.claim-missing', null, { claim })
}

/**
 * When the provider last made sure of the person (`auth_time`, OpenID Connect Core 2), at the latest now; null where it does not say, or speaks
 * of a time to come.
 */
export function provedAt(claims: Claims, { now, tolerance }: Pick<Timed, 'now' | 'tolerance'>): Date | null {
  const said = claims['auth_time']
  if (typeof said !== 'number' || !Number.isFinite(said) || said > now.getTime() / 1000 + tolerance) return null
  return new Date(Math.min(said * 1000, now.getTime()))
}

type Timed = { readonly clientId: string; readonly now: Date; readonly began: Date; readonly tolerance: number }

/**
 * What the library leaves open of an ID token (OpenID Connect Core 3.1.3.7): it was made for this client alone, not before the sign-in began
 * and not later than now, each but for the clocks' difference. The name of the fault, or null.
 */
export function idTokenFault(claims: Claims, { clientId, now, began, tolerance }: Timed): string | null {
  const { azp, iat, exp } = claims
  if (azp !== undefined && azp !== clientId) return 'azp'
  if (typeof iat !== 'number' || typeof exp !== 'number') return 'times'
  if (iat > now.getTime() / 1000 + tolerance) return 'iat-ahead'
  if (iat < began.getTime() / 1000 - tolerance) return 'iat-before'
  return exp <= iat ? 'exp' : null
}
