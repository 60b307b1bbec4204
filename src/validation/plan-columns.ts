import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { Header, HeaderColumn } from '../files/header.ts'
import type { Source } from '../law/city-model.ts'
import { columnOf, headingKey, type ItemEdition, type Law } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import type { AmountUnit } from './amount-value.ts'
import { type CellReader, cellReader, unlessPersonNumber } from './cell.ts'
import type { About, ProhibitedFinder } from './prohibited.ts'

export type PlannedColumn = { readonly index: number; readonly heading: string; readonly field: Field; readonly read: CellReader }

export type PlannedColumns = {
  readonly columns: readonly PlannedColumn[]
  /** Column code → its (first) column of the file. */
  readonly byCode: ReadonlyMap<string, PlannedColumn>
  readonly operation: number | null
  /** Headings that the catalogue does not know: said to the sender, never kept. */
  readonly unknown: readonly string[]
}

const OPERATION_HEADINGS = new Set(['操作', '操作类型', '数据操作', '报送类型'].map(headingKey))

type Meaning =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'operation' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nothing' }

/** What each column of a heading means. Refuses `delivery.prohibited-column` (principle 2) and `file.column-twice`. */
export function planColumns(
  law: Law,
  item: ItemEdition,
  source: Source,
  header: Header,
  prohibited: ProhibitedFinder,
  about: About,
): Verdict<PlannedColumns> {
  const columns: PlannedColumn[] = []
  const byCode = new Map<string, PlannedColumn>()
  const unknown: string[] = []
  let operation: number | null = null
  for (const column of header.columns) {
    const meaning = meaningOf(item, source, column)
    if (meaning.kind === 'operation') operation = column.index
    if (meaning.kind === 'operation' || meaning.kind === 'nothing') continue
    const barred = prohibited.inHeading(column.name, about)
    if (barred) return refused('delivery.prohibited-column', barred.basis[0] ?? null, { column: column.name, kind: barred.name })
    if (meaning.kind === 'unknown') {
      if (!source.ignored.includes(column.name)) unknown.push(column.name)
      continue
    }
    const { field } = meaning
    const twin = byCode.get(field.code)
    if (twin && field.type !== 'multi-code-list')
      return refused('file.column-twice', null, { column: column.name, other: twin.heading })
    const planned = {
      index: column.index,
      heading: maskResidentNumbers(column.name),
      field,
      read: readerOf(law, source, item, field, amountUnit(source, field, column, header.unit)),
    }
    columns.push(planned)
    if (!twin) byCode.set(field.code, planned)
  }
  return granted({ columns, byCode, operation, unknown })
}

function meaningOf(item: ItemEdition, source: Source, column: HeaderColumn): Meaning {
  if (column.isReason || column.name.trim() === '') return { kind: 'nothing' }
  const code = findCode(item, source, column.name, column.known)
  if (!code && (source.operation === column.name || OPERATION_HEADINGS.has(headingKey(column.name)))) return { kind: 'operation' }
  const field = code ? item.fieldByCode.get(code) : undefined
  return field ? { kind: 'field', field } : { kind: 'unknown' }
}

function findCode(item: ItemEdition, source: Source, heading: string, known: string | null): string | undefined {
  const named = source.columns[heading] ?? source.columns[heading.trim()] ?? columnOf(item, heading, source.legacy)
  if (named !== undefined || !known) return named
  return source.columns[known] ?? columnOf(item, known, source.legacy)
}

/** True for a column by which a subject is found or told apart: an ID number in it cannot be masked, for what is left would be a key. */
export function isIdentifying({ roles }: ItemEdition, { code, type }: Field): boolean {
  return code === roles.subjectName || code === roles.institutionNumber || type === 'registration-number' || type === 'tax-number'
}

function readerOf(law: Law, source: Source, item: ItemEdition, field: Field, unit: AmountUnit | null): CellReader {
  const read = cellReader(field, {
    codeLists: law.codeLists,
    inventedPrefixes: law.city.inventedPrefixes as never,
    unit,
    values: source.values[field.code] ?? {},
  })
  // A decimal may have as many digits as an ID number, and three stars are no decimal.
  return isIdentifying(item, field) || field.type === 'decimal' ? unlessPersonNumber(read) : read
}

/**
 * The source's description wins, then the heading, then the catalogue; a suffix in the cell wins over all of them. A source describes its own
 * headings: one of the catalogue's that names its unit, as our template does, means what it says.
 */
function amountUnit(source: Source, field: Field, column: HeaderColumn, table: AmountUnit | null): AmountUnit | null {
  const described = source.units[field.code]
  const isOwn = [column.name, column.name.trim(), column.known ?? ''].some(name => name in source.columns)
  if (described && (isOwn || column.unit === null)) return described === 'wan-yuan' ? '万元' : '元'
  return column.unit ?? table ?? (field.unit === 'wan-yuan' ? '万元' : field.unit === 'yuan' ? '元' : null)
}

/** True for a heading that the item or the source knows: what finds the header row. */
export function knowsHeading(item: ItemEdition, source: Source): (name: string) => boolean {
  const own = new Set(Object.keys(source.columns).map(headingKey))
  return name => own.has(headingKey(name)) || columnOf(item, name, source.legacy) !== undefined
}
