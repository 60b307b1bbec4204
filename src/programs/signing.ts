import { createHmac, createPublicKey, type KeyObject, randomBytes, timingSafeEqual, verify } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../base/refusal.ts'

/* The two ways in which a program signs: Ed25519 (RFC 8032), and HMAC with SM3 (GB/T 32905) under a secret that both sides keep. */

export const ALGORITHMS = ['ed25519', 'hmac-sm3'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

export const SECRET_BYTES = 32
const ED25519_BYTES = 32

/** A key that is ready to verify: the public key (SPKI), or the opened secret. */
export type Verifying = { readonly algorithm: Algorithm; readonly material: Buffer }

/** Whether `signature` is that of `text` under the key. */
export function isSignature({ algorithm, material }: Verifying, text: string, signature: Uint8Array): boolean {
  const data = Buffer.from(text)
  if (algorithm === 'ed25519') return verify(null, data, spkiKey(material), signature)
  const wanted = createHmac('sm3', material).update(data).digest()
  return wanted.length === signature.length && timingSafeEqual(wanted, signature)
}

function spkiKey(material: Buffer): KeyObject {
  return createPublicKey({ key: material, format: 'der', type: 'spki' })
}

export function newSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

const Jwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.base64url(), d: z.never().optional() })

/**
 * The SPKI of an Ed25519 public key that came as PEM, as base64 of the SPKI or of its 32 bytes, or as JWK (RFC 8037). Refuses
 * `program-key.malformed`: another kind of key, and a private one, which nobody should ever send.
 */
export function readPublicKey(given: string): Buffer {
  const text = given.trim()
  if (/PRIVATE KEY/.test(text)) throw new Refusal('program-key.private', null, {}, 422)
  const raw = text.startsWith('{') ? rawOfJwk(text) : rawOfText(text)
  if (raw?.length !== ED25519_BYTES) throw new Refusal('program-key.malformed', null, {}, 422)
  const spki = Buffer.concat([SPKI_PREFIX, raw])
  const x = raw.toString('base64url')
  // The library is asked once: a key that it does not take would be found out only when the first request comes.
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return spki
}

/** RFC 8410: the same twelve bytes stand before the 32 of every Ed25519 key. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

function rawOfJwk(text: string): Buffer | null {
  const parsed = jsonOf(text)
  if (typeof parsed === 'object' && parsed !== null && 'd' in parsed) throw new Refusal('program-key.private', null, {}, 422)
  const jwk = Jwk.safeParse(parsed)
  return jwk.success ? Buffer.from(jwk.data.x, 'base64url') : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function rawOfText(text: string): Buffer | null {
  const base64 = text.replaceAll(/-----[A-Z ]+-----|\s/g, '')
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return null
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length === ED25519_BYTES) return bytes
  if (bytes.length === SPKI_PREFIX.length + ED25519_BYTES && bytes.subarray(0, SPKI_PREFIX.length).equals(SPKI_PREFIX))
    return bytes.subarray(SPKI_PREFIX.length)
  return null
}
