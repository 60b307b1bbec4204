import { z } from 'zod'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { clientIdOf, SKEW_SECONDS } from './model.ts'
import { isSignature } from './signing.ts'
import { spend } from './spent-nonces.ts'
import type { Arrival } from './store.ts'
import { originOf } from './verify-request.ts'

/* A client's assertion about itself: a JWT signed with EdDSA (RFC 7523, RFC 7515, RFC 8037), valid for minutes and taken once. */

export const TOKEN_PATH = '/api/v1/oauth/token'

const Header = z.object({
  alg: z.literal('EdDSA'),
  kid: z.string().min(1).max(100),
  typ: z.string().optional(),
  crit: z.never().optional(),
})
const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  iat: z.number().optional(),
  nbf: z.number().optional(),
  jti: z.string().min(16).max(128),
})

export type AssertedKey = {
  readonly kind: 'assertion'
  readonly keyid: string
  readonly claims: z.infer<typeof Claims>
  readonly signed: string
  readonly signature: Buffer
}

/** Reads an assertion without believing it. Refuses `assertion.malformed`. */
export function readAssertion(jwt: string): AssertedKey {
  const [head = '', body = '', signature = '', ...more] = jwt.split('.')
  const header = Header.safeParse(partOf(head))
  const claims = Claims.safeParse(partOf(body))
  if (more.length > 0 || !header.success || !claims.success) throw new Refusal('assertion.malformed', null, {}, 401)
  return {
    kind: 'assertion',
    keyid: header.data.kid,
    claims: claims.data,
    signed: `${head}.${body}`,
    signature: Buffer.from(signature, 'base64url'),
  }
}

function partOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return null
  }
}

/**
 * Believes an assertion, or refuses it: another's (`oauth.client-unknown`), for somebody else (`assertion.audience`), valid for more than
 * five minutes, over or not yet begun (`assertion.out-of-time`), not signed by the key (`assertion.wrong`), a second time (`assertion.replayed`).
 */
export async function requireAssertion(app: App, asserted: AssertedKey, arrival: Arrival): Promise<void> {
  const { claims, signed, signature } = asserted
  const { keyId, algorithm, material } = arrival
  if (keyId === null || material === null || algorithm !== 'ed25519') throw new Refusal('assertion.malformed', null, {}, 401)
  if (!isSignature({ algorithm, material }, signed, signature)) throw new Refusal('assertion.wrong', null, {}, 401)
  const clientId = clientIdOf(arrival.programId)
  if (claims.iss !== clientId || claims.sub !== clientId) throw new Refusal('oauth.client-unknown', null, {}, 401)
  const issuer = originOf(app)
  const audiences = [claims.aud].flat()
  if (!audiences.some(one => one === issuer || one === issuer + TOKEN_PATH))
    throw new Refusal('assertion.audience', null, { issuer }, 401)
  const now = app.now().getTime() / 1000
  const isInTime =
    claims.exp > now - SKEW_SECONDS / 10 &&
    claims.exp <= now + SKEW_SECONDS * 1.1 &&
    Math.max(claims.iat ?? 0, claims.nbf ?? 0) <= now + SKEW_SECONDS / 10
  if (!isInTime) throw new Refusal('assertion.out-of-time', null, { now: Math.floor(now), seconds: SKEW_SECONDS }, 401)
  const endsAt = new Date((claims.exp + SKEW_SECONDS / 10 + 1) * 1000)
  if (!(await spend(app, keyId, `jti ${claims.jti}`, endsAt))) throw new Refusal('assertion.replayed', null, {}, 401)
}
