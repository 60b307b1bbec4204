import type { JsonFormat, NdjsonFormat } from './format.ts'
import { REASON_COLUMNS } from './header.ts'
import type { CellKind, SheetRow } from './rows.ts'
import { encodeText } from './text.ts'

export type ObjectToWrite = { readonly row: SheetRow; readonly reasons: readonly [string, string] }

const BATCH_UNITS = 64 * 1024
/** The member under which a line that is no JSON comes back. */
const RAW_MEMBER = '原文'

/** Rows as the JSON they came as, numbers with the digits they had, the reasons as two more members. Memory: one batch. */
export async function* writeJson(
  format: JsonFormat | NdjsonFormat,
  names: readonly string[],
  rows: Iterable<ObjectToWrite> | AsyncIterable<ObjectToWrite>,
): AsyncGenerator<Buffer> {
  const isLines = format.kind === 'ndjson'
  const wrapper = isLines || format.member === null ? '' : `{${JSON.stringify(format.member)}:`
  let text = `${format.hasMark ? '\ufeff' : ''}${isLines ? '' : `${wrapper}[`}`
  let isFirst = true
  for await (const row of rows) {
    if (!isLines) text += isFirst ? '\n' : ',\n'
    text += isLines ? `${objectText(names, row)}\n` : objectText(names, row)
    isFirst = false
    if (text.length < BATCH_UNITS) continue
    yield encodeText(text, format.encoding)
    text = ''
  }
  text += isLines ? '' : `\n]${wrapper === '' ? '' : '}'}\n`
  if (text !== '') yield encodeText(text, format.encoding)
}

function objectText(names: readonly string[], { row, reasons }: ObjectToWrite): string {
  const members = row.broken && row.cells.length === 1 ? rawMembers(row.cells[0] ?? '') : cellMembers(names, row)
  for (const [index, name] of REASON_COLUMNS.entries())
    members.push(`${JSON.stringify(name)}:${JSON.stringify(reasons[index] ?? '')}`)
  return `{${members.join(',')}}`
}

function cellMembers(names: readonly string[], { cells, kinds, extra }: SheetRow): string[] {
  const members: string[] = []
  for (const [index, name] of names.entries()) {
    const kind = kinds?.[index] ?? 's'
    if (kind !== '-' && !isReason(name)) members.push(`${JSON.stringify(name)}:${valueText(cells[index] ?? '', kind)}`)
  }
  for (const { name, text, kind } of extra ?? []) {
    if (!isReason(name)) members.push(`${JSON.stringify(name)}:${valueText(text, kind)}`)
  }
  return members
}

function isReason(name: string): boolean {
  return REASON_COLUMNS.some(reason => reason === name)
}

function valueText(text: string, kind: CellKind | string): string {
  if (kind === 'n' || kind === 'b') return text
  return kind === 'z' ? 'null' : JSON.stringify(text)
}

/** The members of an object that could not be read as a row, as they were written, if it is JSON at all. */
function rawMembers(raw: string): string[] {
  const object = raw.trim()
  if (isObject(object) && !/"(?:未通过原因|怎样修改)"/.test(object)) {
    const inner = object
      .slice(1, -1)
      .trim()
      .replace(/\s*\n\s*/g, ' ')
    return inner === '' ? [] : [inner]
  }
  return [`${JSON.stringify(RAW_MEMBER)}:${JSON.stringify(raw)}`]
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
