import { randomInt } from 'node:crypto'

/* Codes that people type: digits of an app, recovery codes, codes of a reset. Read forgivingly: width, case, blanks, dashes, O and I do not count. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LOOK_ALIKE: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** A code as it is compared. */
export function codeKey(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[OIL]/g, letter => LOOK_ALIKE[letter] ?? letter)
}

/** A random code of so many characters of Crockford's base 32, five bits each. */
export function newCode(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A code as it is shown: groups with dashes between them. */
export function groupedCode(code: string, group: number): string {
  return code.replace(new RegExp(`(.{${group}})(?=.)`, 'g'), '$1-')
}
