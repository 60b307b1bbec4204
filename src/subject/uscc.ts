import { granted, refused, type Verdict } from '../base/refusal.ts'
import { isScientific, NO_WARNINGS, type Tidied, tidyCode, type Warning } from './code-text.ts'
import { type InventedPrefixes, isAssignedProvince, isKnownDivision } from './division.ts'
import { hasOrganisationCheck, makeOrganisationCode, type OrganisationCode } from './organisation-code.ts'
import { isResidentId, resemblesResidentId } from './resident-id.ts'
import { DEPARTMENTS, NEVER_A_CODE, NO_CODE_YET } from './uscc-structure.ts'

/** 统一社会信用代码: eighteen characters, structure and outer check digit right (GB 32100-2015). */
export type Uscc = string & { readonly __uscc: never }

const STANDARD = 'gb-32100-2015'
/** The standard's alphabet: digits and letters without I, O, S, V and Z. A character's value is its place. */
export const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

const VALUES = new Int8Array(128).fill(-1)
for (let at = 0; at < USCC_ALPHABET.length; at++) VALUES[USCC_ALPHABET.charCodeAt(at)] = at

/** The check character to seventeen characters of the alphabet (GB 32100: 31 − Σ mod 31; 31 is 0). Throws on any other text. */
export function usccCheck(first17: string): string {
  if (first17.length !== 17) throw new RangeError('a code has seventeen characters before its check character')
  const check = checkOf(first17)
  if (check === null) throw new RangeError('a character is not in the alphabet of GB 32100')
  return check
}

function checkOf(text: string): string | null {
  let sum = 0
  for (let at = 0; at < 17; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? -1
    if (value < 0) return null
    sum += value * (WEIGHTS[at] ?? 0)
  }
  return USCC_ALPHABET[(31 - (sum % 31)) % 31] ?? null
}

/** True for eighteen tidy characters whose outer check is right; says nothing of division or placeholders. */
export function hasUsccCheck(text: string): boolean {
  return text.length === 18 && SHAPE.test(text) && checkOf(text) === text[17]
}

/**
 * A code from its parts: department and category (one character each), six digits of division, the eight-character
 * body of the organisation code. Both check characters are computed. Throws a RangeError on parts that do not fit.
 */
export function makeUscc(department: string, category: string, division: string, body8: string): Uscc {
  const first17 = `${department}${category}${division}${makeOrganisationCode(body8)}`
  const code = first17 + usccCheck(first17)
  if (!SHAPE.test(code) || !DEPARTMENTS[department]) throw new RangeError('these parts make no code of GB 32100')
  return code as Uscc
}

export type UsccOptions = { readonly inventedPrefixes?: InventedPrefixes }

export type UsccRead = {
  readonly uscc: Uscc
  readonly warnings: readonly Warning[]
  readonly tidied: readonly Tidied[]
}

/**
 * Reads a unified social credit code from a cell.
 *
 * Refuses, in this order: `uscc.spreadsheet-number` (digits lost), `uscc.placeholder` (fact `kind`: `no-code-yet` for
 * the stand-in of a sole trader, `filler` for zeros and other never-codes), `uscc.person-id-in-column`,
 * `uscc.registration-number-in-column`, `uscc.organisation-code-in-column`, `uscc.length`, `uscc.character`,
 * `uscc.division-not-digits`, `uscc.check-digit`, `uscc.structure` (unknown department), `uscc.division-unknown` (a province
 * nobody assigned, or an invented prefix this city does not lend). Warns: `uscc.inner-digit` (GB 11714 digit inside),
 * `uscc.category-unknown`, `uscc.division-unlisted` (county unknown to the table).
 *
 * A refusal with the fact `personal: true` may stem from a mistyped ID number: its value must not be repeated or kept.
 */
export function parseUscc(text: string, options: UsccOptions = {}): Verdict<UsccRead> {
  if (isScientific(text)) return refused('uscc.spreadsheet-number', STANDARD)
  const { value, tidied } = tidyCode(text)
  if (value === NO_CODE_YET) return refused('uscc.placeholder', STANDARD, { kind: 'no-code-yet' })
  if (NEVER_A_CODE.has(value) || /^0+X?$/.test(value)) return refused('uscc.placeholder', STANDARD, { kind: 'filler' })
  if (!hasUsccCheck(value)) return refuseShape(value)
  const division = value.slice(2, 8)
  const isInnerRight = hasOrganisationCheck(value, 8)
  const isPlaceKnown = isKnownDivision(division) || isLent(division, options.inventedPrefixes)
  // One ID number in thirty-one passes the outer check too: without the inner digit or a known place it is the person.
  if ((!isInnerRight || !isPlaceKnown) && isResidentId(value)) return refused('uscc.person-id-in-column', STANDARD)
  const department = DEPARTMENTS[value[0] ?? '']
  if (!department) return refused('uscc.structure', STANDARD, { department: value[0] })
  if (!isAssignedProvince(division, options.inventedPrefixes)) {
    return refused('uscc.division-unknown', STANDARD, { division: division.slice(0, 2) })
  }
  const hasCategory = department.categories[value[1] ?? ''] !== undefined
  if (isInnerRight && isPlaceKnown && hasCategory) return granted({ uscc: value as Uscc, warnings: NO_WARNINGS, tidied })
  const warnings: Warning[] = []
  if (!isInnerRight) warnings.push({ code: 'uscc.inner-digit', facts: {} })
  if (!isPlaceKnown) warnings.push({ code: 'uscc.division-unlisted', facts: { division } })
  // The table of categories grows by amendments, so a right code of an unknown category is kept.
  if (!hasCategory) warnings.push({ code: 'uscc.category-unknown', facts: { category: value.slice(0, 2) } })
  return granted({ uscc: value as Uscc, warnings, tidied })
}

function isLent(division: string, invented: InventedPrefixes | undefined): boolean {
  return invented?.includes(division.slice(0, 2)) ?? false
}

function refuseShape(value: string): Verdict<never> {
  if (isResidentId(value)) return refused('uscc.person-id-in-column', STANDARD)
  if (value.length !== 18) return refused(codeOfOtherLength(value), STANDARD, { length: value.length })
  const personal = resemblesResidentId(value)
  const outside = [...value].filter(one => !USCC_ALPHABET.includes(one))
  if (outside.length > 0) return refused('uscc.character', STANDARD, { characters: [...new Set(outside)].join('') })
  if (!SHAPE.test(value)) {
    const letters = value.slice(2, 8).replace(/\d/g, '')
    return refused('uscc.division-not-digits', STANDARD, { characters: letters })
  }
  // A spreadsheet keeps fifteen digits of a number and fills up with zeros.
  if (/^\d{15}0{3}$/.test(value)) return refused('uscc.spreadsheet-number', STANDARD, { personal })
  return refused('uscc.check-digit', STANDARD, { personal })
}

function codeOfOtherLength(value: string): string {
  if (/^\d{15}$/.test(value)) return 'uscc.registration-number-in-column'
  const isOrganisation = /^[0-9A-Z]{8}[0-9X]$/.test(value) && hasOrganisationCheck(value)
  return isOrganisation ? 'uscc.organisation-code-in-column' : 'uscc.length'
}

/** The organisation code inside a code: characters 9 to 17. It is right in the sense of GB 11714 unless the code warned. */
export function organisationCodeOf(uscc: Uscc): OrganisationCode {
  return uscc.slice(8, 17) as OrganisationCode
}

/** The division inside a code: that of the registering authority on the day the code was given. */
export function divisionOf(uscc: Uscc): string {
  return uscc.slice(2, 8)
}

/** True for the stand-in `00000000000000000X` of a sole trader without a code, however it was typed. */
export function isNoCodeYet(text: string): boolean {
  return tidyCode(text).value === NO_CODE_YET
}
