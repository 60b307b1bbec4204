/**
 * One row of a file as text.
 * `row` is the row as the sender's spreadsheet shows it, from 1: blank rows count, a record with line breaks inside quotes is one row;
 * JSON counts its objects, NDJSON its lines. `line` is the line in a text editor, only where it differs.
 */
export type SheetRow = {
  readonly row: number
  /** The cells from the first column on. A row may be shorter than the header; trailing empty cells need not be there. */
  readonly cells: string[]
  readonly line?: number
  /** One letter a cell, see `CellKind`; absent where every cell is text. */
  readonly kinds?: string
  /** Why the row cannot be taken: a refusal code. Its cells then hold what could be read of it, at most its first line. */
  readonly broken?: BrokenRow
  /** Members of a JSON object that the header row does not have. */
  readonly extra?: readonly ExtraCell[]
}

export type ExtraCell = { readonly name: string; readonly text: string; readonly kind: CellKind }

/** What a cell was in the file: text, number, number that Excel has already rounded, day, day with time, boolean, error, formula without result, JSON null, absent JSON member. */
export type CellKind = 's' | 'n' | 'l' | 'd' | 't' | 'b' | 'e' | 'f' | 'z' | '-'

export type BrokenRow =
  | 'row.too-long'
  | 'row.too-many-columns'
  | 'row.quote-unclosed'
  | 'row.quote-misplaced'
  | 'row.character-broken'
  | 'row.json-broken'
  | 'row.not-an-object'
  | 'row.nested-value'
  | 'row.duplicate-key'

/** Rows in the order of the file. Cells may share memory with the chunk they came in: copy what is kept beyond it. */
export type RowChunk = { readonly rows: SheetRow[] }

/** Sizes in UTF-16 units unless named otherwise. Beyond a row limit the row is broken; beyond a file limit the file is refused. */
export type ReadLimits = {
  readonly cell: number
  readonly row: number
  readonly columns: number
  /** A chunk is handed on when its rows hold this much text, even if it has few rows. */
  readonly chunkText: number
  /** Bytes of an XLSX part when unpacked. */
  readonly entryBytes: number
  /** Unpacked bytes for each packed byte, judged beyond 16 MB. */
  readonly entryRatio: number
  readonly entries: number
  /** Bytes of all different texts of an XLSX file, kept in memory. */
  readonly sharedTextBytes: number
  readonly sharedTexts: number
}

export const defaultLimits: ReadLimits = {
  cell: 64 * 1024,
  row: 1024 * 1024,
  columns: 1024,
  chunkText: 4 * 1024 * 1024,
  entryBytes: 2 * 1024 ** 3,
  entryRatio: 200,
  entries: 2000,
  sharedTextBytes: 192 * 1024 * 1024,
  sharedTexts: 8_000_000,
}

/** A broken row with what is known of it. */
export function brokenRow(broken: BrokenRow, row: number, line: number, cells: string[] = []): SheetRow {
  return line === row ? { row, cells, broken } : { row, line, cells, broken }
}

/** True when no cell holds anything. */
export function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '') return false
  return true
}

/** True when the text can be kept and written in every encoding: no U+0000, no half of a surrogate pair. */
export function isWritable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** The letters of a spreadsheet column: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
