import { type Day, isDay } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { isScientific, type Tidied, tidyCode, type Warning } from './code-text.ts'
import {
  INVENTED_PREFIX,
  type InventedPrefixes,
  isAssignedProvince,
  isKnownDivision,
  TAIWAN_RESIDENT_PREFIX,
} from './division.ts'

/** 公民身份号码: eighteen characters with a right check character and a real birth date (GB 11643-1999). Never shown. */
export type ResidentId = string & { readonly __residentId: never }

const STANDARD = 'gb-11643-1999'
const SHAPE18 = /^\d{17}[\dX]$/
const SHAPE15 = /^\d{15}$/
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

/** The check character to seventeen digits (GB 11643, MOD 11-2). Throws on any other text. */
export function residentCheck(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('a resident id has seventeen digits before its check character')
  return checkOf(first17)
}

function checkOf(text: string): string {
  let sum = 0
  for (let at = 0; at < 17; at++) sum += (text.charCodeAt(at) - 48) * (WEIGHTS[at] ?? 0)
  return CHECKS[sum % 11] ?? ''
}

function birthText(id18: string): string {
  return `${id18.slice(6, 10)}-${id18.slice(10, 12)}-${id18.slice(12, 14)}`
}

/**
 * The eighteen-character form of an old fifteen-digit number. The sequence numbers 996 to 999 were kept for people
 * born in the century before, all others were born in 19xx. Null when it is not fifteen digits.
 */
export function lengthenResidentId(old: string): string | null {
  if (!SHAPE15.test(old)) return null
  const century = Number(old.slice(12)) >= 996 ? '18' : '19'
  const first17 = `${old.slice(0, 6)}${century}${old.slice(6)}`
  return first17 + checkOf(first17)
}

/** A resident id from its parts: six digits of division, birth day, sequence number 1–999. */
export function makeResidentId(division: string, birth: Day, sequence: number): ResidentId {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 999) throw new RangeError('sequence is 1 to 999')
  const first17 = `${division}${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return (first17 + residentCheck(first17)) as ResidentId
}

export type ResidentIdOptions = {
  /** The legal day on which the number is read: a birth date after it is refused. */
  readonly on: Day
  /** Province prefixes that this city lends to invented people. */
  readonly inventedPrefixes?: InventedPrefixes
}

export type ResidentIdRead = {
  readonly id: ResidentId
  readonly birth: Day
  /** True when the cell held the old fifteen-digit number, which was lengthened. */
  readonly wasOld: boolean
  readonly warnings: readonly Warning[]
  readonly tidied: readonly Tidied[]
}

/**
 * Reads a resident id of eighteen or fifteen characters, residence permits of Hong Kong, Macao and Taiwan residents
 * among them. Refuses `resident-id.spreadsheet-number`, `.placeholder`, `.length`, `.character`, `.division-unknown`
 * (a province nobody assigned), `.birth-date`, `.birth-date-future`, `.check-digit`. An unknown county only warns:
 * the division is that of the first registration. No fact of a refusal holds a digit of the number.
 */
export function parseResidentId(text: string, options: ResidentIdOptions): Verdict<ResidentIdRead> {
  if (isScientific(text)) return refused('resident-id.spreadsheet-number', STANDARD)
  const { value, tidied } = tidyCode(text)
  if (value === '' || /^0+X?$/.test(value)) return refused('resident-id.placeholder', STANDARD)
  if (value.length !== 18 && value.length !== 15) return refused('resident-id.length', STANDARD, { length: value.length })
  const wasOld = value.length === 15
  const id = wasOld ? lengthenResidentId(value) : value
  if (id === null || !SHAPE18.test(id)) return refused('resident-id.character', STANDARD)
  const warnings: Warning[] = []
  if (!isAssignedPrefix(id, options.inventedPrefixes)) return refused('resident-id.division-unknown', STANDARD)
  if (!isKnownPlace(id, options.inventedPrefixes)) warnings.push({ code: 'resident-id.division-unlisted', facts: {} })
  const birth = birthText(id)
  if (!isDay(birth)) return refused('resident-id.birth-date', STANDARD)
  if (birth > options.on) return refused('resident-id.birth-date-future', STANDARD)
  if (checkOf(id) !== id[17]) return refused('resident-id.check-digit', STANDARD)
  return granted({ id: id as ResidentId, birth, wasOld, warnings, tidied })
}

function isAssignedPrefix(id: string, invented: InventedPrefixes | undefined): boolean {
  return id.startsWith(TAIWAN_RESIDENT_PREFIX) || isAssignedProvince(id.slice(0, 6), invented)
}

function isKnownPlace(id: string, invented: InventedPrefixes | undefined): boolean {
  const prefix = id.slice(0, 2)
  return prefix === TAIWAN_RESIDENT_PREFIX || (invented?.includes(prefix) ?? false) || isKnownDivision(id.slice(0, 6))
}

/**
 * True when a tidied code is a resident id as far as the number itself can tell: province, a birth date from 1900 on
 * and, for eighteen characters, the check character. Used to find ID numbers where none may stand; the invented
 * prefixes of every city count, so that no ID number slips through because of a setting.
 */
export function isResidentId(code: string, invented: InventedPrefixes = [INVENTED_PREFIX]): boolean {
  const id = code.length === 18 ? code : lengthenResidentId(code)
  return id !== null && resemblesResidentId(id, invented) && checkOf(id) === id[17]
}

/** True for eighteen characters with an assigned province and a birth date in 1900–2099, whatever the check character. */
export function resemblesResidentId(code: string, invented: InventedPrefixes = [INVENTED_PREFIX]): boolean {
  if (!SHAPE18.test(code) || !isAssignedPrefix(code, invented)) return false
  const century = code.slice(6, 8)
  return (century === '19' || century === '20') && isDay(birthText(code))
}

/** The birth day a resident id carries. */
export function birthOf(id: ResidentId): Day {
  return birthText(id) as Day
}

/** Full years of age on a day; a year is full on the birthday itself (on 1 March for those born on 29 February). */
export function ageOn(birth: Day, on: Day): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

const FULL_AGE = 18

/** True while the person is under eighteen (民法典 17): no subject of this platform. */
export function isMinorOn(birth: Day, on: Day): boolean {
  return ageOn(birth, on) < FULL_AGE
}
