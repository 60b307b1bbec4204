import { randomBytes } from 'node:crypto'
import type { App } from '../app.ts'

/*
 * Codes that a person carries from one screen or sheet to another: sixteen characters without I, L, O and U, 80 random bits. They are said
 * once, kept as keyed digests, and never stand in an address.
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/** A new code in four groups of four: `7K3M-…`. */
export function newCode(): string {
  const signs = Array.from(randomBytes(LENGTH), byte => ALPHABET[byte & 31]).join('')
  return signs.replace(/(.{4})(?=.)/g, '$1-')
}

/** Digest of a code as typed: case, blanks, hyphens and full-width forms are forgiven, O is read as 0, I and L as 1. */
export function codeDigest(app: Pick<App, 'keys'>, noun: 'invitation' | 'activation', typed: string): Buffer {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}−·.]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return app.keys.mac('session', `one-time ${noun} ${code}`)
}
