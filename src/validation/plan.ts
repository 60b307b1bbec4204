import type { Day } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { Header } from '../files/header.ts'
import type { Source } from '../law/city-model.ts'
import { type ItemEdition, itemOn, type Law } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import { isForCase, ownListOf } from '../law/own-lists.ts'
import { dueOf } from '../legal-clock/due.ts'
import type { TextPlace } from '../subject/resident-numbers.ts'
import { mayHoldText } from './cell.ts'
import { isIdentifying, type PlannedColumns, planColumns } from './plan-columns.ts'
import { type About, type ProhibitedFinder, prohibitedFinder } from './prohibited.ts'
import { compileRule, type RowRule } from './rules.ts'

/*
 * What a file's columns mean under an item's edition and a source's description, compiled once for the whole file.
 */

export type Plan = PlannedColumns & {
  readonly law: Law
  readonly item: ItemEdition
  readonly source: Source
  readonly receivedOn: Day
  readonly constants: readonly (readonly [code: string, value: string])[]
  /** Field codes in canonical order. */
  readonly codes: readonly string[]
  /** A content with all its members, in canonical order and empty (undefined): rows that are copies of it share one shape. */
  readonly blank: Readonly<Record<string, string>>
  readonly required: readonly Field[]
  /** Columns that hold ID numbers: sealed before they are kept. */
  readonly sealed: readonly string[]
  /** Columns of free text and of numbers of papers: ID numbers in them are masked before they are kept. */
  readonly masked: readonly MaskedColumn[]
  readonly rules: readonly RowRule[]
  /** Free-text columns of an item about persons are searched for what must not be kept. */
  readonly searched: readonly string[]
  readonly prohibited: ProhibitedFinder
  readonly width: number
  /** Bodies whose records of this item another publisher's portal dates: their rows name the last day, or wait for it. */
  readonly awaitsEnd: ReadonlySet<string>
  reportDueOn(decidedOn: Day): Day | null
}

export type MaskedColumn = { readonly code: string; readonly where: TextPlace }

export type PlanOptions = {
  readonly law: Law
  readonly source: Source
  readonly header: Header
  readonly receivedOn: Day
  /** An older edition than the one in force on the day of receipt. */
  readonly edition?: ItemEdition
  /** The row is what a case of this platform has decided. */
  readonly isDecidedHere?: boolean
}

/** Compiles the plan. Refuses the whole file: `item.not-in-force`, `file.columns-missing`, and what `planColumns` refuses. */
export function compilePlan({ law, source, header, receivedOn, edition, isDecidedHere = false }: PlanOptions): Verdict<Plan> {
  const item = edition ?? itemOn(law, source.item, receivedOn)
  if (!item) return refused('item.not-in-force', null, { item: source.item, day: receivedOn })
  const prohibited = prohibitedFinder(law.prohibited)
  const about: About = item.subjects.every(kind => kind === 'natural-person') ? 'natural-person' : 'organisation'
  const planned = planColumns(law, item, source, header, prohibited, about)
  if (!planned.ok) return planned
  const required = item.fields.filter(field => field.required && source.constants[field.code] === undefined)
  const missing = required.filter(field => !planned.value.byCode.has(field.code))
  if (missing.length > 0) {
    return refused('file.columns-missing', item.basis[0] ?? null, {
      item: item.name,
      columns: missing.map(field => field.name).join('、'),
    })
  }
  const codes = item.fields.map(field => field.code).sort()
  return granted({
    ...planned.value,
    law,
    item,
    source,
    receivedOn,
    constants: Object.entries(source.constants),
    codes,
    blank: Object.fromEntries(codes.map(code => [code, undefined])) as unknown as Record<string, string>,
    required,
    sealed: item.fields.filter(field => field.type === 'id-number').map(field => field.code),
    masked: maskedColumns(law, item, planned.value.byCode, receivedOn),
    rules: [...item.rules.map(compileRule), ...(isDecidedHere ? [] : entryRule(law, item))],
    searched: about === 'natural-person' ? item.fields.filter(field => field.type === 'text').map(field => field.code) : [],
    prohibited,
    width: Math.max(0, ...header.columns.map(column => column.index + 1)),
    awaitsEnd: mirroredUnits(law, item),
    reportDueOn: remembered(day => dueDay(law, item, day)),
  })
}

/** Principle 6: nobody gets on a list decided here by a row that somebody sends. */
function entryRule(law: Law, item: ItemEdition): RowRule[] {
  const own = ownListOf(law, item)
  if (own === null) return []
  const field = item.roles.decidedOn
  const { name: list, from, basis } = own
  const fault = { field, code: 'list.decided-here', basis, facts: { list, from }, severity: 'error' as const }
  return [content => (isForCase(own, content, content[field] as Day | undefined) ? fault : null)]
}

function maskedColumns(law: Law, item: ItemEdition, byCode: PlannedColumns['byCode'], on: Day): MaskedColumn[] {
  return item.fields
    .filter(field => byCode.has(field.code) && mayHoldText(field, law.codeLists) && !isIdentifying(item, field))
    .map(field => ({ code: field.code, where: { isDocumentNumber: field.type === 'document-number', on } }))
}

function mirroredUnits(law: Law, item: ItemEdition): Set<string> {
  if (item.publication.rule !== 'by-regime') return new Set()
  const isMirrored = (domain: string): boolean => law.mirrors.some(mirror => mirror.domain === domain)
  return new Set([...law.units.values()].filter(unit => unit.domains.some(isMirrored)).map(unit => unit.id))
}

function remembered(fresh: (day: Day) => Day | null): (day: Day) => Day | null {
  const seen = new Map<Day, Day | null>()
  return day => {
    const kept = seen.get(day)
    if (kept !== undefined) return kept
    const made = fresh(day)
    seen.set(day, made)
    return made
  }
}

/** The last day to report (M067: working days from the decision; M068: at least monthly); null beyond the known calendar. */
function dueDay(law: Law, item: ItemEdition, decidedOn: Day): Day | null {
  const clock = item.clocks.report
  const term = 'monthly' in clock ? { count: 1, unit: 'months' as const } : { count: clock.workingDays, unit: 'working' as const }
  const found = dueOf(law.calendar, { from: decidedOn, ...term })
  return 'due' in found ? found.due : null
}
