import { Refusal } from '../base/refusal.ts'
import { CsvScanner } from './csv.ts'
import type { CsvFormat, Format, JsonFormat, NdjsonFormat } from './format.ts'
import { JsonScanner } from './json.ts'
import { defaultLimits, type ReadLimits, type RowChunk, type SheetRow } from './rows.ts'
import { decodeFile } from './text.ts'
import { readSharedTexts, SharedTexts } from './xlsx/shared-texts.ts'
import { SheetScanner } from './xlsx/sheet.ts'
import { readWorkbook, type SheetPart, type Workbook } from './xlsx/workbook.ts'
import { openPackage, type ZipPackage } from './xlsx/zip.ts'

export type ReadOptions = {
  readonly format: Format
  /** The worksheet of an XLSX file; without it the first visible one. */
  readonly sheet?: string
  /** Rows in a chunk, 4096 unless said otherwise. */
  readonly chunkRows?: number
  readonly limits?: Partial<ReadLimits>
}

/**
 * The rows of a file as text, in its order, a chunk at a time; blank rows are left out but counted. Memory does not grow with the file,
 * but for the shared texts of an XLSX. What is wrong with one row is said in its `broken`; a file that cannot be read on is refused
 * (`file.*`, `xlsx.*`, `json.*`), possibly after rows were handed out.
 */
export async function* readRows(path: string, options: ReadOptions): AsyncGenerator<RowChunk> {
  const limits = { ...defaultLimits, ...options.limits }
  const rows = options.format.kind === 'xlsx' ? sheetRows(path, options.sheet, limits) : textRows(path, options.format, limits)
  yield* inChunks(rows, options.chunkRows ?? 4096, limits.chunkText)
}

async function* inChunks(batches: AsyncIterable<SheetRow[]>, chunkRows: number, chunkText: number): AsyncGenerator<RowChunk> {
  let rows: SheetRow[] = []
  let text = 0
  for await (const batch of batches) {
    for (const row of batch) {
      rows.push(row)
      for (const cell of row.cells) text += cell.length
      if (rows.length < chunkRows && text < chunkText) continue
      yield { rows }
      rows = []
      text = 0
    }
  }
  if (rows.length > 0) yield { rows }
}

async function* textRows(
  path: string,
  format: CsvFormat | JsonFormat | NdjsonFormat,
  limits: ReadLimits,
): AsyncGenerator<SheetRow[]> {
  const scanner = format.kind === 'csv' ? csvFeed(format, limits) : new JsonScanner(format.kind, limits)
  for await (const piece of decodeFile(path, format.encoding)) {
    const rows: SheetRow[] = []
    scanner.push(piece, rows)
    if (rows.length > 0) yield rows
  }
  const rows: SheetRow[] = []
  scanner.push(null, rows)
  if (rows.length > 0) yield rows
}

function csvFeed(format: CsvFormat, limits: ReadLimits): { push(piece: string | null, rows: SheetRow[]): void } {
  const scanner = new CsvScanner(format.delimiter, limits)
  let awaitsSepLine = format.hasSepLine
  return {
    push(piece, rows) {
      let text = piece ?? ''
      if (awaitsSepLine) {
        awaitsSepLine = false
        scanner.skipLine()
        text = text.replace(/^sep=.\r?\n/i, '')
      }
      scanner.push(text, piece === null, rows)
    },
  }
}

async function* sheetRows(path: string, name: string | undefined, limits: ReadLimits): AsyncGenerator<SheetRow[]> {
  await using book = await openBook(path, limits)
  const sheet = book.sheets.find(candidate => (name === undefined ? !candidate.isHidden : candidate.name === name))
  if (!sheet) throw new Refusal('xlsx.sheet-missing', null, { sheet: name }, 422)
  yield* book.rows(sheet)
}

export type OpenBook = AsyncDisposable & {
  readonly sheets: readonly SheetPart[]
  /** The rows of a sheet, as many as each piece of its markup holds. */
  rows(sheet: SheetPart): AsyncGenerator<SheetRow[]>
  /** The last row as the sheet itself states it; null when it does not. */
  lastRow(sheet: SheetPart): Promise<number | null>
}

/**
 * Opens an XLSX file with its shared texts and styles; dispose of it when done. With `texts`, only so many shared texts are read:
 * enough for the first rows of most files, and `xlsx.unreadable` where it was not.
 */
export async function openBook(path: string, limits: ReadLimits = defaultLimits, texts?: number): Promise<OpenBook> {
  const zip = await openPackage(path, limits)
  try {
    const workbook = await readWorkbook(zip)
    const shared = workbook.sharedTexts ? await readSharedTexts(zip, workbook.sharedTexts, limits, texts) : new SharedTexts()
    return {
      sheets: workbook.sheets,
      rows: sheet => scanSheet(zip, sheet, { ...workbook, texts: shared, limits }),
      lastRow: sheet => findLastRow(zip, sheet),
      [Symbol.asyncDispose]: async () => zip.close(),
    }
  } catch (cause) {
    zip.close()
    throw cause
  }
}

async function findLastRow(zip: ZipPackage, sheet: SheetPart): Promise<number | null> {
  for await (const piece of zip.read(sheet.part)) {
    const found = /<(?:[\w.-]+:)?dimension\s+ref="[A-Z]+\d+:[A-Z]+(\d+)"/.exec(piece.toString('latin1', 0, 8192))
    return found ? Number(found[1]) : null
  }
  return null
}

type Scanned = Workbook & { texts: SharedTexts; limits: ReadLimits }

async function* scanSheet(zip: ZipPackage, sheet: SheetPart, book: Scanned): AsyncGenerator<SheetRow[]> {
  const scanner = new SheetScanner(book)
  for await (const piece of zip.read(sheet.part)) {
    const rows: SheetRow[] = []
    scanner.push(piece, rows)
    if (rows.length > 0) yield rows
  }
  scanner.finish()
}
