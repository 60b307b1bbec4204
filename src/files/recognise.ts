import { stat } from 'node:fs/promises'
import { Refusal } from '../base/refusal.ts'
import { type CsvFormat, detectFormat, type Format, type JsonFormat, type NdjsonFormat } from './format.ts'
import { findHeader, type Header, REASON_COLUMNS } from './header.ts'
import { openBook, type ReadOptions, readRows } from './read.ts'
import { defaultLimits, type RowChunk, type SheetRow } from './rows.ts'
import { readBack } from './spreadsheet-safe.ts'
import { encodeText } from './text.ts'
import type { SheetPart } from './xlsx/workbook.ts'

export type OtherSheet = {
  readonly name: string
  readonly isHidden: boolean
  readonly hasHeader: boolean
  readonly isEmpty: boolean
}

/** What was found out about a file before its rows are taken. */
export type Recognition = {
  readonly format: Format
  /** The worksheet that is read; null in a text file. */
  readonly sheet: string | null
  /** The worksheets that are not read: one with a heading of its own should be shown to the sender. */
  readonly otherSheets: readonly OtherSheet[]
  /** Its columns are those of the sender: `index` is the place in the cells that `readRecords` gives. */
  readonly header: Header
  /** Cells of the rows above the heading, blank ones too, and of the heading itself. */
  readonly titles: readonly (readonly string[])[]
  readonly heading: readonly (readonly string[])[]
  /** About how many data rows there are, from the size of the first ones or what the sheet states; null when it cannot be told. */
  readonly approximateRows: number | null
  /** Where the reasons stand in a file that this program returned; they are left out of all the rest. */
  readonly reasonColumns: readonly number[]
}

const FIRST_ROWS = 256
/** Shared texts read to see the first rows; the first rows of a sheet use the first texts in nearly every file. */
const FIRST_TEXTS = 20_000

/**
 * Finds out what a file is and where its heading stands; in a workbook, the first visible worksheet that has one.
 * `known` says which column names the receiver has, see `findHeader`. Refuses `file.no-header` and all that `detectFormat` refuses.
 */
export async function recognise(path: string, known: (name: string) => boolean): Promise<Recognition> {
  const format = await detectFormat(path)
  const { rows, header, ...found } =
    format.kind === 'xlsx' ? await recogniseBook(path, known) : await recogniseText(path, format, known)
  const reasons = header.columns.filter(column => column.isReason).map(({ index }) => index)
  const reasonColumns = reasons.length === REASON_COLUMNS.length ? reasons : []
  const columns = header.columns.filter(({ index }) => !reasonColumns.includes(index))
  const restore = restorer(format, reasonColumns)
  const cellsOf = (row: SheetRow) => (restore ? restore(row) : row).cells
  return {
    format,
    ...found,
    header: { ...header, columns: columns.map((column, index) => (restore ? { ...column, index } : column)) },
    titles: titleRows(rows.slice(0, header.first), rows[header.first]?.row ?? 1).map(cellsOf),
    heading: rows.slice(header.first, header.last + 1).map(cellsOf),
    reasonColumns,
  }
}

type Found = Pick<Recognition, 'sheet' | 'otherSheets' | 'approximateRows'> & {
  readonly header: Header
  readonly rows: readonly SheetRow[]
}

/** The rows above the heading with the blank ones between them, as far as a reader would keep them. */
function titleRows(rows: readonly SheetRow[], headingRow: number): SheetRow[] {
  const filled: SheetRow[] = []
  const ends = [...rows.slice(1).map(({ row }) => row), headingRow]
  for (const [at, row] of rows.entries()) {
    filled.push(row)
    const blanks = Math.min(10, (ends[at] ?? row.row + 1) - row.row - 1)
    for (let i = 1; i <= blanks; i++) filled.push({ row: row.row + i, cells: [] })
  }
  return filled
}

async function recogniseText(path: string, format: Format, known: (name: string) => boolean): Promise<Found> {
  const rows: SheetRow[] = []
  let isWhole = true
  for await (const chunk of readRows(path, { format, chunkRows: FIRST_ROWS })) {
    rows.push(...chunk.rows)
    isWhole = rows.length < FIRST_ROWS
    if (!isWhole) break
  }
  const header = findHeader(rows, known)
  if (!header) throw noHeader(rows)
  const data = rows.filter(({ row }) => row > header.row)
  const approximateRows = isWhole || format.kind === 'xlsx' ? data.length : await estimateRows(path, format, data)
  return { sheet: null, otherSheets: [], header, rows, approximateRows }
}

/** The file's bytes by the mean size of its first rows, each with a sign between its cells. */
async function estimateRows(
  path: string,
  format: CsvFormat | JsonFormat | NdjsonFormat,
  rows: readonly SheetRow[],
): Promise<number> {
  const names = format.kind === 'csv' ? '' : rows[0]?.cells.map(() => '"name":"",').join('')
  const text = rows.map(({ cells }) => `${cells.join(',')}${names}\n`).join('')
  const bytesPerRow = encodeText(text, format.encoding).length / rows.length
  return Math.round((await stat(path)).size / bytesPerRow)
}

async function recogniseBook(path: string, known: (name: string) => boolean): Promise<Found> {
  try {
    return await recogniseOpened(path, known, FIRST_TEXTS)
  } catch (cause) {
    if (!(cause instanceof Refusal && cause.code === 'xlsx.unreadable')) throw cause
    return await recogniseOpened(path, known)
  }
}

async function recogniseOpened(path: string, known: (name: string) => boolean, texts?: number): Promise<Found> {
  await using book = await openBook(path, defaultLimits, texts)
  let found: { sheet: SheetPart; header: Header; rows: SheetRow[] } | null = null
  const otherSheets: OtherSheet[] = []
  let first: SheetRow[] = []
  for (const sheet of book.sheets) {
    const rows: SheetRow[] = []
    for await (const batch of book.rows(sheet)) {
      rows.push(...batch.slice(0, FIRST_ROWS))
      if (rows.length >= FIRST_ROWS) break
    }
    if (first.length === 0) first = rows
    const header = findHeader(rows, known)
    if (header && !found && !sheet.isHidden) found = { sheet, header, rows }
    else otherSheets.push({ name: sheet.name, isHidden: sheet.isHidden, hasHeader: header !== null, isEmpty: rows.length === 0 })
  }
  if (!found) throw noHeader(first)
  const { sheet, header, rows } = found
  const lastRow = rows.length < FIRST_ROWS ? (rows.at(-1)?.row ?? 0) : await book.lastRow(sheet)
  return {
    sheet: sheet.name,
    header,
    rows,
    otherSheets,
    approximateRows: lastRow === null ? null : Math.max(0, lastRow - header.row),
  }
}

function noHeader(rows: readonly SheetRow[]): Refusal {
  return new Refusal(rows.length === 0 ? 'file.empty' : 'file.no-header', null, {}, 422)
}

/**
 * The data rows of a recognised file, without titles and heading. In a returned file the reasons are left out, and cells that were
 * made safe for a spreadsheet are what they were before.
 */
export async function* readRecords(
  path: string,
  recognition: Recognition,
  options: Omit<ReadOptions, 'format' | 'sheet'> = {},
): AsyncGenerator<RowChunk> {
  const { format, sheet, header, reasonColumns } = recognition
  const restore = restorer(format, reasonColumns)
  let isPastHeader = false
  for await (const chunk of readRows(path, { ...options, format, ...(sheet === null ? {} : { sheet }) })) {
    const rows: SheetRow[] = isPastHeader ? chunk.rows : chunk.rows.filter(({ row }) => row > header.row)
    isPastHeader ||= rows.length > 0
    if (rows.length > 0) yield { rows: restore ? rows.map(restore) : rows }
  }
}

/** What gives a returned row back as the sender had it; null when the file is the sender's own. */
function restorer(format: Format, reasonColumns: readonly number[]): ((row: SheetRow) => SheetRow) | null {
  if (reasonColumns.length === 0) return null
  const isKept = (_: unknown, index: number) => !reasonColumns.includes(index)
  return row => {
    const kept = row.cells.filter(isKept)
    const cells = format.kind === 'csv' ? kept.map(readBack) : kept
    while (cells.length > 0 && cells.at(-1) === '' && format.kind !== 'json' && format.kind !== 'ndjson') cells.pop()
    return row.kinds === undefined ? { ...row, cells } : { ...row, cells, kinds: [...row.kinds].filter(isKept).join('') }
  }
}
