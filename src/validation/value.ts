import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Cleaned, NOTHING_TIDIED, type Tidied, toHalfWidth, withoutControl, withoutZeroWidth } from '../subject/code-text.ts'

/** What people type to say that there is nothing to type, after folding width and case. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  '空 空白 无 没有 暂无 未知 不详 不明 不适用 未填 未填写 待定 待补 待补充 待完善 略 同上 测试 无文号 无编号 暂无文号 N/A NA NULL NIL NONE NAN UNDEFINED TEST #N/A #REF! #VALUE! #NAME? #DIV/0! #NULL! #NUM!'.split(
    ' ',
  ),
)
const SIGNS_ONLY = /^[\s\-\u2010-\u2015\u2212_./\\*?·。、,，;；:：'"`~+=×xX〇○()（）[\]〔〕【】]*$/
const ZEROS = /^0{4,}X?$/i

/**
 * True for a cell that says "none": empty, 空, 无, dashes, N/A, null, a spreadsheet's error values, at least four zeros
 * with or without an X. A single `0` is a number, and `x` alone is no value.
 */
export function isPlaceholder(text: string): boolean {
  if (!mayBegin(text.charCodeAt(0))) return false
  const plain = toHalfWidth(withoutZeroWidth(text)).trim()
  if (SIGNS_ONLY.test(plain) || ZEROS.test(plain)) return true
  return PLACEHOLDERS.has(plain.replace(/^[([〔【](.*)[)\]〕】]$/, '$1').toUpperCase())
}

const FIRST_LETTERS: ReadonlySet<number> = new Set(
  [...PLACEHOLDERS].flatMap(word => [word.charCodeAt(0), word.toLowerCase().charCodeAt(0)]),
)

/** Most cells are told from their first character: a digit but 0, a Chinese character or a letter that begins no such word. */
function mayBegin(first: number): boolean {
  if (first >= 0x31 && first <= 0x39) return false
  if ((first >= 0x4e00 && first <= 0x9fff) || (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a)) {
    return FIRST_LETTERS.has(first) || first === 0x58 || first === 0x78
  }
  return true
}

export type TextOptions = {
  /** Longest text in characters (code points). */
  readonly longest?: number
  /** Keep line breaks; otherwise they become spaces. */
  readonly lines?: boolean
}

const DIRTY =
  /[\u0000-\u001F\u007F-\u00A0\u00AD\u200B-\u200F\u202A-\u202E\u2028\u2029\u2060-\u2064\u3000\uFEFF]|[\uFE00-\uFE0F]|^\s|\s$/
const LONE_OR_LOST = /\uFFFD|[\uD800-\uDFFF]/

/**
 * A text cell: control and zero-width characters taken out, ends trimmed, line ends made `\n` or spaces. Full-width
 * letters stay, for they belong to what was written. Refuses `text.too-long` (counted in characters, not in units)
 * and `text.mangled` (a character that was lost on the way, so the file was read in the wrong encoding).
 */
export function parseText(text: string, options: TextOptions = {}): Verdict<Cleaned<string>> {
  let value = text
  let tidied: readonly Tidied[] = NOTHING_TIDIED
  if (DIRTY.test(text)) {
    const found: Tidied[] = []
    value = step(found, 'zero-width', value, withoutZeroWidth)
    value = step(found, 'control', value, withoutControl)
    value = step(found, 'spaces', value, one => trimmed(one, options.lines ?? false))
    tidied = found
  }
  if (LONE_OR_LOST.test(value) && (value.includes('\uFFFD') || !value.isWellFormed())) return refused('text.mangled')
  const longest = options.longest ?? Number.POSITIVE_INFINITY
  // Units are never fewer than characters: only a text that could be too long is counted.
  if (value.length > longest) {
    const length = [...value].length
    if (length > longest) return refused('text.too-long', null, { length, longest })
  }
  return granted({ value, tidied })
}

function step(found: Tidied[], name: Tidied, before: string, change: (text: string) => string): string {
  const after = change(before)
  if (after !== before) found.push(name)
  return after
}

function trimmed(text: string, lines: boolean): string {
  const unified = text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
  return (lines ? unified.replace(/[\t\u00A0]/g, ' ') : unified.replace(/[\t\n\v\f\u00A0]+/g, ' ')).trim()
}

const THOUSANDS = /^\d{1,3}(?:,\d{3})+(?=\.|$)/

/** Digits as a machine writes them: half-width, no spaces, thousands separators out. Null when commas stand elsewhere. */
export function tidyDigits(text: string, tidied: Tidied[]): string | null {
  let value = step(tidied, 'zero-width', text, withoutZeroWidth)
  value = step(tidied, 'full-width', value, toHalfWidth)
  value = step(tidied, 'spaces', value, one => one.replace(/\s+/g, ''))
  value = step(tidied, 'quote', value, one => one.replace(/^['‘’`]/, ''))
  if (!value.includes(',')) return value
  const sign = /^[+-]/.exec(value)?.[0] ?? ''
  const body = value.slice(sign.length)
  if (!THOUSANDS.test(body)) return null
  tidied.push('separators')
  return sign + body.replaceAll(',', '')
}

/** A whole number of at most fifteen digits, `-` allowed. Refuses `integer.placeholder`, `integer.format`, `integer.too-large`. */
export function parseInteger(text: string): Verdict<Cleaned<number>> {
  if (isPlaceholder(text)) return refused('integer.placeholder')
  const tidied: Tidied[] = []
  const digits = tidyDigits(text, tidied)
  const found = digits === null ? null : /^([+-]?)(\d+)(?:\.0+)?$/.exec(digits)
  if (!found) return refused('integer.format')
  const value = Number(`${found[1]}${found[2]}`)
  return Number.isSafeInteger(value) ? granted({ value: value === 0 ? 0 : value, tidied }) : refused('integer.too-large')
}

export type DecimalOptions = { readonly precision?: number; readonly scale?: number }

/**
 * An exact decimal as text, without leading zeros and trailing zeros of the fraction (`12.5`, `-0.03`). `precision` is
 * the number of digits in all, `scale` those after the point. Refuses `decimal.placeholder`, `decimal.format` and
 * `decimal.too-precise`, `decimal.too-large`: nothing is rounded.
 */
export function parseDecimal(text: string, options: DecimalOptions = {}): Verdict<Cleaned<string>> {
  if (isPlaceholder(text)) return refused('decimal.placeholder')
  const tidied: Tidied[] = []
  const digits = tidyDigits(text, tidied)
  const found = digits === null ? null : /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(digits)
  if (!found) return refused('decimal.format')
  const whole = (found[2] ?? '').replace(/^0+(?=\d)/, '')
  const fraction = (found[3] ?? '').replace(/0+$/, '')
  const scale = options.scale ?? 10
  if (fraction.length > scale) return refused('decimal.too-precise', null, { scale })
  const wholeDigits = (options.precision ?? 38) - scale
  if (whole.length > wholeDigits) return refused('decimal.too-large', null, { wholeDigits })
  const plain = fraction === '' ? whole : `${whole}.${fraction}`
  return granted({ value: found[1] === '-' && plain !== '0' ? `-${plain}` : plain, tidied })
}

/** Separators that never stand inside a value, and those that may. */
const STRONG = /[;；|｜\n]+/
const WEAK = /[、，,]+/

/**
 * The values of a cell that may hold several, in order and without repeats. `known` are the values of the code list:
 * one of them may itself contain 、 or ， (`没收违法所得、没收非法财物`), so pieces are joined again where the list
 * knows the longer value. Empty pieces fall out.
 */
export function parseMulti(text: string, known: ReadonlySet<string> = new Set()): Cleaned<string[]> {
  const values = new Set<string>()
  for (const part of text.split(STRONG)) {
    const whole = part.trim()
    if (whole === '') continue
    // What follows 其他- is one free text.
    if (known.has(whole) || /^其[他它]\s*[-－—:：]/.test(whole)) values.add(whole)
    else for (const value of joinKnown(whole, known)) values.add(value)
  }
  return { value: [...values], tidied: WEAK.test(text) || /[；|｜\n]/.test(text) ? ['separators'] : NOTHING_TIDIED }
}

/** The length of the longest value of each list, in UTF-16 units: a list is asked for a million cells. */
const longestOf = new WeakMap<ReadonlySet<string>, number>()

function longestIn(known: ReadonlySet<string>): number {
  const held = longestOf.get(known)
  if (held !== undefined) return held
  let longest = 0
  for (const value of known) longest = Math.max(longest, value.length)
  longestOf.set(known, longest)
  return longest
}

/** From each piece on the longest value that the list knows; pieces are joined no further than it has values, or a cell of commas takes hours. */
function joinKnown(text: string, known: ReadonlySet<string>): string[] {
  const pieces = [...text.matchAll(/[^、，,]+/g)].map(found => {
    const from = found.index + found[0].length - found[0].trimStart().length
    return { from, to: from + found[0].trim().length }
  })
  const longest = pieces.length > 1 ? longestIn(known) : 0
  const values: string[] = []
  for (let at = 0; at < pieces.length; at++) {
    const from = pieces[at]?.from ?? 0
    let last = at
    for (let to = at + 1; to < pieces.length && (pieces[to]?.to ?? 0) - from <= longest; to++) {
      if (known.has(text.slice(from, pieces[to]?.to))) last = to
    }
    const value = text.slice(from, pieces[last]?.to)
    if (value !== '') values.push(value)
    at = last
  }
  return values
}

const OPENING = /[([{<〔【〖［（｛〈《「﹝]/g
const CLOSING = /[)\]}>〕】〗］）｝〉》」﹞]/g
const LONGEST_DOCUMENT_NUMBER = 128
/** Nearly every number: nothing to fold, more than zeros, short enough. */
const IN_ORDER = /^(?!0+$)[\u4e00-\u9fff0-9A-Z〔〕./-]{1,128}$/

/**
 * A document number as the key of a record: half-width, capital, all brackets as 〔〕, dashes as `-`, spaces taken out.
 * Two spellings of one number give one key; digits and words are not touched. Refuses `document-number.placeholder`
 * (空, 无, 测试, dashes, zeros, nothing but signs) and `document-number.too-long`.
 */
export function tidyDocumentNumber(text: string): Verdict<Cleaned<string>> {
  if (isPlaceholder(text)) return refused('document-number.placeholder')
  if (IN_ORDER.test(text)) return granted({ value: text, tidied: NOTHING_TIDIED })
  const tidied: Tidied[] = []
  let value = step(tidied, 'zero-width', text, one => withoutControl(withoutZeroWidth(one)))
  value = step(tidied, 'brackets', value, one => one.replace(OPENING, '〔').replace(CLOSING, '〕'))
  value = step(tidied, 'full-width', value, toHalfWidth)
  value = step(tidied, 'hyphens', value, one => one.replace(/[\u2010-\u2015\u2212\uFE58\uFE63]/g, '-'))
  value = step(tidied, 'spaces', value, one => one.replace(/[\s\u00A0\u3000]+/g, ''))
  value = step(tidied, 'quote', value, one => one.replace(/^['‘’`]+/, ''))
  value = step(tidied, 'upper-case', value, one => one.toUpperCase())
  if (isPlaceholder(value) || /^0+$/.test(value)) return refused('document-number.placeholder')
  if (value.length > LONGEST_DOCUMENT_NUMBER) {
    return refused('document-number.too-long', null, { length: value.length, longest: LONGEST_DOCUMENT_NUMBER })
  }
  return granted({ value, tidied })
}
