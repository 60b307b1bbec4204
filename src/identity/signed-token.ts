import { constants, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import type { TokenAlgorithm } from '../law/identity-model.ts'
import { unsound } from './outbound.ts'

/*
 * Signatures of tokens (RFC 7515). Only public-key algorithms of a short list: `none` is no signature, and a signature by a secret that both
 * sides know (HS256) can be made by anyone who takes the public key for one.
 */

export type Claims = Readonly<Record<string, unknown>>
export type SignedToken = {
  readonly alg: TokenAlgorithm
  readonly kid: string | undefined
  readonly typ: string | undefined
  readonly claims: Claims
  readonly signed: Buffer
  readonly signature: Buffer
}

const LONGEST = 32_768
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const LEAST_RSA_BITS = 2048

/** Takes a compact token apart. Refuses `identity.answer-unsound` for what is none, and for an algorithm that is not allowed. */
export function readToken(token: string, allowed: readonly TokenAlgorithm[]): SignedToken {
  if (token.length > LONGEST) throw unsound('token-too-long')
  const [head = '', body = '', mark = ''] = COMPACT.test(token) ? token.split('.') : []
  const header = objectOf(head)
  const claims = objectOf(body)
  if (!header || !claims) throw unsound('token-malformed')
  const { kid, typ, crit } = header
  const alg = allowed.find(one => one === header['alg'])
  if (alg === undefined) throw unsound('token-algorithm')
  // An extension that must be understood is not understood here.
  if (crit !== undefined || (kid !== undefined && typeof kid !== 'string')) throw unsound('token-header')
  return {
    alg,
    kid,
    typ: typeof typ === 'string' ? typ.toLowerCase() : undefined,
    claims,
    signed: Buffer.from(`${head}.${body}`),
    signature: Buffer.from(mark, 'base64url'),
  }
}

function objectOf(part: string): Claims | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : null
  } catch {
    // A text that is no JSON is told by throwing only.
    return null
  }
}

const KEY_OF: Readonly<Record<TokenAlgorithm, { readonly kty: string; readonly crv?: string }>> = {
  RS256: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
}

export type PublicJwk = JsonWebKey & {
  readonly kid?: string
  readonly use?: string
  readonly alg?: string
  readonly key_ops?: unknown
}

/** The only key of a set that the token can mean; undefined where there is none or more than one. */
export function keyFor(keys: readonly PublicJwk[], { alg, kid }: Pick<SignedToken, 'alg' | 'kid'>): KeyObject | undefined {
  const wanted = KEY_OF[alg]
  const fit = keys.filter(
    key =>
      key.kty === wanted.kty &&
      (wanted.crv === undefined || key.crv === wanted.crv) &&
      (kid === undefined || key.kid === kid) &&
      (key.alg === undefined || key.alg === alg) &&
      (key.use === undefined || key.use === 'sig') &&
      (!Array.isArray(key.key_ops) || key.key_ops.includes('verify')),
  )
  return fit.length === 1 ? importKey(fit[0] as PublicJwk) : undefined
}

function importKey(jwk: PublicJwk): KeyObject | undefined {
  try {
    const { kty, crv, n, e, x, y } = jwk
    const parts = Object.entries({ kty, crv, n, e, x, y }).filter(([, value]) => value !== undefined)
    const key = createPublicKey({ key: Object.fromEntries(parts) as JsonWebKey, format: 'jwk' })
    const bits = key.asymmetricKeyDetails?.modulusLength
    return bits !== undefined && bits < LEAST_RSA_BITS ? undefined : key
  } catch {
    // The platform tells a key that is none by throwing.
    return undefined
  }
}

/** Whether the signature of a token is by the holder of this key. */
export function isSignedBy(
  key: KeyObject,
  { alg, signed, signature }: Pick<SignedToken, 'alg' | 'signed' | 'signature'>,
): boolean {
  switch (alg) {
    case 'RS256':
      return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
    case 'PS256':
      return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, signature)
    case 'ES256':
      return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)
    case 'EdDSA':
      return verify(null, signed, key, signature)
  }
}
