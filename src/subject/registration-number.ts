import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Tidied, tidyCode, type Warning } from './code-text.ts'
import { isKnownDivision } from './division.ts'
import { isResidentId } from './resident-id.ts'

/** 注册号 of a market subject (GS 15-2006), or an older form that was kept with a warning. */
export type RegistrationNumber = string & { readonly __registrationNumber: never }

const DIGITS15 = /^\d{15}$/
/** Co-operatives carry the letters NA after the authority's six digits. */
const CO_OPERATIVE = /^\d{6}NA\d{6}[0-9X]$/
const LONGEST = 50

/** The fifteenth digit to fourteen digits (ISO 7064 MOD 11,10). Throws on any other text. */
export function registrationCheck(first14: string): string {
  if (!/^\d{14}$/.test(first14)) throw new RangeError('a registration number has fourteen digits before its check digit')
  let product = 10
  for (let at = 0; at < 14; at++) {
    const sum = (product + first14.charCodeAt(at) - 48) % 10 || 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}

/** True for fifteen digits whose check digit is right. */
export function hasRegistrationCheck(text: string): boolean {
  return DIGITS15.test(text) && registrationCheck(text.slice(0, 14)) === text[14]
}

export type RegistrationNumberRead = {
  readonly number: RegistrationNumber
  readonly warnings: readonly Warning[]
  readonly tidied: readonly Tidied[]
}

/**
 * Reads a registration number. Only an empty cell, zeros, an ID number of eighteen characters and a text longer than fifty are refused:
 * many numbers given before 2007 or typed by hand fail the check, so everything else is kept with a warning
 * (`registration-number.check-digit`, `.form`, `.division-unknown`).
 */
export function parseRegistrationNumber(text: string): Verdict<RegistrationNumberRead> {
  const isPlain = /^[\s\d\w\uFF01-\uFF5E-]*$/.test(text)
  const { value, tidied } = isPlain ? tidyCode(text, { o: true, i: true }) : { value: text.trim(), tidied: [] }
  if (value === '' || /^0+X?$/.test(value)) return refused('registration-number.placeholder')
  if (value.length > LONGEST) return refused('registration-number.length', null, { length: value.length, longest: LONGEST })
  // Fifteen digits are a registration number first: one in ten of the old ones could be read as an ID number too.
  if (value.length === 18 && isResidentId(value)) return refused('registration-number.person-id', null, { personal: true })
  const warnings: Warning[] = []
  const isStandard = DIGITS15.test(value)
  if (isStandard && !hasRegistrationCheck(value)) warnings.push({ code: 'registration-number.check-digit', facts: {} })
  if (!isStandard && !CO_OPERATIVE.test(value)) {
    warnings.push({ code: 'registration-number.form', facts: { length: value.length } })
  } else if (!isKnownDivision(value.slice(0, 6))) {
    warnings.push({ code: 'registration-number.division-unknown', facts: { division: value.slice(0, 6) } })
  }
  return granted({ number: value as RegistrationNumber, warnings, tidied })
}
