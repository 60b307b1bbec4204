import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { sql } from '../db/database.ts'
import { hashToken } from '../http/session.ts'
import type { IdentityProvider } from '../law/identity-model.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { comerOf } from './binding-store.ts'
import type { Door } from './claims.ts'
import { verifyToken } from './key-set.ts'
import { isOfProvider, unsound } from './outbound.ts'
import { CLOCK_TOLERANCE_SECONDS, linkTo } from './provider-link.ts'
import { endFederatedSessions, findFederatedSession } from './session-store.ts'
import { readToken, type SignedToken } from './signed-token.ts'

/*
 * Signing out, both ways: the provider tells the platform (OpenID Connect Back-Channel Logout 1.0), the platform leads the person to the provider
 * (RP-Initiated Logout 1.0).
 */

/** A logout token older than this is not obeyed; its `jti` is remembered as long. */
export const LOGOUT_TOKEN_SECONDS = 300
const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const TYPES = new Set([undefined, 'jwt', 'logout+jwt', 'application/logout+jwt'])

/**
 * Obeys a provider's logout token: the sessions it names end at once. How many ended; none is no fault. Refuses `identity.answer-unsound`
 * for a token that is forged, not for this platform, too old, from the future, no logout token, or sent before.
 */
export async function obeyLogout(app: App, providerId: string, text: string): Promise<number> {
  const { provider, keys } = linkTo(app, providerId)
  const token = await verifyToken(keys, text, provider.algorithms)
  const fault = logoutTokenFault(provider, token, app.now())
  if (fault !== null) throw unsound(`logout-token-${fault}`)
  const { sub, sid, jti, iat } = token.claims
  const indexed = (what: 'sub' | 'sid', id: unknown) =>
    typeof id === 'string' ? comerOf(app, provider.id, what, id).indexes : null
  const endsAt = new Date((Number(iat) + LOGOUT_TOKEN_SECONDS + 2 * CLOCK_TOLERANCE_SECONDS) * 1000)
  return await change(app, SYSTEM, { deed: 'identity.logout', entity: `identity-provider:${provider.id}` }, async made => {
    const first = await made.tx.run(sql`insert into logout_token (provider, jti_digest, ends_at)
      values (${provider.id}, ${hashToken(String(jti))}, ${endsAt}) on conflict do nothing`)
    if (first === 0) throw unsound('logout-token-replayed')
    const ended = await endFederatedSessions(made, provider.id, { persons: indexed('sub', sub), sessions: indexed('sid', sid) })
    made.tell({ ended: ended.length, accounts: [...new Set(ended)] })
    return ended.length
  })
}

/** Back-Channel Logout 1.0, section 2.6: the name of the first fault, or null. Pure. */
export function logoutTokenFault(
  { issuer, client }: Pick<IdentityProvider, 'issuer' | 'client'>,
  { typ, claims }: Pick<SignedToken, 'typ' | 'claims'>,
  now: Date,
): string | null {
  const { iss, aud, iat, exp, jti, events, sub, sid, nonce } = claims
  const seconds = now.getTime() / 1000
  if (!TYPES.has(typ)) return 'type'
  if (iss !== issuer) return 'issuer'
  if (![aud].flat().includes(client.id)) return 'audience'
  if (typeof iat !== 'number' || iat > seconds + CLOCK_TOLERANCE_SECONDS) return 'iat'
  if (iat < seconds - LOGOUT_TOKEN_SECONDS - CLOCK_TOLERANCE_SECONDS) return 'too-old'
  if (exp !== undefined && !(typeof exp === 'number' && exp > seconds - CLOCK_TOLERANCE_SECONDS)) return 'expired'
  if (typeof jti !== 'string' || jti === '') return 'jti'
  if (!isEvent(events)) return 'event'
  if (typeof sub !== 'string' && typeof sid !== 'string') return 'nobody'
  // With a nonce it might be an ID token.
  return nonce === undefined ? null : 'nonce'
}

function isEvent(events: unknown): boolean {
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, EVENT)) return false
  const said = (events as Record<string, unknown>)[EVENT]
  return typeof said === 'object' && said !== null
}

/** How a browser signs out at the provider: a form that goes there. */
export type Leave = {
  readonly name: string
  readonly method: 'get' | 'post'
  readonly action: string
  readonly fields: readonly (readonly [string, string])[]
}

export function afterLogoutOf(app: App): string {
  return new URL('/signin/out', app.publicUrl).href
}

/**
 * How to sign out at the provider of a session that has ended here; null for a session by password, for a provider that has no such address,
 * that is not configured any more, or that does not answer: the session here has ended all the same.
 */
export async function leaveOf(app: App, sessionId: number, door: Door): Promise<Leave | null> {
  const kept = await findFederatedSession(app.db, sessionId)
  if (!kept) return null
  const { provider: id, idToken } = kept
  if (!app.law.identityProviders.has(id)) return null
  const { provider, configuration } = linkTo(app, id)
  const settings = await configuration().catch(() => null)
  const action = settings?.serverMetadata().end_session_endpoint
  if (action === undefined || !isOfProvider(provider, action)) return null
  const hint = app.keys.open(idToken, Buffer.from(`federated_session:${id}`)).toString()
  const fields = [
    ...(provider.signOut === 'post' || namesNobody(provider, hint) ? [['id_token_hint', hint] as const] : []),
    ['client_id', provider.client.id],
    ['post_logout_redirect_uri', afterLogoutOf(app)],
    ['state', door],
  ] as const
  return { name: provider.name, method: provider.signOut, action, fields }
}

/** Whether an ID token may stand in an address, where it is kept and seen: nobody's name or number is in it. Without it the provider asks. */
export function namesNobody({ claims, algorithms }: Pick<IdentityProvider, 'claims' | 'algorithms'>, idToken: string): boolean {
  const said = readToken(idToken, algorithms).claims
  const personal = [claims.name, claims.residentId, claims.organisation?.uscc, claims.employeeNumber].filter(
    claim => claim !== undefined,
  )
  const text = JSON.stringify(said)
  return personal.every(claim => !Object.hasOwn(said, claim)) && maskResidentNumbers(text) === text
}
