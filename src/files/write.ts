import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { writeCsv } from './csv-text.ts'
import type { Format } from './format.ts'
import { REASON_COLUMNS } from './header.ts'
import { writeJson } from './json-text.ts'
import type { Recognition } from './recognise.ts'
import type { SheetRow } from './rows.ts'
import { type CellStyle, cellStyle } from './xlsx/styles.ts'
import { type ColumnToWrite, type RowToWrite, writeWorkbook } from './xlsx/write.ts'

/** A sender's file without its data: what a returned file is to look like. */
export type Layout = {
  readonly sheet: string | null
  /** Rows above the heading, then the heading, one row or two. */
  readonly titles: readonly (readonly string[])[]
  readonly heading: readonly (readonly string[])[]
  /** Columns of the sender; the reasons stand to their right. */
  readonly width: number
  /** Drop-downs of columns with a code list, in XLSX. */
  readonly values?: ReadonlyMap<number, readonly string[]>
}

export type RefusedRow = {
  readonly row: SheetRow
  readonly reason: string
  readonly mend: string
  /** Columns, from 0, whose cells are marked in XLSX. */
  readonly faulty: readonly number[]
}

type Rows<T> = Iterable<T> | AsyncIterable<T>

/** The layout of a recognised file. */
export function layoutOf(recognition: Recognition, values?: ReadonlyMap<number, readonly string[]>): Layout {
  const { titles, heading, sheet } = recognition
  const width = Math.max(0, ...heading.map(cells => cells.length))
  return { sheet, titles, heading, width, ...(values ? { values } : {}) }
}

/**
 * The refused rows as a file of the sender's own layout and format, with the reasons in two columns on the right: same encoding,
 * delimiter, titles and order of columns. It reads back through `recognise` and `readRecords` to the very same cells.
 * Memory does not grow with the rows.
 */
export function writeRefused(format: Format, layout: Layout, rows: Rows<RefusedRow>): AsyncGenerator<Buffer> {
  switch (format.kind) {
    case 'xlsx':
      return writeRefusedBook(layout, rows)
    case 'csv':
      return writeCsv(format, refusedLines(layout, rows))
    case 'json':
    case 'ndjson':
      return writeJson(format, layout.heading[0] ?? [], refusedObjects(rows))
  }
}

/** Writes a stream of bytes to a path; the file is whole when the promise is kept. */
export async function writeFile(path: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  await pipeline(bytes, createWriteStream(path))
}

async function* refusedObjects(rows: Rows<RefusedRow>): AsyncGenerator<{ row: SheetRow; reasons: [string, string] }> {
  for await (const { row, reason, mend } of rows) yield { row, reasons: [reason, mend] }
}

async function* refusedLines(layout: Layout, rows: Rows<RefusedRow>): AsyncGenerator<readonly string[]> {
  for (const title of layout.titles) yield title
  for (const [index, names] of layout.heading.entries()) {
    yield index === layout.heading.length - 1 ? withReasons(names, layout.width, REASON_COLUMNS) : names
  }
  for await (const { row, reason, mend } of rows) yield withReasons(row.cells, layout.width, [reason, mend])
}

/** Cells beyond the heading, as a shifted row has them, stand behind the reasons: reading takes the reasons out and they are back in place. */
function withReasons(cells: readonly string[], width: number, reasons: readonly string[]): string[] {
  const padded = cells.slice(0, width)
  while (padded.length < width) padded.push('')
  return [...padded, ...reasons, ...cells.slice(width)]
}

function writeRefusedBook(layout: Layout, rows: Rows<RefusedRow>): AsyncGenerator<Buffer> {
  const columns: ColumnToWrite[] = []
  for (let index = 0; index < layout.width; index++) {
    const values = layout.values?.get(index)
    columns.push(values ? { width: 16, values } : { width: 16 })
  }
  const top: RowToWrite[] = layout.titles.map(cells => {
    const isTitle = cells.filter(cell => cell !== '').length === 1 && cells[0] !== ''
    return isTitle ? { cells, style: cellStyle.title, isMerged: true, height: 24 } : { cells, style: cellStyle.text }
  })
  for (const [index, names] of layout.heading.entries()) {
    const isLast = index === layout.heading.length - 1
    top.push({ cells: isLast ? withReasons(names, layout.width, REASON_COLUMNS) : names, style: cellStyle.heading })
  }
  return writeWorkbook({
    name: layout.sheet ?? 'Sheet1',
    columns: [...columns, { width: 44 }, { width: 44 }],
    top,
    rows: refusedBookRows(layout, rows),
  })
}

async function* refusedBookRows(layout: Layout, rows: Rows<RefusedRow>): AsyncGenerator<RowToWrite> {
  for await (const { row, reason, mend, faulty } of rows) {
    const except = new Map<number, CellStyle>()
    for (const column of faulty) except.set(column < layout.width ? column : column + REASON_COLUMNS.length, cellStyle.faulty)
    except.set(layout.width, cellStyle.reason).set(layout.width + 1, cellStyle.reason)
    yield { cells: withReasons(row.cells, layout.width, [reason, mend]), style: cellStyle.text, except }
  }
}
