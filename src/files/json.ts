import { Refusal } from '../base/refusal.ts'
import { type Member, parseFlatObject, ValueEnd } from './json-object.ts'
import { brokenRow, type ExtraCell, type ReadLimits, type SheetRow } from './rows.ts'

/** Asks the driver for another piece of text. */
export const MORE = Symbol('more')

type Element = { readonly row: number; readonly line: number; readonly text: string | null }

/** How many objects are looked at for the header row. */
const HEADER_OBJECTS = 100
const HEADER_TEXT = 1024 * 1024

/** The text of a JSON or NDJSON file, fed in pieces. */
class Feed {
  text = ''
  at = 0
  line = 1
  isEnded = false

  push(piece: string | null): void {
    if (piece === null) this.isEnded = true
    else {
      this.text = this.text.slice(this.at) + piece
      this.at = 0
    }
  }

  /** Passes over text that has been dealt with. */
  pass(to: number): void {
    for (let at = this.text.indexOf('\n', this.at); at >= 0 && at < to; at = this.text.indexOf('\n', at + 1)) this.line++
    this.at = to
  }
}

type Steps<T> = Generator<typeof MORE, T, void>

/** The next sign behind blanks as a char code, -1 at the end of the file. */
function* nextSign(feed: Feed): Steps<number> {
  for (;;) {
    while (feed.at < feed.text.length) {
      const unit = feed.text.charCodeAt(feed.at)
      if (unit > 32) return unit
      if (unit === 10) feed.line++
      feed.at++
    }
    if (feed.isEnded) return -1
    yield MORE
  }
}

/** The text of the value that begins here; null when it is longer than the limit, which is then passed over. */
function* nextValue(feed: Feed, limit: number): Steps<string | null> {
  const end = new ValueEnd()
  let seen = feed.at
  let isTooLong = false
  for (;;) {
    const found = end.find(feed.text, seen)
    if (found >= 0) {
      const text = isTooLong || found - feed.at > limit ? null : feed.text.slice(feed.at, found)
      feed.pass(found)
      return text
    }
    if (feed.isEnded) throw jsonBroken(feed)
    isTooLong ||= feed.text.length - feed.at > limit
    if (isTooLong) feed.pass(feed.text.length)
    seen = feed.text.length - feed.at
    yield MORE
  }
}

function jsonBroken(feed: Feed): Refusal {
  return new Refusal('json.broken', null, { line: feed.line }, 422)
}

const sign = { quote: 34, comma: 44, colon: 58, open: 91, close: 93, openBrace: 123, closeBrace: 125 } as const

function* arrayElements(feed: Feed, limit: number): Generator<typeof MORE | Element, void, void> {
  feed.at++
  for (let row = 1; ; row++) {
    const first = yield* nextSign(feed)
    if (first === sign.close && row === 1) break
    if (first < 0 || first === sign.comma || first === sign.close) throw jsonBroken(feed)
    const line = feed.line
    yield { row, line, text: yield* nextValue(feed, limit) }
    const next = yield* nextSign(feed)
    if (next === sign.close) break
    if (next !== sign.comma) throw jsonBroken(feed)
    feed.at++
  }
  feed.at++
}

/** The elements of the file's only array of objects: the file itself, or one member of its outer object. */
function* jsonElements(feed: Feed, limits: ReadLimits): Generator<typeof MORE | Element, void, void> {
  const first = yield* nextSign(feed)
  if (first === sign.open) yield* arrayElements(feed, limits.row)
  else if (first === sign.openBrace) yield* memberElements(feed, limits)
  else throw jsonBroken(feed)
  if ((yield* nextSign(feed)) >= 0) throw jsonBroken(feed)
}

function* memberElements(feed: Feed, limits: ReadLimits): Generator<typeof MORE | Element, void, void> {
  let tables = 0
  do {
    feed.at++
    if ((yield* nextSign(feed)) !== sign.quote) throw jsonBroken(feed)
    yield* nextValue(feed, limits.cell)
    if ((yield* nextSign(feed)) !== sign.colon) throw jsonBroken(feed)
    feed.at++
    const value = yield* nextSign(feed)
    if (value === sign.open && (yield* beginsObjects(feed))) {
      if (++tables > 1) throw new Refusal('json.several-tables', null, { line: feed.line }, 422)
      yield* arrayElements(feed, limits.row)
    } else yield* nextValue(feed, limits.row)
  } while ((yield* nextSign(feed)) === sign.comma)
  if (feed.text.charCodeAt(feed.at++) !== sign.closeBrace) throw jsonBroken(feed)
  if (tables === 0) throw new Refusal('json.no-rows', null, {}, 422)
}

function* beginsObjects(feed: Feed): Steps<boolean> {
  for (;;) {
    const found = /^\[\s*(\S)/.exec(feed.text.slice(feed.at, feed.at + 1000))
    if (found) return found[1] === '{'
    if (feed.isEnded || feed.text.length - feed.at > 1000) return false
    yield MORE
  }
}

function* lineElements(feed: Feed, limits: ReadLimits): Generator<typeof MORE | Element, void, void> {
  let isTooLong = false
  for (;;) {
    const end = feed.text.indexOf('\n', feed.at)
    if (end < 0 && !feed.isEnded) {
      isTooLong ||= feed.text.length - feed.at > limits.row
      if (isTooLong) feed.at = feed.text.length
      yield MORE
      continue
    }
    const text = feed.text.slice(feed.at, end < 0 ? feed.text.length : end)
    const row = feed.line++
    if (isTooLong || text.length > limits.row) yield { row, line: row, text: null }
    else if (text.trim() !== '') yield { row, line: row, text }
    isTooLong = false
    if (end < 0) return
    feed.at = end + 1
  }
}

/** A row of the file before its place under the header is known. */
type Read = { readonly row: number; readonly line: number; readonly members: Member[] } | SheetRow

function readElement({ row, line, text }: Element): Read {
  const members = text === null ? 'row.too-long' : parseFlatObject(text)
  return typeof members === 'string' ? brokenRow(members, row, line, text === null ? [] : [text]) : { row, line, members }
}

/**
 * Turns JSON text into rows. The first row, numbered 0, is made of the names in the first objects; a name that comes up later goes into
 * the row's `extra`. Feed text with `push`, null at the end.
 */
export class JsonScanner {
  readonly #feed = new Feed()
  readonly #limits: ReadLimits
  readonly #steps: Generator<typeof MORE | Element, void, void>
  #first: Read[] | null = []
  #firstText = 0
  #columns = new Map<string, number>()

  constructor(kind: 'json' | 'ndjson', limits: ReadLimits) {
    this.#limits = limits
    this.#steps = kind === 'json' ? jsonElements(this.#feed, limits) : lineElements(this.#feed, limits)
  }

  push(piece: string | null, rows: SheetRow[]): void {
    this.#feed.push(piece)
    for (;;) {
      const step = this.#steps.next()
      if (step.done || step.value === MORE) break
      this.#take(step.value, rows)
    }
    if (piece === null && this.#first) this.#openTable(rows)
  }

  #take(element: Element, rows: SheetRow[]): void {
    const read = readElement(element)
    if (this.#first) {
      this.#first.push(read)
      this.#firstText += element.text?.length ?? 0
      if (this.#first.length >= HEADER_OBJECTS || this.#firstText > HEADER_TEXT) this.#openTable(rows)
    } else rows.push(this.#place(read))
  }

  #openTable(rows: SheetRow[]): void {
    const first = this.#first ?? []
    this.#first = null
    for (const read of first) {
      if (!('members' in read)) continue
      for (const { name } of read.members) {
        if (this.#columns.size < this.#limits.columns && !this.#columns.has(name)) this.#columns.set(name, this.#columns.size)
      }
    }
    if (this.#columns.size > 0) rows.push({ row: 0, cells: [...this.#columns.keys()] })
    for (const read of first) rows.push(this.#place(read))
  }

  #place(read: Read): SheetRow {
    if (!('members' in read)) return read
    const { row, line, members } = read
    const width = this.#columns.size
    const cells: string[] = new Array(width).fill('')
    const kinds: string[] = new Array(width).fill('-')
    const extra: ExtraCell[] = []
    for (const member of members) {
      if (member.text.length > this.#limits.cell) return brokenRow('row.too-long', row, line)
      const column = this.#columns.get(member.name)
      if (column === undefined) extra.push(member)
      else {
        cells[column] = member.text
        kinds[column] = member.kind
      }
    }
    const joined = kinds.join('')
    const placed: SheetRow = { row, cells, ...(line === row ? {} : { line }) }
    const named = /^s*$/.test(joined) ? placed : { ...placed, kinds: joined }
    return extra.length > 0 ? { ...named, extra } : named
  }
}
