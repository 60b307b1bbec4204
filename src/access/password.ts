import { hash, verify } from '@node-rs/argon2'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { isCommonPassword, isOwnName } from './common-passwords.ts'
import { isBreached, isMostUsed } from './listed-passwords.ts'

/* Passwords are kept as argon2id (RFC 9106) only. */

/** 19 MiB, two passes, one lane: the least that OWASP asks of argon2id. The library's own default algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Least characters of a subject's password, and of a staff member's. */
export const LEAST_PASSWORD = 10
export const LEAST_STAFF_PASSWORD = 12
export const LONGEST_PASSWORD = 200

/** Whose password it is to be: what others know of its owner must not be in it, or nearly. */
export type PasswordOwner = {
  readonly isStaff: boolean
  /** Login, name, unit, platform: whatever a stranger would try first. */
  readonly known: readonly (string | null)[]
  /** The city's file of breached passwords, where it has one. */
  readonly breachedFile: string | null
}

/**
 * A password fit to be kept: long enough, on no list of common ones, and not made of its owner's own names (NIST SP 800-63B: length and
 * blocklists; no composition rules, no expiry). Characters are compared in NFC, so that two keyboards type the same one.
 */
export async function checkPassword(password: string, { isStaff, known, breachedFile }: PasswordOwner): Promise<Verdict<string>> {
  const text = password.normalize('NFC')
  const least = isStaff ? LEAST_STAFF_PASSWORD : LEAST_PASSWORD
  if ([...text].length < least) return refused('account.password-too-short', null, { least })
  if (text.length > LONGEST_PASSWORD) return refused('account.password-too-long', null, { longest: LONGEST_PASSWORD })
  if (isCommonPassword(text) || (await isMostUsed(text))) return refused('account.password-common')
  if (isOwnName(text, known)) return refused('account.password-own-name')
  if (breachedFile !== null && (await isBreached(text, breachedFile))) return refused('account.password-breached')
  return granted(text)
}

/** The text to keep: `$argon2id$v=19$m=…`, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST)
}

let nobody: Promise<string> | undefined

/** Whether the password is the kept one. Without a kept one it takes the same time and answers false, so that nobody learns which logins exist. */
export async function verifyPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const matches = await verify(kept ?? (await nobody), password.normalize('NFC'))
  return typeof kept === 'string' && matches
}
