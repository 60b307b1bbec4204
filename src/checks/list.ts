import { createHash } from 'node:crypto'
import { Refusal } from '../base/refusal.ts'
import { detectFormat, type Format } from '../files/format.ts'
import { normalHeading } from '../files/header.ts'
import { readRows } from '../files/read.ts'
import type { SheetRow } from '../files/rows.ts'
import type { InventedPrefixes } from '../subject/division.ts'
import { readAsked } from './asked.ts'

export const LINES_AT_MOST = 100_000
const LINES_A_CHUNK = 500
const ROWS_LOOKED_AT = 50

/** One line of a list: where it stands in it, and what is asked for. */
export type AskedLine = { readonly line: number; readonly asked: string }

/** A list of subjects to check, counted before the first is looked up. It can be gone through more than once. */
export type AskedList = {
  readonly lines: number
  /** SHA-256 over its lines, each ended by a line feed: what the receipts of a batch are about. */
  readonly digest: string
  chunks(): AsyncGenerator<AskedLine[]>
}

const CODE_HEADINGS = new Set(
  [
    '统一社会信用代码',
    '社会信用代码',
    '统一代码',
    '信用代码',
    '代码',
    '机构代码',
    '组织机构代码',
    '注册号',
    '工商注册号',
    '纳税人识别号',
    'uscc',
    'code',
  ].map(normalHeading),
)
const NAME_HEADINGS = new Set(
  [
    '主体名称',
    '名称',
    '企业名称',
    '单位名称',
    '公司名称',
    '机构名称',
    '行政相对人名称',
    '相对人名称',
    '投标人',
    '供应商',
    '供应商名称',
    '申请人',
    'name',
    'subject',
  ].map(normalHeading),
)

/** The list of pasted or sent texts, one subject each; blank ones are left out but counted as lines. Refuses `check.no-lines`, `check.too-many-lines`. */
export async function listOfTexts(texts: readonly string[]): Promise<AskedList> {
  return await counted(async function* () {
    for (let from = 0; from < texts.length; from += LINES_A_CHUNK) {
      const piece = texts.slice(from, from + LINES_A_CHUNK)
      yield piece.flatMap((asked, i) => (asked.trim() === '' ? [] : [{ line: from + i + 1, asked: asked.trim() }]))
    }
  })
}

/**
 * The list of a CSV, XLSX, JSON or NDJSON file: the column of codes or names is known by its heading, and without one by its contents. A
 * line with both is asked for by its code. Refuses what is no table (`file.*`), `check.no-column`, `check.no-lines`, `check.too-many-lines`.
 */
export async function listOfFile(path: string, invented: InventedPrefixes = []): Promise<AskedList> {
  const format = await detectFormat(path)
  const columns = await findColumns(path, format, invented)
  return await counted(() => fileChunks(path, format, columns))
}

async function counted(chunks: () => AsyncGenerator<AskedLine[]>): Promise<AskedList> {
  const digest = createHash('sha256')
  let lines = 0
  for await (const chunk of chunks()) {
    lines += chunk.length
    if (lines > LINES_AT_MOST) throw new Refusal('check.too-many-lines', null, { limit: LINES_AT_MOST }, 413)
    for (const { asked } of chunk) digest.update(`${asked}\n`)
  }
  if (lines === 0) throw new Refusal('check.no-lines', null, {}, 422)
  return { lines, digest: digest.digest('hex'), chunks }
}

/** Columns from 0; `after` is the row of the heading, 0 where the file has none. */
type Columns = { readonly code: number | null; readonly name: number | null; readonly after: number }

async function findColumns(path: string, format: Format, invented: InventedPrefixes): Promise<Columns> {
  const first: SheetRow[] = []
  for await (const { rows } of readRows(path, { format, chunkRows: ROWS_LOOKED_AT })) {
    first.push(...rows)
    break
  }
  for (const { row, cells } of first) {
    const headings = cells.map(normalHeading)
    const [code, name] = [headings.findIndex(one => CODE_HEADINGS.has(one)), headings.findIndex(one => NAME_HEADINGS.has(one))]
    if (code >= 0 || name >= 0) return { code: code < 0 ? null : code, name: name < 0 ? null : name, after: row }
  }
  const code = fullest(first, cell => isCode(cell, invented))
  const name = fullest(first, cell => /\p{Script=Han}.*\p{Script=Han}.*\p{Script=Han}/u.test(cell))
  if (code === null && name === null) throw new Refusal('check.no-column', null, {}, 422)
  return { code, name: code === null ? name : null, after: 0 }
}

function isCode(cell: string, invented: InventedPrefixes): boolean {
  const asked = readAsked(cell, invented)
  return asked.ok && asked.value.by !== 'name'
}

/** The column in which most cells are of a kind; null when none is. */
function fullest(rows: readonly SheetRow[], isOfKind: (cell: string) => boolean): number | null {
  const counts: number[] = []
  for (const { cells } of rows)
    for (const [column, cell] of cells.entries()) if (cell !== '' && isOfKind(cell)) counts[column] = (counts[column] ?? 0) + 1
  let best: number | null = null
  counts.forEach((count, column) => {
    if (best === null || count > (counts[best] ?? 0)) best = column
  })
  return best
}

async function* fileChunks(path: string, format: Format, columns: Columns): AsyncGenerator<AskedLine[]> {
  for await (const { rows } of readRows(path, { format, chunkRows: LINES_A_CHUNK })) {
    const lines = rows.flatMap(({ row, cells }) => {
      if (row <= columns.after) return []
      const of = (column: number | null): string => (column === null ? '' : (cells[column]?.trim() ?? ''))
      return [{ line: row, asked: of(columns.code) || of(columns.name) }]
    })
    if (lines.length > 0) yield lines
  }
}
