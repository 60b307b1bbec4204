import { type BrokenRow, brokenRow, isBlank, type ReadLimits, type SheetRow } from './rows.ts'

const LF = 10
const CR = 13
const QUOTE = 34
/** Stands for "not in the text at hand". */
const NONE = Number.POSITIVE_INFINITY

type Cut = { readonly end: number; readonly cells: string[]; readonly broken?: BrokenRow }

/**
 * Cuts delimited text into rows (RFC 4180; LF, CR LF and CR end a row; blank rows are counted and left out).
 * Text comes in pieces of any size. A quote that never ends, or ends in the middle of a cell, breaks only the line it begins on: reading
 * goes on with the next line, so that one stray quote never swallows other rows.
 */
export class CsvScanner {
  readonly #delimiter: string
  readonly #limits: ReadLimits
  #text = ''
  #at = 0
  #row = 0
  #line = 1
  #isLast = false
  /** Inside a line that is beyond the row limit and already reported. */
  #isSkipping = false
  #hasNul = false
  // The next place of each sign, so that a sign that is rare is not searched for again in every cell.
  #nextLf = -1
  #nextCr = -1
  #nextQuote = -1
  #nextDelimiter = -1

  constructor(delimiter: string, limits: ReadLimits) {
    this.#delimiter = delimiter
    this.#limits = limits
  }

  /** Appends the rows that the piece completes; `isLast` when no other piece follows. */
  push(piece: string, isLast: boolean, rows: SheetRow[]): void {
    this.#text = this.#text.slice(this.#at) + piece
    this.#at = 0
    this.#isLast = isLast
    this.#hasNul = this.#text.indexOf('\0') >= 0
    this.#forget()
    while (this.#next(rows)) {}
  }

  /** Passes over a line that is no row of the table, the `sep=` line of Excel. */
  skipLine(): void {
    this.#row++
    this.#line++
  }

  #forget(): void {
    this.#nextLf = this.#nextCr = this.#nextQuote = this.#nextDelimiter = -1
  }

  /** Reads one row; false when the text at hand holds no further whole one. */
  #next(rows: SheetRow[]): boolean {
    const at = this.#at
    const end = this.#lineEnd(at)
    if (this.#isSkipping) return this.#skip(end)
    if (end === NONE) {
      if (!this.#isLast && this.#text.length - at <= this.#limits.row) return false
      if (at >= this.#text.length) return false
      if (!this.#isLast) {
        rows.push(brokenRow('row.too-long', ++this.#row, this.#line))
        this.#isSkipping = true
        return true
      }
    }
    const stop = end === NONE ? this.#text.length : end
    if (this.#nextQuote < at) this.#nextQuote = orNone(this.#text.indexOf('"', at))
    if (this.#nextQuote >= stop) {
      this.#takePlain(at, stop, rows)
      this.#passBreak(stop, 1)
      return true
    }
    return this.#takeQuoted(at, rows)
  }

  /** Where the line ends; NONE when its end is not at hand, or is a CR whose LF may be in the next piece. */
  #lineEnd(at: number): number {
    if (this.#nextLf < at) this.#nextLf = orNone(this.#text.indexOf('\n', at))
    if (this.#nextCr < at) this.#nextCr = orNone(this.#text.indexOf('\r', at))
    const end = Math.min(this.#nextLf, this.#nextCr)
    return end === this.#text.length - 1 && end === this.#nextCr && !this.#isLast ? NONE : end
  }

  #skip(end: number): boolean {
    if (end === NONE) {
      const endsWithCr = this.#text.endsWith('\r') && !this.#isLast
      this.#at = this.#text.length - (endsWithCr ? 1 : 0)
      return false
    }
    this.#isSkipping = false
    this.#passBreak(end, 1)
    return true
  }

  /** Goes behind the line break at `end`; `lines` is how many lines the row took. */
  #passBreak(end: number, lines: number): void {
    const isPair = this.#text.charCodeAt(end) === CR && this.#text.charCodeAt(end + 1) === LF
    this.#at = Math.min(this.#text.length, end + (isPair ? 2 : 1))
    this.#line += lines
  }

  /** A line without any quote: the way of nearly every row. */
  #takePlain(at: number, stop: number, rows: SheetRow[]): void {
    const row = ++this.#row
    if (stop === at) return
    const text = this.#text.slice(at, stop)
    const cells = text.split(this.#delimiter)
    if (text.length === cells.length - 1) return
    if (text.length > Math.min(this.#limits.cell, this.#limits.row) || cells.length > this.#limits.columns || this.#hasNul)
      this.#addJudged(row, cells, rows)
    else this.#add(row, cells, rows)
  }

  #takeQuoted(at: number, rows: SheetRow[]): boolean {
    let cut = this.#cutQuoted(at)
    if (cut === null) {
      if (this.#text.length - at <= this.#limits.row + this.#limits.cell) return false
      cut = { end: at, cells: [], broken: 'row.too-long' }
    }
    if (cut.broken) {
      this.#forget()
      const end = this.#lineEnd(at)
      const stop = end === NONE ? this.#text.length : end
      cut = { end: stop, cells: this.#text.slice(at, stop).split(this.#delimiter), broken: cut.broken }
    }
    const row = ++this.#row
    if (cut.broken) rows.push(brokenRow(cut.broken, row, this.#line, cut.cells))
    else if (!isBlank(cut.cells)) this.#addJudged(row, cut.cells, rows)
    this.#passBreak(cut.end, 1 + countBreaks(this.#text, at, cut.end))
    return true
  }

  /** The cells of a row with quotes and where it ends; null when more text is needed. */
  #cutQuoted(start: number): Cut | null {
    const text = this.#text
    const cells: string[] = []
    let at = start
    for (;;) {
      const cell = text.charCodeAt(at) === QUOTE ? this.#quotedCell(at) : this.#plainCell(at)
      if (cell === null || typeof cell === 'string') return cell === null ? null : { end: at, cells, broken: cell }
      cells.push(cell.text)
      at = cell.end
      const follows = this.#whatFollows(at)
      if (follows === 'more') return null
      if (follows === 'end') return { end: at, cells }
      if (follows === 'text') return { end: at, cells, broken: 'row.quote-misplaced' }
      if (at - start > this.#limits.row) return { end: at, cells, broken: 'row.too-long' }
      at += this.#delimiter.length
    }
  }

  #whatFollows(at: number): 'more' | 'end' | 'delimiter' | 'text' {
    const isAtEnd = at >= this.#text.length
    if (isAtEnd) return this.#isLast ? 'end' : 'more'
    const next = this.#text.charCodeAt(at)
    if (next === LF) return 'end'
    if (next === CR) return at === this.#text.length - 1 && !this.#isLast ? 'more' : 'end'
    return this.#text.startsWith(this.#delimiter, at) ? 'delimiter' : 'text'
  }

  #quotedCell(at: number): { text: string; end: number } | BrokenRow | null {
    const text = this.#text
    let value = ''
    let from = at + 1
    for (;;) {
      const quote = text.indexOf('"', from)
      if ((quote < 0 ? text.length : quote) - at > this.#limits.cell + 2) return 'row.quote-unclosed'
      if (quote < 0) return this.#isLast ? 'row.quote-unclosed' : null
      if (quote + 1 >= text.length && !this.#isLast) return null
      if (text.charCodeAt(quote + 1) !== QUOTE) return { text: value + text.slice(from, quote), end: quote + 1 }
      value += text.slice(from, quote + 1)
      from = quote + 2
    }
  }

  #plainCell(at: number): { text: string; end: number } | null {
    if (this.#nextDelimiter < at) this.#nextDelimiter = orNone(this.#text.indexOf(this.#delimiter, at))
    if (this.#nextLf < at) this.#nextLf = orNone(this.#text.indexOf('\n', at))
    if (this.#nextCr < at) this.#nextCr = orNone(this.#text.indexOf('\r', at))
    const end = Math.min(this.#nextDelimiter, this.#nextLf, this.#nextCr)
    if (end === NONE && !this.#isLast) return null
    const stop = end === NONE ? this.#text.length : end
    return { text: this.#text.slice(at, stop), end: stop }
  }

  #add(row: number, cells: string[], rows: SheetRow[]): void {
    rows.push(this.#line === row ? { row, cells } : { row, line: this.#line, cells })
  }

  #addJudged(row: number, cells: string[], rows: SheetRow[]): void {
    const broken = this.#judge(cells)
    if (broken) rows.push(brokenRow(broken, row, this.#line, broken === 'row.character-broken' ? cells : []))
    else this.#add(row, cells, rows)
  }

  #judge(cells: readonly string[]): BrokenRow | null {
    if (cells.length > this.#limits.columns) return 'row.too-many-columns'
    let length = 0
    for (const cell of cells) {
      if (cell.length > this.#limits.cell) return 'row.too-long'
      length += cell.length
    }
    if (length > this.#limits.row) return 'row.too-long'
    return this.#hasNul && cells.some(cell => cell.includes('\0')) ? 'row.character-broken' : null
  }
}

function orNone(found: number): number {
  return found < 0 ? NONE : found
}

function countBreaks(text: string, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i)
    if (unit === LF || (unit === CR && text.charCodeAt(i + 1) !== LF)) count++
  }
  return count
}
