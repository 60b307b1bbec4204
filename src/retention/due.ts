import type { ArchivedRecord } from '../archive/model.ts'
import { addDays, addMonths, type Day, legalDay } from '../base/day.ts'
import { effectPeriod } from '../disclosure/period.ts'
import { disclosedRecord, NOTHING_SINCE } from '../disclosure/record.ts'
import { itemEdition, type Law } from '../law/law.ts'
import type { SubjectKind } from '../subject/kind.ts'

/** Rules by which a record without an end of its own counts from its decision; under the others it is in force until somebody ends it. */
const ENDS_WITH_DECISION: ReadonlySet<string> = new Set(['never', 'by-regime', 'fixed'])

export type Dated = {
  readonly record: ArchivedRecord
  readonly subjectKind: SubjectKind
  /** When the annulment became known; null for a record that stands. */
  readonly annulledAt: Date | null
}

/**
 * The first day on which the content of a record may go: the item's years after the record's end, or after its annulment. Null while it is
 * in force, and where the item is kept as long as the subject stands.
 */
export function dueDay(law: Law, zone: string, { record, subjectKind, annulledAt }: Dated): Day | null {
  const { head } = record
  const item = itemEdition(law, `${head.item}@${head.edition}`)
  const years = item?.retention.years ?? null
  if (!item || years === null) return null
  const end = annulledAt ? legalDay(annulledAt, zone) : endOf(law, item, record, subjectKind)
  return end === null ? null : addDays(addMonths(later(end, head.decidedOn), years * 12), 1)
}

const later = (a: Day, b: Day): Day => (a < b ? b : a)

function endOf(
  law: Law,
  item: NonNullable<ReturnType<typeof itemEdition>>,
  { head }: ArchivedRecord,
  subjectKind: SubjectKind,
): Day | null {
  const { content, decidedOn, authority } = head
  const facts = disclosedRecord(law, item, subjectKind, {
    content,
    decidedOn,
    authority,
    ...NOTHING_SINCE,
  })
  const { until } = effectPeriod(item, facts)
  return until ?? (ENDS_WITH_DECISION.has(item.publication.rule) ? decidedOn : null)
}

/** The fewest years for which the catalogue keeps anything: what was decided later cannot be due. */
export function fewestYears(law: Law): number | null {
  const years = [...law.itemEditions.values()].flatMap(({ retention }) => retention.years ?? [])
  return years.length === 0 ? null : Math.min(...years)
}
