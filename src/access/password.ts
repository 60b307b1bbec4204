import { hash, verify } from '@node-rs/argon2'
import { granted, refused, type Verdict } from '../base/refusal.ts'

/* Passwords are kept as argon2id (RFC 9106) only. */

/** 19 MiB, two passes, one lane: the least that OWASP asks of argon2id. The library's own default algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
export const LEAST_PASSWORD = 10
export const LONGEST_PASSWORD = 200

/** A password long enough to be kept; characters are compared in NFC, so that two keyboards type the same one. */
export function checkPassword(password: string): Verdict<string> {
  const text = password.normalize('NFC')
  if ([...text].length < LEAST_PASSWORD) return refused('account.password-too-short', null, { least: LEAST_PASSWORD })
  if (text.length > LONGEST_PASSWORD) return refused('account.password-too-long', null, { longest: LONGEST_PASSWORD })
  return granted(text)
}

/** The text to keep: `$argon2id$v=19$m=…`, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST)
}

let nobody: Promise<string> | undefined

/** Whether the password is the kept one. Without a kept one it takes the same time and answers false, so that nobody learns which logins exist. */
export async function verifyPassword(kept: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const matches = await verify(kept ?? (await nobody), password.normalize('NFC'))
  return kept !== undefined && matches
}
