import type { Day } from '../base/day.ts'
import {
  CALLED_ID,
  findPersonalNumbers,
  foldWidth,
  HIDDEN,
  isOrganisationCode,
  LABELLED_ID,
  PAPER_BEFORE,
  REGISTRATION_BEFORE,
} from './personal-numbers.ts'
import { birthOf, isMinorOn, isResidentId, type ResidentId } from './resident-id.ts'
import { hasUsccCheck } from './uscc.ts'

/*
 * ID numbers that stand where nobody asked for them: in what is to be kept readable, their place is taken by three stars.
 * See docs/decisions/0011-numbers-in-texts.md for which numbers these are.
 */

/** Where a text stands, for numbers that papers and people share: six digits of a division, a day, a sequence. */
export type TextPlace = {
  /** A column whose values are numbers of papers. */
  readonly isDocumentNumber: boolean
  /** The day of receipt. Among the numbers of papers, and inside longer ones, one whose holder is under age on it is a paper's. */
  readonly on: Day
}

type Place = { readonly from: number; readonly to: number }

/** No ID number, and no number called one, has fewer digits. */
const FEWEST_DIGITS = 14
const ENOUGH_DIGITS = /\d(?:[ -]?\d){13}/
/** Every place where eighteen characters may be an ID number, overlapping ones too. */
const EIGHTEEN = /(?=(\d{17}[\dXx]))/g
const FIFTEEN = /(?<!\d)\d{15}(?![\dXx])/g
// Begins where digits begin: tried at each of them, a row of a hundred thousand digits would take seconds.
const IN_GROUPS = /(?<!\d)\d+(?:[ -]\d*[\dXx])+/g
const GROUP = /[^ -]+/g
const MOST_GROUPS = 6

/**
 * True where a text may hold an ID number: fourteen characters one behind the other that are digits, blanks or hyphens. One character in
 * fourteen tells, for such a row covers one of those places; nearly every text is done with here.
 */
export function mayHoldNumber(text: string): boolean {
  for (let at = FEWEST_DIGITS - 1; at < text.length; at += FEWEST_DIGITS) {
    if (!isNumberSign(text.charCodeAt(at))) continue
    let from = at
    while (from > 0 && isNumberSign(text.charCodeAt(from - 1))) from--
    while (at + 1 < text.length && isNumberSign(text.charCodeAt(at + 1))) at++
    if (at - from >= FEWEST_DIGITS - 1) return true
  }
  return false
}

/** Digits, blanks and hyphens, full-width ones too. */
function isNumberSign(unit: number): boolean {
  return unit < 0x40
    ? (unit >= 0x30 && unit <= 0x39) || unit === 0x20 || unit === 0x2d
    : unit >= 0x3000 && (unit === 0x3000 || unit === 0xff0d || (unit >= 0xff10 && unit <= 0xff19))
}

/**
 * The text with three stars in the place of each ID number of a person: eighteen characters with province, birth day and check character,
 * joined or in groups; fifteen digits where the text calls them an ID number; whatever stands right behind the word 身份证. A unified code
 * that is right in all its parts stays. The same text where there is none. Masking twice is masking once.
 */
export function maskResidentNumbers(text: string, where?: TextPlace): string {
  if (!mayHoldNumber(text)) return text
  const plain = foldWidth(text)
  if (!ENOUGH_DIGITS.test(plain)) return text
  const places = [...findCalled(plain), ...findEighteen(plain, where), ...findFifteen(plain), ...findGrouped(plain, where)]
  if (places.length === 0) return text
  let masked = ''
  let at = 0
  for (const { from, to } of places.sort((a, b) => a.from - b.from)) {
    if (from >= at) masked += text.slice(at, from) + HIDDEN
    at = Math.max(at, to)
  }
  return masked + text.slice(at)
}

/** A sentence that a person typed on a day, as it may be kept. */
export function keptText(text: string, on: Day): string {
  return maskResidentNumbers(text, { isDocumentNumber: false, on })
}

/** JSON with ID numbers masked in all its texts: for what is kept of a file beside its rows. */
export function jsonWithoutResidentNumbers(told: unknown): string {
  return JSON.stringify(told, (_, value: unknown) => (typeof value === 'string' ? maskResidentNumbers(value) : value))
}

const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g

/** True when a text contains a resident id, in doubt too: for refusing one where none may stand and for not repeating it. */
export function holdsResidentId(text: string): boolean {
  const plain = text.replace(UNSEEN, '').replace(/[\t\u00A0]/g, ' ')
  return maskResidentNumbers(plain) !== plain || findPersonalNumbers(plain).some(one => one.kind === 'resident-id')
}

/** Behind the word stands an ID number, also one that was mistyped; a code of an enterprise only where it is no ID number as well. */
function* findCalled(plain: string): Generator<Place> {
  for (const found of plain.matchAll(LABELLED_ID)) {
    const number = found[1] ?? ''
    const to = found.index + found[0].length
    if (!hasUsccCheck(number) || isResidentId(number.toUpperCase())) yield { from: to - number.length, to }
  }
}

function* findEighteen(plain: string, where: TextPlace | undefined): Generator<Place> {
  for (const found of plain.matchAll(EIGHTEEN)) {
    const from = found.index
    const to = from + 18
    const isPart = isDigit(plain, from - 1) || isDigit(plain, to)
    if (isPersons(plain, from, found[1] ?? '', isPart, where)) yield { from, to }
  }
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0x30 && unit <= 0x39
}

function isPersons(plain: string, from: number, number: string, isPart: boolean, where: TextPlace | undefined): boolean {
  const id = number.toUpperCase()
  if (!isResidentId(id) || (!isPart && isOrganisationCode(id))) return false
  if (where === undefined || !isMinorOn(birthOf(id as ResidentId), where.on)) return true
  return !(isPart || where.isDocumentNumber || PAPER_BEFORE.test(plain.slice(Math.max(0, from - 8), from)))
}

function* findFifteen(plain: string): Generator<Place> {
  for (const found of plain.matchAll(FIFTEEN))
    if (isOldNumber(plain, found.index, found.index + 15, found[0])) yield { from: found.index, to: found.index + 15 }
}

function isOldNumber(plain: string, from: number, to: number, number: string): boolean {
  const before = plain.slice(Math.max(0, from - 16), from)
  if (REGISTRATION_BEFORE.test(before)) return false
  return CALLED_ID.test(`${before}\n${plain.slice(to, to + 10)}`) && isResidentId(number)
}

/** Numbers written in groups: `860101 19800203 0051`. Of a longer row of groups any neighbours may be one. */
function* findGrouped(plain: string, where: TextPlace | undefined): Generator<Place> {
  for (const run of plain.matchAll(IN_GROUPS)) {
    const groups = [...run[0].matchAll(GROUP)].map(one => ({ from: run.index + one.index, text: one[0] }))
    for (let first = 0; first < groups.length; first++) {
      const found = ofNeighbours(plain, groups.slice(first, first + MOST_GROUPS), where)
      if (found) yield found
    }
  }
}

function ofNeighbours(plain: string, groups: readonly { from: number; text: string }[], where?: TextPlace): Place | undefined {
  const from = groups[0]?.from ?? 0
  let number = ''
  for (const group of groups) {
    number += group.text
    const to = group.from + group.text.length
    if (number.length === 18 && isPersons(plain, from, number, false, where)) return { from, to }
    if (number.length === 15 && isOldNumber(plain, from, to, number)) return { from, to }
    if (number.length >= 18) return undefined
  }
  return undefined
}
