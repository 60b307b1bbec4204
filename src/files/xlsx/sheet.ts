import { isUtf8 } from 'node:buffer'
import { Refusal } from '../../base/refusal.ts'
import type { ReadLimits, SheetRow } from '../rows.ts'
import { plainText } from './markup.ts'
import { type NumberFormat, plainNumber, showNumber } from './number-format.ts'
import { richText } from './rich-text.ts'
import type { SharedTexts } from './shared-texts.ts'
import { SheetRowBuilder } from './sheet-row.ts'

const LESS = 60
const GREATER = 62
const SLASH = 47
/** A row of markup beyond this is no row of a table. */
const ROW_BYTES = 16 * 1024 * 1024

const type = { number: 0, shared: 1, text: 2, inline: 3, boolean: 4, error: 5, day: 6 } as const
const typeOf: Readonly<Record<string, number>> = {
  n: type.number,
  s: type.shared,
  str: type.text,
  inlineStr: type.inline,
  b: type.boolean,
  e: type.error,
  d: type.day,
}

const ATTRIBUTE = /([^\s=<>"']+)\s*=\s*(["'])([^<]*?)\2/y

export type SheetBook = {
  readonly texts: SharedTexts
  readonly formats: readonly NumberFormat[]
  readonly is1904: boolean
  readonly limits: ReadLimits
}

/**
 * Reads the rows of a worksheet from its markup, piece by piece. Places are counted in bytes: the markup is scanned as Latin-1, one
 * character a byte, and only the texts themselves are decoded.
 */
export class SheetScanner {
  readonly #book: SheetBook
  readonly #row: SheetRowBuilder
  #pending: Buffer = Buffer.alloc(0)
  #prefix: string | null = null
  #bytes: Buffer = Buffer.alloc(0)
  #text = ''
  #at = 0
  #isDone = false
  // The cell at hand.
  #column = 0
  #type = 0
  #style = 0

  constructor(book: SheetBook) {
    this.#book = book
    this.#row = new SheetRowBuilder(book.limits)
  }

  /** To be called behind the last piece: markup that stops before its end may have lost rows. Refuses `xlsx.unreadable`. */
  finish(): void {
    const hasNoRows = /<(?:[\w.-]+:)?sheetData\s*\/>/.test(this.#pending.toString('latin1'))
    if (!this.#isDone && !hasNoRows) throw unreadable()
  }

  /** Appends the rows that the piece completes. Refuses `xlsx.unreadable`, `xlsx.entity` and `xlsx.too-large`. */
  push(piece: Buffer, rows: SheetRow[]): void {
    if (this.#isDone) return
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, piece]) : piece
    const text = bytes.toString('latin1')
    const prefix = this.#findPrefix(text)
    const close = `</${prefix}row>`
    const end = text.indexOf(`</${prefix}sheetData>`)
    const last = text.lastIndexOf(close)
    const whole = end >= 0 ? end : last < 0 ? 0 : last + close.length
    this.#refuseOddMarkup(bytes, text, whole)
    this.#bytes = bytes
    this.#text = text
    this.#at = 0
    while (this.#nextRow(whole, prefix, rows)) {}
    this.#isDone = end >= 0
    this.#pending = Buffer.from(bytes.subarray(whole))
    if (this.#pending.length > ROW_BYTES) throw new Refusal('xlsx.too-large', null, {}, 422)
  }

  #findPrefix(text: string): string {
    if (this.#prefix !== null) return this.#prefix
    const found = /<([\w.-]+:)?worksheet[\s>]/.exec(text)
    if (found) this.#prefix = found[1] ?? ''
    else if (text.length > 4096) throw unreadable()
    return this.#prefix ?? ''
  }

  #refuseOddMarkup(bytes: Buffer, text: string, whole: number): void {
    for (let at = text.indexOf('!'); at >= 0; at = text.indexOf('!', at + 1)) {
      if (at === 0 || text.charCodeAt(at - 1) !== LESS) continue
      if (/^!(DOCTYPE|ENTITY)/i.test(text.slice(at, at + 10))) throw new Refusal('xlsx.entity', null, {}, 422)
      throw unreadable()
    }
    if (!isUtf8(bytes.subarray(0, whole))) throw unreadable()
  }

  #nextRow(whole: number, prefix: string, rows: SheetRow[]): boolean {
    const open = `<${prefix}row`
    let at = this.#text.indexOf(open, this.#at)
    if (at < 0 || at >= whole) return false
    at += open.length
    const end = this.#text.indexOf('>', at)
    const after = this.#text.charCodeAt(at)
    this.#at = end + 1
    if (after > 32 && after !== SLASH && after !== GREATER) return true
    this.#row.begin(Number(/\sr\s*=\s*["'](\d+)/.exec(this.#text.slice(at, end))?.[1] ?? 0))
    if (this.#text.charCodeAt(end - 1) === SLASH) return true
    this.#column = -1
    while (this.#nextCell(prefix.length)) {}
    const row = this.#row.finish()
    if (row) rows.push(row)
    return true
  }

  /** Reads one cell; false behind the last of the row. */
  #nextCell(prefixLength: number): boolean {
    const text = this.#text
    let at = text.indexOf('<', this.#at)
    if (at < 0) throw unreadable()
    if (text.charCodeAt(at + 1) === SLASH) {
      this.#at = at
      return false
    }
    at += 1 + prefixLength
    if (text.charCodeAt(at) !== 99 || text.charCodeAt(at + 1) > 62) {
      this.#at = text.indexOf('>', at) + 1
      return this.#at > 0
    }
    this.#type = type.number
    this.#style = 0
    this.#column++
    at = this.#attributes(at + 1)
    if (text.charCodeAt(at) === SLASH) this.#at = at + 2
    else this.#content(at + 1, prefixLength)
    return true
  }

  /** Reads `r`, `s` and `t` of a cell; returns the place of its `>` or `/>`. */
  #attributes(from: number): number {
    const text = this.#text
    let at = from
    for (;;) {
      const unit = text.charCodeAt(at)
      if (unit === GREATER || unit === SLASH) return at
      if (unit <= 32) at++
      else if (text.charCodeAt(at + 1) === 61 && text.charCodeAt(at + 2) === 34) at = this.#shortAttribute(unit, at + 3)
      else at = this.#anyAttribute(at)
    }
  }

  /** An attribute of one letter written in the usual way, `r="A1"`; returns the place behind it. */
  #shortAttribute(name: number, from: number): number {
    const end = this.#text.indexOf('"', from)
    if (end < 0) throw unreadable()
    if (name === 114) this.#columnAt(from)
    else if (name === 115) this.#style = this.#digits(from, end)
    else if (name === 116) this.#type = this.#typeAt(from, end)
    return end + 1
  }

  #anyAttribute(from: number): number {
    ATTRIBUTE.lastIndex = from
    const found = ATTRIBUTE.exec(this.#text)
    if (!found) throw unreadable()
    const [whole, name = '', , value = ''] = found
    const end = from + whole.length
    const begin = end - 1 - value.length
    if (name === 'r') this.#columnAt(begin)
    else if (name === 's') this.#style = this.#digits(begin, end - 1)
    else if (name === 't') this.#type = this.#typeAt(begin, end - 1)
    return end
  }

  #columnAt(from: number): void {
    let column = 0
    for (let at = from; ; at++) {
      const letter = this.#text.charCodeAt(at) - 64
      if (!(letter >= 1 && letter <= 26)) break
      column = column * 26 + letter
    }
    if (column > 0 && column <= 16_384) this.#column = column - 1
  }

  #typeAt(from: number, to: number): number {
    if (to - from === 1 && this.#text.charCodeAt(from) === 115) return type.shared
    return typeOf[this.#text.slice(from, to)] ?? type.text
  }

  #digits(from: number, to: number): number {
    let value = 0
    for (let i = from; i < to; i++) value = value * 10 + this.#text.charCodeAt(i) - 48
    return value
  }

  /** Reads what stands between `<c>` and `</c>`: a value, an inline text or a formula with its last result. */
  #content(from: number, prefixLength: number): void {
    const text = this.#text
    let at = from
    let isFormula = false
    let hasValue = false
    for (;;) {
      at = this.#nextTag(at)
      if (text.charCodeAt(at + 1) === SLASH) break
      const name = text.charCodeAt(at + 1 + prefixLength)
      const close = text.indexOf('>', at)
      const isEmpty = text.charCodeAt(close - 1) === SLASH
      const end = isEmpty ? close : this.#elementEnd(name, at, close, prefixLength)
      isFormula ||= name === 102
      if (!isEmpty && (name === 118 || name === 105)) {
        hasValue = true
        if (name === 118) this.#value(close + 1, end)
        else this.#inlineText(close + 1, end)
      }
      at = text.indexOf('>', end) + 1
    }
    this.#at = text.indexOf('>', at) + 1
    if (isFormula && !hasValue) this.#row.put(this.#column, '', 'f')
  }

  #nextTag(from: number): number {
    let at = from
    while (this.#text.charCodeAt(at) !== LESS) if (++at >= this.#text.length) throw unreadable()
    return at
  }

  #inlineText(from: number, to: number): void {
    const text = this.#text
    // One run without attributes, `<t>…</t>`, is what most programs write.
    const end = text.startsWith('<t>', from) ? text.indexOf('<', from + 3) : -1
    const isRun = end >= 0 && end + 4 === to
    const inline = isRun ? plainText(this.#bytes.toString('utf8', from + 3, end)) : richText(this.#bytes, text, from, to)
    this.#row.putUnchecked(this.#column, inline)
  }

  /** Where the end tag of a child of the cell begins. */
  #elementEnd(name: number, open: number, close: number, prefixLength: number): number {
    let stop = open + 1 + prefixLength
    if (name === 118) {
      const end = this.#nextTag(close + 1)
      if (this.#text.charCodeAt(end + 1) !== SLASH || this.#text.charCodeAt(end + 2 + prefixLength) !== name) throw unreadable()
      return end
    }
    while (this.#text.charCodeAt(stop) > 47 && this.#text.charCodeAt(stop) !== GREATER) stop++
    const end = this.#text.indexOf(`</${this.#text.slice(open + 1, stop)}>`, close)
    if (end < 0) throw unreadable()
    return end
  }

  #value(from: number, to: number): void {
    switch (this.#type) {
      case type.shared:
        this.#row.put(this.#column, this.#sharedText(from, to), 's')
        break
      case type.number:
        this.#number(this.#text.slice(from, to))
        break
      case type.boolean:
        this.#row.put(this.#column, /^(1|true)$/.test(this.#text.slice(from, to)) ? 'TRUE' : 'FALSE', 'b')
        break
      case type.error:
        this.#row.put(this.#column, this.#text.slice(from, to), 'e')
        break
      case type.day:
        this.#isoDay(this.#text.slice(from, to))
        break
      default:
        this.#row.putUnchecked(this.#column, plainText(this.#bytes.toString('utf8', from, to)))
    }
  }

  #sharedText(from: number, to: number): string {
    const text = this.#book.texts.get(this.#digits(from, to))
    if (text === null) throw unreadable()
    return text
  }

  #number(raw: string): void {
    if (raw === '') return
    const format = this.#style === 0 ? plainNumber : (this.#book.formats[this.#style] ?? plainNumber)
    const { text, kind } = showNumber(raw, format, this.#book.is1904)
    this.#row.put(this.#column, text, kind)
  }

  #isoDay(raw: string): void {
    const [day = '', clock = ''] = raw.split('T')
    const time = clock.slice(0, 8)
    if (time === '' || time === '00:00:00') this.#row.put(this.#column, day, 'd')
    else this.#row.put(this.#column, `${day} ${time}`, 't')
  }
}

function unreadable(): Refusal {
  return new Refusal('xlsx.unreadable', null, {}, 422)
}
