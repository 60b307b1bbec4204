import { randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'
import { leafHash, sha256, sha256Digits } from './merkle.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** 128 bits: nobody can try contents against a commitment without the salt, however few contents are possible. */
export const SALT_BYTES = 16

/**
 * The one text of a JSON value (RFC 8785): keys in order of UTF-16 units, no blanks, numbers as ECMAScript writes them;
 * undefined members are left out. Throws for NaN, infinite numbers and lone surrogates, which have no such text.
 */
export function canonicalJson(value: Json): string {
  const keys = isPlain(value) ? Object.keys(value) : undefined
  if (keys && isFlat(value as Record<string, unknown>, keys)) {
    const text = isSorted(keys) ? JSON.stringify(value) : JSON.stringify(value, keys.sort())
    // JSON.stringify writes a lone surrogate as \udXXX. The letters may also be a person's own backslash: let canonicalize tell.
    if (!text.includes('\\ud')) return text
  }
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

function isPlain(value: Json): value is { readonly [key: string]: Json | undefined } {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isFlat(record: Record<string, unknown>, keys: readonly string[]): boolean {
  for (const key of keys) {
    const value = record[key]
    if (isSimple(value) || (Array.isArray(value) && value.every(isSimple))) continue
    return false
  }
  return true
}

function isSimple(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value)
}

function isSorted(keys: readonly string[]): boolean {
  let previous = ''
  for (const key of keys) {
    if (key < previous) return false
    previous = key
  }
  return true
}

const scratch = Buffer.allocUnsafe(64 * 1024)

/**
 * SHA-256(salt ‖ canonical content): 32 bytes. `salt` has 16 bytes. Once content and salt are deleted the commitment
 * proves nothing about either, and still stands in the log.
 */
export function commitContent(salt: Uint8Array, content: Json): Buffer {
  return commitText(salt, canonicalJson(content))
}

/** The same for a content already in canonical form: who writes that text to the database need not make it twice. */
export function commitText(salt: Uint8Array, canonical: string): Buffer {
  if (salt.length !== SALT_BYTES) throw new RangeError('a salt has 16 bytes')
  // A UTF-16 unit takes at most three bytes of UTF-8.
  const room = SALT_BYTES + canonical.length * 3
  const input = room > scratch.length ? Buffer.allocUnsafe(room) : scratch
  input.set(salt, 0)
  const end = SALT_BYTES + input.write(canonical, SALT_BYTES, 'utf8')
  return sha256(input.subarray(0, end))
}

/** The same, in hex, for salt and content that lie one behind the other already. */
export function commitBytes(saltAndContent: Uint8Array): string {
  return sha256Digits(saltAndContent, 'hex')
}

/** `count` fresh salts from one call to the random source. */
export function newSalts(count: number): Buffer[] {
  const bytes = randomBytes(count * SALT_BYTES)
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES))
}

/** The log's leaf for a skeleton in canonical form, the commitment among its fields: SHA-256(0x00 ‖ text). */
export function leafOf(skeleton: string | Uint8Array): Buffer {
  return leafHash(typeof skeleton === 'string' ? Buffer.from(skeleton) : skeleton)
}

/** The same as a string of 32 bytes ('latin1'): who makes thousands writes them into one buffer. */
export function leafDigits(skeleton: string): string {
  // U+0000 is the byte 0x00 in UTF-8.
  return sha256Digits(`\0${skeleton}`, 'binary')
}
