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

type Noun = 'invitation' | 'activation'

/** What is kept of a new code. */
export function keptCode(
  { keys }: Pick<App, 'keys'>,
  noun: Noun,
  code: string,
): { readonly mac: Buffer; readonly keyId: string } {
  return keys.keyedMac('session', textOf(noun, code))
}

/** The digests under which a code as typed may be kept: one for each key, for it may be older than the key that is active now. */
export function codeDigests({ keys }: Pick<App, 'keys'>, noun: Noun, typed: string): Buffer[] {
  return keys.macs('session', textOf(noun, typed))
}

/** Case, blanks, hyphens and full-width forms are forgiven, O is read as 0, I and L as 1. */
function textOf(noun: Noun, typed: string): string {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}−·.]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return `one-time ${noun} ${code}`
}
