import type { App } from '../app.ts'
import { granted, refused } from '../base/refusal.ts'
import { printedValue } from '../disclosure/printed-value.ts'
import { type ItemEdition, itemEdition, type Law } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import { CORRECTED } from '../law/procedure-words.ts'
import type { Guard } from './guards.ts'
import type { RecordFacts } from './model.ts'
import type { ActView } from './shapes.ts'

/*
 * What an officer says a record should say: lines of column, what it says now, what it should say, set apart by tabs. The old value goes with the new
 * one, so that nothing is corrected that has changed meanwhile and a letter can name both.
 */

export type ChangedValue = { readonly code: string; readonly from: string; readonly to: string }

/** The longest list of a column's values that a form offers whole. */
const MOST_CHOICES = 60

/** Columns that say whose record it is, which document it is and who decided and sent it: with another of these it would be another record. */
function namesTheRecord({ roles }: ItemEdition): ReadonlySet<string | undefined> {
  return new Set([
    ...[roles.subjectName, roles.formerName, roles.uscc, roles.organisationCode, roles.registrationNumber, roles.taxNumber],
    ...[roles.institutionNumber, roles.category, roles.idType, roles.idNumber, roles.birth],
    ...[roles.authorityName, roles.authorityCode, roles.providerName, roles.providerCode, ...roles.documentNumber],
  ])
}

const itemOf = (law: Law, { item, edition }: RecordFacts): ItemEdition | undefined => itemEdition(law, `${item}@${edition}`)

const NUMBERS_OF_SUBJECTS: ReadonlySet<Field['type']> = new Set([
  ...(['uscc', 'organisation-code', 'registration-number', 'tax-number', 'id-number'] as const),
])

/** Columns of a record that may be corrected, in the order of its item. */
function correctable(law: Law, record: RecordFacts): Field[] {
  const item = itemOf(law, record)
  if (!item) return []
  const barred = namesTheRecord(item)
  return item.fields.filter(field => !barred.has(field.code) && !NUMBERS_OF_SUBJECTS.has(field.type))
}

/** A value on one line, as it is read and compared. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const saysNow = (field: Field, { content }: RecordFacts): string =>
  oneLine(printedValue(field, content[field.code] ?? '').replace(/^sealed:.*$/s, ''))

/** What the form offers: each column with what it says now. */
export function correctableValues(law: Law, record: RecordFacts): ActView['fields'][number]['values'] {
  return correctable(law, record).map(field => {
    const list = field.type === 'code-list' && field.list ? law.codeLists.get(field.list) : undefined
    const choices = list && !list.openEnded && list.values.length <= MOST_CHOICES ? list.values.map(one => one.text) : []
    const isLong = field.type === 'text' && (field.length ?? Number.POSITIVE_INFINITY) > 100
    return { code: field.code, name: field.name, now: saysNow(field, record), isLong, choices }
  })
}

/** The lines of such a field; what is no such line is left out. */
export function readChanges(text: string | undefined): ChangedValue[] {
  return (text ?? '').split(/\r?\n/).flatMap(line => {
    const [code = '', from, to = ''] = line.split('\t').map(oneLine)
    return code === '' || from === undefined ? [] : [{ code, from, to }]
  })
}

/** The same as sentences, one a column. */
export function saidChanges(app: Pick<App, 'law' | 'words'>, record: RecordFacts | null, text: string): string[] {
  const item = record ? itemOf(app.law, record) : undefined
  const nothing = app.words.say('case.value-none')
  return readChanges(text).map(({ code, from, to }) =>
    app.words.say('case.value-changed', {
      name: item?.fieldByCode.get(code)?.name ?? code,
      from: from === '' ? nothing : from,
      to: to === '' ? nothing : to,
    }),
  )
}

/**
 * The record still says what it said when the correction was proposed, and is told something else than it says, in columns that may be corrected.
 * Refuses `correction.column-fixed`, `correction.overtaken`, `correction.nothing`.
 */
export const correctionCurrent: Guard = ({ law, record, filled }, basis) => {
  if (!record) return refused('case.record-unknown', basis)
  const changes = readChanges(filled[CORRECTED])
  const columns = new Map(correctable(law, record).map(field => [field.code, field]))
  for (const { code, from } of changes) {
    const field = columns.get(code)
    if (!field) return refused('correction.column-fixed', basis, { column: code })
    if (saysNow(field, record) !== from) return refused('correction.overtaken', basis, { column: field.name })
  }
  if (!changes.some(({ from, to }) => from !== to)) return refused('correction.nothing', basis)
  return granted(true as const)
}
