import { granted, refused, type Verdict } from '../base/refusal.ts'

/**
 * The code that proves a report: 20 characters, 19 of them random (19 × 5 = 95 bits) and one that checks the others.
 * The alphabet has no I, L, O and U, so that nothing read aloud or copied by hand is ambiguous.
 */
export type VerifyCode = string & { readonly __verifyCode: never }

export const VERIFY_CODE_LENGTH = 20
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUP = 4

// Arithmetic of the field with 32 elements (x⁵ + x² + 1): powers of 2 and their exponents.
const POWERS: number[] = []
for (let exponent = 0, value = 1; exponent < 31; exponent++) {
  POWERS.push(value)
  value <<= 1
  if (value > 31) value ^= 0b100101
}

function times(a: number, exponent: number): number {
  return a === 0 ? 0 : (POWERS[(POWERS.indexOf(a) + exponent) % 31] ?? 0)
}

// A code is valid when the sum of symbol × 2^position is zero. All weights differ, so every single wrong character and
// every exchange of two characters changes the sum; of all other mistakes one in 32 stays unseen.
function weightedSum(symbols: readonly number[]): number {
  return symbols.reduce((sum, symbol, position) => sum ^ times(symbol, position), 0)
}

/** A new code from the platform's cryptographic random source. Takes nothing, returns 20 characters with their check. */
export function makeVerifyCode(random: Uint8Array = crypto.getRandomValues(new Uint8Array(VERIFY_CODE_LENGTH - 1))): VerifyCode {
  if (random.length !== VERIFY_CODE_LENGTH - 1) throw new RangeError(`a verify code needs ${VERIFY_CODE_LENGTH - 1} random bytes`)
  const symbols = Array.from(random, byte => byte & 31)
  // The check stands first, where its weight is 2⁰ = 1: it is the sum of the others.
  const check = weightedSum([0, ...symbols])
  return [check, ...symbols].map(symbol => ALPHABET[symbol]).join('') as VerifyCode
}

/**
 * The code a person typed, pasted or scanned. Case, blanks, hyphens and full-width forms are forgiven, O is read as 0, I and
 * L as 1, and of a whole verification address the last part is taken. Refuses `verify-code.length`,
 * `verify-code.character` and `verify-code.check` (at least one character is wrong).
 */
export function parseVerifyCode(text: string): Verdict<VerifyCode> {
  const typed = text
    .normalize('NFKC')
    .trim()
    .replace(/[?#].*$/s, '')
  const last = typed.replace(/\/+$/, '').split('/').at(-1) ?? ''
  const code = last
    .replace(/[\s\p{Pd}\u2212·.]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const symbols = Array.from(code, character => ALPHABET.indexOf(character))
  const wrong = symbols.indexOf(-1)
  if (wrong >= 0) return refused('verify-code.character', null, { position: wrong + 1 })
  if (symbols.length !== VERIFY_CODE_LENGTH)
    return refused('verify-code.length', null, { expected: VERIFY_CODE_LENGTH, length: symbols.length })
  if (weightedSum(symbols) !== 0) return refused('verify-code.check')
  return granted(code as VerifyCode)
}

/** True for the stored form only: 20 characters of the alphabet whose check holds. */
export function isVerifyCode(text: string): text is VerifyCode {
  const parsed = parseVerifyCode(text)
  return parsed.ok && parsed.value === text
}

/** The five groups of four in which a code is printed. */
export function verifyCodeGroups(code: VerifyCode): string[] {
  return Array.from({ length: VERIFY_CODE_LENGTH / GROUP }, (_, group) => code.slice(group * GROUP, (group + 1) * GROUP))
}
