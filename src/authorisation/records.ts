import type { App } from '../app.ts'
import { knownRecord, type StandingRecord } from '../archive/registrations.ts'
import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { disclose } from '../disclosure/disclose.ts'
import type { StateMark, SubjectComment } from '../disclosure/model.ts'
import { printedValue } from '../disclosure/printed-value.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { itemEdition } from '../law/law.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { Authorisation } from './model.ts'

export type AuthorisedRecord = {
  readonly recordId: FactId
  readonly itemName: string
  readonly heading: string
  readonly authorityName: string
  readonly documentNo: string
  readonly decidedOn: Day
  readonly until: Day | null
  readonly marks: readonly StateMark[]
  readonly comment: SubjectComment | null
  readonly fields: readonly { readonly code: string; readonly name: string; readonly value: string }[]
}

export type RecordQuestion = {
  readonly authorisation: Authorisation
  readonly day: Day
  readonly kindOf: (subjectId: SubjectId) => SubjectKind
  readonly records: readonly StandingRecord[]
  readonly classes: readonly string[]
}

/** Records as the one function of disclosure gives them to the receiver, under the classes asked for, in the law's order. */
export function authorisedRecords(app: App, question: RecordQuestion): { id: string; records: AuthorisedRecord[] }[] {
  const { law } = app
  return question.classes.map(id => {
    const granted = new Set(law.authorisableClasses.get(id)?.items)
    return { id, records: question.records.flatMap(record => recordFor(app, question, granted, record) ?? []) }
  })
}

function recordFor(
  { law }: App,
  { authorisation, day, kindOf }: RecordQuestion,
  granted: ReadonlySet<string>,
  record: StandingRecord,
): AuthorisedRecord | null {
  const { head } = record
  const item = itemEdition(law, `${head.item}@${head.edition}`)
  if (!item) return null
  const known = disclosedRecord(law, item, kindOf(head.subjectId), knownRecord(record))
  const answer = disclose(law, known, 'receiver', { day, purpose: authorisation.purpose, authorised: true, granted })
  if (!answer.shown) return null
  const shown = (code: string | undefined): string | undefined => answer.fields.find(field => field.code === code)?.value
  return {
    recordId: record.recordId,
    itemName: item.name,
    heading: item.report.heading,
    authorityName: shown(item.roles.authorityName) ?? law.units.get(head.authority)?.name ?? head.authority,
    documentNo: item.roles.documentNumber.flatMap(column => shown(column) ?? []).join(' '),
    decidedOn: head.decidedOn,
    until: answer.until,
    marks: answer.marks,
    comment: answer.comment,
    fields: answer.fields.map(({ code, name, value }) => ({
      code,
      name,
      value: printedValue(item.fieldByCode.get(code), value),
    })),
  }
}
