import type { Facts } from '../base/refusal.ts'

/** What cleaning changed in a cell, kept with the value so that provenance can say how the kept text came from the sent one. */
export type Tidied =
  | 'quote'
  | 'full-width'
  | 'upper-case'
  | 'spaces'
  | 'hyphens'
  | 'zero-width'
  | 'control'
  | 'letter-o'
  | 'letter-i'
  | 'brackets'
  | 'separators'
  | 'currency'
  | 'unit'
  | 'chinese-number'
  | 'time'
  | 'serial'

/** A cleaned value with what was changed on the way; an empty list means the text was already in order. */
export type Cleaned<T> = { readonly value: T; readonly tidied: readonly Tidied[] }

/** A doubt that does not refuse: `noun.reason` and the facts of its sentence. Never a personal value. */
export type Warning = { readonly code: string; readonly facts: Facts }

export const NO_WARNINGS: readonly Warning[] = []
export const NOTHING_TIDIED: readonly Tidied[] = []

const ZERO_WIDTH = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]|[\uFE00-\uFE0F]/g
const HAS_ZERO_WIDTH = new RegExp(ZERO_WIDTH.source)
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g
const SPACES = /[\s\u00A0\u3000]+/g
const HYPHENS = /[-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g
const PLAIN_CODE = /^[0-9A-HJ-NP-Z]*$/

/** Full-width letters, digits and signs as their ASCII forms; other characters stay. */
export function toHalfWidth(text: string): string {
  return /[\uFF01-\uFF5E\u3000]/.test(text)
    ? text.replace(/[\uFF01-\uFF5E\u3000]/g, one => (one === '\u3000' ? ' ' : String.fromCharCode(one.charCodeAt(0) - 0xfee0)))
    : text
}

/** The text without zero-width and direction marks. */
export function withoutZeroWidth(text: string): string {
  return HAS_ZERO_WIDTH.test(text) ? text.replace(ZERO_WIDTH, '') : text
}

/** The text without control characters; line breaks and tabs stay. */
export function withoutControl(text: string): string {
  return text.replace(CONTROL, '')
}

type Step = readonly [Tidied, (text: string) => string]

const STEPS: readonly Step[] = [
  ['zero-width', withoutZeroWidth],
  ['control', withoutControl],
  ['full-width', toHalfWidth],
  ['spaces', text => text.replace(SPACES, '')],
  ['quote', text => text.replace(/^['‘’`]/, '')],
  ['hyphens', text => text.replace(HYPHENS, '')],
  ['upper-case', text => text.toUpperCase()],
]
const LETTER_O: Step = ['letter-o', text => text.replaceAll('O', '0')]
const LETTER_I: Step = ['letter-i', text => text.replaceAll('I', '1')]

/** Which capital letters the code may hold. Where O or I is no letter of the code, it can only stand for 0 or 1. */
export type CodeLetters = { readonly o: boolean; readonly i: boolean }

const NO_O_NO_I: CodeLetters = { o: false, i: false }

/**
 * A code as the standards write it: half-width, capital, without spaces, hyphens, invisible marks and a spreadsheet's
 * leading quote; the letters O and I become 0 and 1 where the code has no such letter. Says what it changed; never
 * guesses a digit.
 */
export function tidyCode(text: string, letters: CodeLetters = NO_O_NO_I): Cleaned<string> {
  if (PLAIN_CODE.test(text)) return { value: text, tidied: NOTHING_TIDIED }
  const tidied: Tidied[] = []
  let value = text
  for (const step of [...STEPS, ...(letters.o ? [] : [LETTER_O]), ...(letters.i ? [] : [LETTER_I])]) {
    const next = step[1](value)
    if (next !== value) tidied.push(step[0])
    value = next
  }
  return { value, tidied }
}

/** True for a number that a spreadsheet has rounded into scientific notation: its last digits are lost. */
export function isScientific(text: string): boolean {
  return /^\s*\d(?:\.\d+)?E\+?\d{1,2}\s*$/i.test(toHalfWidth(text))
}
