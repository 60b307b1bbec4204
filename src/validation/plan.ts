import type { Day } from '../base/day.ts'
import { addMonths } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { Header } from '../files/header.ts'
import { addWorkingDays } from '../law/calendar.ts'
import type { Source } from '../law/city-model.ts'
import { columnOf, headingKey, type ItemEdition, itemOn, type Law } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import type { AmountUnit } from './amount-value.ts'
import { type CellReader, cellReader } from './cell.ts'
import { type ProhibitedFinder, prohibitedFinder } from './prohibited.ts'
import { compileRule, type RowRule } from './rules.ts'

/*
 * What a file's columns mean under an item's edition and a source's description, compiled once for the whole file.
 */

export type PlannedColumn = { readonly index: number; readonly heading: string; readonly field: Field; readonly read: CellReader }

export type Plan = {
  readonly law: Law
  readonly item: ItemEdition
  readonly source: Source
  readonly receivedOn: Day
  readonly columns: readonly PlannedColumn[]
  /** Column code → its column of the file. */
  readonly byCode: ReadonlyMap<string, PlannedColumn>
  readonly constants: Readonly<Record<string, string>>
  /** Field codes in canonical order. */
  readonly codes: readonly string[]
  readonly required: readonly Field[]
  readonly rules: readonly RowRule[]
  readonly operation: number | null
  /** Free-text columns of an item about persons are searched for what must not be kept. */
  readonly searched: readonly string[]
  readonly prohibited: ProhibitedFinder
  /** Headings that the catalogue does not know: said to the sender, never kept. */
  readonly unknown: readonly string[]
  readonly width: number
  reportDueOn(decidedOn: Day): Day | null
}

const OPERATION_HEADINGS = new Set(['操作', '操作类型', '数据操作', '报送类型'].map(headingKey))

export type PlanOptions = {
  readonly law: Law
  readonly source: Source
  readonly header: Header
  readonly receivedOn: Day /** An older edition than the one in force on the day of receipt. */
  readonly edition?: ItemEdition
}

/**
 * Compiles the plan. Refuses the whole file: `item.not-in-force`, `delivery.prohibited-column` (principle 2), `file.columns-missing`,
 * `file.column-twice`.
 */
export function compilePlan({ law, source, header, receivedOn, edition }: PlanOptions): Verdict<Plan> {
  const item = edition ?? itemOn(law, source.item, receivedOn)
  if (!item) return refused('item.not-in-force', null, { item: source.item, day: receivedOn })
  const prohibited = prohibitedFinder(law.prohibited)
  const about = item.subjects.every(kind => kind === 'natural-person') ? 'natural-person' : 'organisation'
  const columns: PlannedColumn[] = []
  const byCode = new Map<string, PlannedColumn>()
  const unknown: string[] = []
  let operation: number | null = null
  for (const column of header.columns) {
    if (column.isReason || column.name.trim() === '') continue
    const code = findCode(item, source, column.name, column.known)
    if (!code && (source.operation === column.name || OPERATION_HEADINGS.has(headingKey(column.name)))) {
      operation = column.index
      continue
    }
    const barred = prohibited.inHeading(column.name, about)
    if (barred) return refused('delivery.prohibited-column', barred.basis[0] ?? null, { column: column.name, kind: barred.name })
    const field = code ? item.fieldByCode.get(code) : undefined
    if (!field) {
      if (!source.ignored.includes(column.name)) unknown.push(column.name)
      continue
    }
    const twin = byCode.get(field.code)
    if (twin && field.type !== 'multi-code-list') return refused('file.column-twice', null, { column: column.name, other: twin.heading })
    const unit = amountUnit(source, field, column.unit ?? header.unit)
    const planned = {
      index: column.index,
      heading: column.name,
      field,
      read: cellReader(field, {
        codeLists: law.codeLists,
        inventedPrefixes: law.city.inventedPrefixes as never,
        unit,
        values: source.values[field.code] ?? {},
      }),
    }
    columns.push(planned)
    if (!twin) byCode.set(field.code, planned)
  }
  const required = item.fields.filter(field => field.required && source.constants[field.code] === undefined)
  const missing = required.filter(field => !byCode.has(field.code))
  if (missing.length > 0)
    return refused('file.columns-missing', item.basis[0] ?? null, {
      item: item.name,
      columns: missing.map(field => field.name).join('、'),
    })
  const due = new Map<Day, Day | null>()
  return granted({
    law,
    item,
    source,
    receivedOn,
    columns,
    byCode,
    constants: source.constants,
    codes: item.fields.map(field => field.code).sort(),
    required,
    rules: item.rules.map(compileRule),
    operation,
    searched: about === 'natural-person' ? item.fields.filter(field => field.type === 'text').map(field => field.code) : [],
    prohibited,
    unknown,
    width: Math.max(0, ...header.columns.map(column => column.index + 1)),
    reportDueOn: decidedOn => {
      const kept = due.get(decidedOn)
      if (kept !== undefined) return kept
      const day = dueDay(law, item, decidedOn)
      due.set(decidedOn, day)
      return day
    },
  })
}

function findCode(item: ItemEdition, source: Source, heading: string, known: string | null): string | undefined {
  return (
    source.columns[heading] ??
    source.columns[heading.trim()] ??
    columnOf(item, heading, source.legacy) ??
    (known ? (source.columns[known] ?? columnOf(item, known, source.legacy)) : undefined)
  )
}

/** True for a heading that the item or the source knows: what finds the header row. */
export function knowsHeading(item: ItemEdition, source: Source): (name: string) => boolean {
  const own = new Set(Object.keys(source.columns).map(headingKey))
  return name => own.has(headingKey(name)) || columnOf(item, name, source.legacy) !== undefined
}

function amountUnit(source: Source, field: Field, heading: AmountUnit | null): AmountUnit | null {
  const described = source.units[field.code]
  if (described) return described === 'wan-yuan' ? '万元' : '元'
  if (heading) return heading
  return field.unit === 'wan-yuan' ? '万元' : field.unit === 'yuan' ? '元' : null
}

/** The last day to report (M067: working days from the decision; M068: at least monthly); null beyond the known calendar. */
function dueDay(law: Law, item: ItemEdition, decidedOn: Day): Day | null {
  const clock = item.clocks.report
  if ('monthly' in clock) return addMonths(decidedOn, 1)
  const day = addWorkingDays(law.calendar, decidedOn, clock.workingDays)
  return typeof day === 'string' ? day : null
}
