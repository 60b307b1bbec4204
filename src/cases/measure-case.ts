import { addMonths, type Day, isDay } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import type { ItemEditionId, Law } from '../law/law.ts'
import type { Measure } from '../law/measure-model.ts'
import type { Filled, RecordFacts } from './model.ts'

/*
 * What the register of measures says of the measure that a case is about, and of the record that it rests on. Pure: conditions, terms, effects and
 * letters ask the same functions, so that none of them says something else.
 */

export type MeasureRef = { readonly recordId: FactId; readonly measureId: string }

/** A record and a row of the register; of one record there is one number. */
export const MEASURE_REF = /^([1-9]\d{0,15}):([a-z0-9-]{1,40})$/

/** How a case names what it is about: one record, one measure of the register. */
export const measureRef = (recordId: number, measureId: string): string => `${recordId}:${measureId}`

/** The same taken apart; null where it is none. */
export function readMeasureRef(aboutRef: string | null): MeasureRef | null {
  const found = MEASURE_REF.exec(aboutRef ?? '')
  return found ? { recordId: Number(found[1]) as FactId, measureId: found[2] ?? '' } : null
}

/** The row of the register; null where the law has none of this id. */
export function measureOf({ measures }: Pick<Law, 'measures'>, aboutRef: string | null): Measure | null {
  return measures.get(readMeasureRef(aboutRef)?.measureId ?? '') ?? null
}

export type MeasureTrigger = {
  /** As a field holds it: those of two measures may bear one name. */
  readonly id: string
  readonly list: string | null
  readonly said: string
}

/** The lists and decisions that bring a measure about, as its statute names them. */
export function triggersOf({ lists }: Pick<Law, 'lists'>, { id, trigger }: Measure): MeasureTrigger[] {
  return [
    ...trigger.lists.map(list => ({ id: `${id}:list-${list}`, list, said: lists.get(list)?.name ?? list })),
    ...trigger.decisions.map((said, index) => ({ id: `${id}:decision-${index + 1}`, list: null, said })),
  ]
}

/** The list that a record is an entry of; null: it is another decision. */
export function listOfRecord(law: Pick<Law, 'itemEditions' | 'lists'>, { item, edition }: Pick<RecordFacts, 'item' | 'edition'>) {
  const found = law.itemEditions.get(`${item}@${edition}` as ItemEditionId)
  return found?.list === undefined ? null : (law.lists.get(found.list) ?? null)
}

/** Whether a record is something that somebody decided: a penalty, a judgment, an adjudication. */
export function isDecision(law: Pick<Law, 'itemEditions'>, { item, edition }: Pick<RecordFacts, 'item' | 'edition'>): boolean {
  const nature = law.itemEditions.get(`${item}@${edition}` as ItemEditionId)?.nature
  return nature === 'decision' || nature === 'judgment'
}

/** The last day of a list entry, as the record itself says it; null: it says none, or is no entry. */
function entryEnd(law: Pick<Law, 'itemEditions' | 'lists'>, record: RecordFacts): Day | null {
  if (!listOfRecord(law, record)) return null
  const roles = law.itemEditions.get(`${record.item}@${record.edition}` as ItemEditionId)?.roles
  const said = [roles?.validUntil, roles?.shownUntil].map(code => record.content[code ?? ''] ?? '')
  return said.find(isDay) ?? null
}

/** Between which days a measure may end, where the statute counts months: from the decision on which it rests, never beyond the list entry. */
export type LastDays = { readonly earliest: Day; readonly latest: Day }

export function lastDaysOf(law: Pick<Law, 'itemEditions' | 'lists'>, { term }: Measure, record: RecordFacts): LastDays | null {
  if (term === null) return null
  const end = entryEnd(law, record)
  const capped = (on: Day): Day => (end !== null && end < on ? end : on)
  const after = (months: number): Day => capped(addMonths(record.decidedOn, months))
  if ('months' in term) return { earliest: after(term.months.atLeast), latest: after(term.months.atMost) }
  if ('lookBackMonths' in term) return { earliest: after(term.lookBackMonths), latest: after(term.lookBackMonths) }
  return null
}

/** The end that a measure was given. `on` of an event: the day on which the list entry ends, where it says one. */
export type MeasureEnd =
  | { readonly kind: 'day'; readonly on: Day }
  | { readonly kind: 'event'; readonly event: string; readonly on: Day | null }
  | { readonly kind: 'life'; readonly on: null }

/** The end as it was filled in; null where the statute gives none such. Where it leaves one day alone, that day. */
export function endOf(
  law: Pick<Law, 'itemEditions' | 'lists'>,
  measure: Measure,
  record: RecordFacts,
  filled: Filled,
): MeasureEnd | null {
  const { term } = measure
  if (term === null) return null
  if (filled['ends'] === 'event' && 'until' in term) return { kind: 'event', event: term.until, on: entryEnd(law, record) }
  if (filled['ends'] === 'life' && ('life' in term || ('months' in term && term.orLife === true)))
    return { kind: 'life', on: null }
  const days = filled['ends'] === 'day' ? lastDaysOf(law, measure, record) : null
  if (days === null) return null
  if (days.earliest === days.latest) return { kind: 'day', on: days.latest }
  const until = filled['until'] ?? ''
  return isDay(until) && until >= days.earliest && until <= days.latest ? { kind: 'day', on: until } : null
}

/** The last day that any end of it could have; null: the statute names no day, and the entry neither. */
export function latestEnd(law: Pick<Law, 'itemEditions' | 'lists'>, measure: Measure, record: RecordFacts): Day | null {
  const { term } = measure
  if (term !== null && ('life' in term || ('months' in term && term.orLife === true))) return null
  return lastDaysOf(law, measure, record)?.latest ?? entryEnd(law, record)
}
