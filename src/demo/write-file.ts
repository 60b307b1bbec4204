import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Day } from '../base/day.ts'
import { encodeText } from '../files/text.ts'
import type { FileLayout } from './layout.ts'
import { type CellShape, writeBook } from './workbook.ts'

const BATCH_UNITS = 64 * 1024

/** Writes rows in a source's own format; nothing is made safe or tidy, for that is how files arrive. Answers the SHA-256 of the bytes. Memory: one batch. */
export async function writeRows(
  path: string,
  layout: FileLayout,
  sentOn: Day,
  rows: Iterable<readonly string[]>,
): Promise<string> {
  const hash = createHash('sha256')
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of bytesOf(layout, sentOn, rows)) {
      hash.update(piece)
      yield piece
    }
  }
  await pipeline(Readable.from(hashed()), createWriteStream(path))
  return hash.digest('hex')
}

export function extensionOf({ dress }: FileLayout): string {
  return dress.kind === 'ndjson' ? 'ndjson' : dress.kind
}

function bytesOf(layout: FileLayout, sentOn: Day, rows: Iterable<readonly string[]>): Iterable<Buffer> | AsyncIterable<Buffer> {
  switch (layout.dress.kind) {
    case 'xlsx':
      return writeBook({
        sheet: layout.source.name.slice(0, 28),
        titles: titlesOf(layout, sentOn),
        headings: layout.columns.map(column => column.heading),
        shapes: layout.columns.map(column => shapeOf(layout, column.field?.type)),
        rows,
      })
    case 'csv':
      return encoded(layout, delimited(layout, rows))
    case 'json':
    case 'ndjson':
      return encoded(layout, objects(layout, rows))
  }
}

function titlesOf({ source, dress }: FileLayout, sentOn: Day): string[] {
  return [`${source.name}信息报送表`, `填报日期：${sentOn}`].slice(0, dress.titles)
}

function shapeOf({ dress }: FileLayout, type: string | undefined): CellShape {
  if (type === 'day' && dress.days === 'serial') return 'day'
  return type === 'amount' && !dress.numbersAsText ? 'number' : 'text'
}

function* encoded({ dress }: FileLayout, lines: Iterable<string>): Generator<Buffer> {
  let text = dress.hasMark ? '\ufeff' : ''
  for (const line of lines) {
    text += line
    if (text.length < BATCH_UNITS) continue
    yield encodeText(text, dress.encoding)
    text = ''
  }
  if (text !== '') yield encodeText(text, dress.encoding)
}

function* delimited({ dress, columns }: FileLayout, rows: Iterable<readonly string[]>): Generator<string> {
  const mustQuote = new RegExp(`["\\r\\n${dress.delimiter}]|^\\s|\\s$`)
  const quoted = (cell: string): string => (mustQuote.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(dress.delimiter)}${dress.newline}`
  yield lineOf(columns.map(column => column.heading))
  for (const cells of rows) yield lineOf(cells)
}

function* objects({ dress, columns }: FileLayout, rows: Iterable<readonly string[]>): Generator<string> {
  const isLines = dress.kind === 'ndjson'
  if (!isLines) yield dress.member === null ? '[' : `{"total":null,${JSON.stringify(dress.member)}:[`
  let isFirst = true
  const names = columns.map(column => JSON.stringify(column.heading))
  const isNumber = columns.map(column => column.field?.type === 'amount' && !dress.numbersAsText)
  for (const cells of rows) {
    const members = cells.flatMap((cell, i) =>
      cell === '' && isLines ? [] : [`${names[i]}:${memberText(cell, isNumber[i] ?? false)}`],
    )
    yield isLines ? `{${members.join(',')}}\n` : `${isFirst ? '' : ','}\n{${members.join(',')}}`
    isFirst = false
  }
  if (!isLines) yield dress.member === null ? '\n]\n' : '\n]}\n'
}

function memberText(cell: string, isNumber: boolean): string {
  return isNumber && /^(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?$/.test(cell) ? cell : JSON.stringify(cell)
}
