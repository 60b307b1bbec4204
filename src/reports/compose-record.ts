import type { SubjectCard } from '../archive/cards.ts'
import { knownRecord, type StandingRecord } from '../archive/registrations.ts'
import type { Day } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import { disclose } from '../disclosure/disclose.ts'
import type { DisclosedField, Disclosure, DisclosureContext } from '../disclosure/model.ts'
import { printedValue } from '../disclosure/printed-value.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { type ItemEdition, itemEdition, type Law } from '../law/law.ts'
import { nameKey } from '../subject/name.ts'
import type { Words } from '../words/words.ts'
import type { Issue } from './issue.ts'
import type { ReportField, ReportRecord, StateMark } from './model.ts'

/** What a report is composed from besides its records. */
export type Paper = {
  readonly law: Law
  readonly words: Pick<Words, 'say'>
  readonly card: SubjectCard
  /** Those that were merged into the subject: their records are in the report. */
  readonly merged: readonly Pick<SubjectCard, 'name' | 'uscc'>[]
  readonly issue: Issue
}

/** A record with what has become of it; an archived record is one. */
export type ReportedRecord = StandingRecord

/** A record that the report shows, as it is printed and with what sections, counts and labels turn on. */
export type ShownRecord = {
  readonly recordId: FactId
  readonly item: ItemEdition
  readonly domains: readonly string[]
  readonly provider: string
  readonly receivedOn: Day
  /** The last day it may be shown; null: no end. */
  readonly until: Day | null
  readonly inForce: boolean
  readonly printed: ReportRecord
}

type Shown = Extract<Disclosure, { shown: true }>

/** Asks disclosure about a record and sets it in words; null where it is not disclosed. */
export function showRecord(
  paper: Paper,
  record: ReportedRecord,
  audience: 'public-report' | 'special-report',
  context: DisclosureContext,
): ShownRecord | null {
  const { law, card } = paper
  const { head } = record
  const item = itemEdition(law, `${head.item}@${head.edition}`)
  if (!item) return null
  const known = disclosedRecord(law, item, card.kind, knownRecord(record))
  const answer = disclose(law, known, audience, context)
  if (!answer.shown) return null
  const unit = law.units.get(head.authority)
  const values = new Map(answer.fields.map(field => [field.code, field.value]))
  const provider = (item.roles.providerName ? values.get(item.roles.providerName) : undefined) ?? unit?.name ?? head.authority
  return {
    recordId: record.recordId,
    item,
    domains: unit?.domains ?? [],
    provider,
    receivedOn: head.receivedOn,
    until: answer.until,
    inForce: answer.marks.includes('in-force'),
    printed: {
      title: titleOf(item, values),
      marks: marksOf(paper, item, answer),
      fields: printedFields(paper, item, answer.fields, head.subjectId === card.subjectId),
      ...(answer.comment ? { comment: answer.comment.text } : {}),
      provenance: provenanceOf(paper, item, { provider, verifier: unit?.name ?? provider, on: head.receivedOn }),
    },
  }
}

type From = { readonly provider: string; readonly verifier: string; readonly on: Day }

/** Who reported it; of what its subject declared, who verified it. */
function provenanceOf({ words }: Paper, { nature }: ItemEdition, { provider, verifier, on }: From): string {
  return nature === 'declaration'
    ? words.say('report.provenance-declared', { unit: verifier, on })
    : words.say('report.provenance', { unit: provider, on })
}

function titleOf(item: ItemEdition, values: ReadonlyMap<string, string>): string {
  const number = item.roles.documentNumber
    .map(column => values.get(column) ?? '')
    .filter(Boolean)
    .join(' ')
  return number === '' ? item.report.heading : `${item.report.heading}　${number}`
}

function marksOf({ words, law }: Paper, item: ItemEdition, answer: Shown): StateMark[] {
  const marks: StateMark[] = answer.marks.map(state => ({
    state,
    text:
      (state === 'displayed' || state === 'in-force') && answer.until !== null
        ? words.say(`report.mark-${state}-until`, { until: answer.until })
        : words.say(`report.mark-${state}`),
  }))
  const list = item.list === undefined ? undefined : law.lists.get(item.list)
  if (list?.publisher === 'court') marks.push({ state: 'court', text: words.say('report.mark-court') })
  return marks
}

/**
 * Without the columns that only say whose record it is; the cover says it. A name of its time is kept where the subject has another one now,
 * and so are name and code of one that was merged into it.
 */
function printedFields({ card }: Paper, item: ItemEdition, fields: readonly DisclosedField[], isOwn: boolean): ReportField[] {
  const { roles } = item
  const known = new Set(
    [
      isOwn ? roles.uscc : undefined,
      roles.organisationCode,
      roles.registrationNumber,
      roles.taxNumber,
      roles.institutionNumber,
      roles.category,
    ].filter(Boolean),
  )
  const isNew = ({ code, value }: DisclosedField): boolean =>
    item.nature === 'registration' || (!known.has(code) && (code !== roles.subjectName || nameKey(value) !== nameKey(card.name)))
  const kept = fields.filter(isNew)
  return (kept.length > 0 ? kept : fields).map(({ code, name, value }) => ({
    name,
    value: printedValue(item.fieldByCode.get(code), value),
  }))
}
