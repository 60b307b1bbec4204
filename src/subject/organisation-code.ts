import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Cleaned, tidyCode } from './code-text.ts'

/** 组织机构代码: eight characters and a check character, without the hyphen (GB 11714-1997). */
export type OrganisationCode = string & { readonly __organisationCode: never }

const BODY = /^[0-9A-Z]{8}$/
const SHAPE = /^[0-9A-Z]{8}[0-9X]$/
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const

/** The check character of an eight-character body (GB 11714: 11 − Σ mod 11; 10 is X, 11 is 0). Throws on any other text. */
export function organisationCheck(body: string): string {
  if (!BODY.test(body)) throw new RangeError('an organisation code body has eight characters 0-9 A-Z')
  return checkOf(body, 0)
}

function checkOf(text: string, from: number): string {
  let sum = 0
  for (let at = 0; at < 8; at++) {
    const code = text.charCodeAt(from + at)
    sum += (code <= 57 ? code - 48 : code - 55) * (WEIGHTS[at] ?? 0)
  }
  const check = 11 - (sum % 11)
  return check === 11 ? '0' : check === 10 ? 'X' : String(check)
}

/** True when nine characters from a position on form an organisation code whose check character is right. */
export function hasOrganisationCheck(text: string, from = 0): boolean {
  return text[from + 8] === checkOf(text, from)
}

/** An organisation code from its eight-character body. */
export function makeOrganisationCode(body: string): OrganisationCode {
  return `${body}${organisationCheck(body)}` as OrganisationCode
}

/**
 * Reads an organisation code, with or without its hyphen. Refuses another length or character
 * (`organisation-code.format`), all zeros (`organisation-code.placeholder`), a wrong check
 * character (`organisation-code.check-digit`). The letters O and I are letters of this code and stay.
 */
export function parseOrganisationCode(text: string): Verdict<Cleaned<OrganisationCode>> {
  const { value, tidied } = tidyCode(text, { o: true, i: true })
  if (/^0{8}[0X]$/.test(value)) return refused('organisation-code.placeholder', 'gb-11714-1997')
  if (!SHAPE.test(value)) return refused('organisation-code.format', 'gb-11714-1997', { length: value.length })
  if (!hasOrganisationCheck(value)) return refused('organisation-code.check-digit', 'gb-11714-1997')
  return granted({ value: value as OrganisationCode, tidied })
}

/** The code as it is printed: `XXXXXXXX-X`. */
export function printOrganisationCode(code: OrganisationCode): string {
  return `${code.slice(0, 8)}-${code.slice(8)}`
}
