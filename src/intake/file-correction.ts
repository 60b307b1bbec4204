import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Content } from '../archive/model.ts'
import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { printedValue } from '../disclosure/printed-value.ts'
import { itemOn } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import { newRow, settleRow } from './file-decided.ts'

/*
 * A record that a case has found wrong is corrected by the way on which its unit would correct it: the whole row once more, under the same
 * document number, checked against the catalogue, replacing the version that stands, withdrawn from every outlet in the same transaction.
 */

export type Correction = {
  /** In whose file the record lies. */
  readonly subjectId: SubjectId
  readonly item: string
  readonly authority: string
  readonly decidedOn: Day
  /** The version that stands. */
  readonly content: Content
  /** Column code → the text of its cell as a person writes it; '' takes the value out. */
  readonly changed: Readonly<Record<string, string>>
  readonly fileName: string
  readonly caseId: number
}

/** Whether intake would take the corrected row. Refuses `item.not-in-force` and `decided.refused` with the first fault. */
export async function checkCorrection(app: App, made: Change, correction: Correction): Promise<void> {
  await rowOf(app, made, correction)
}

/**
 * Files the corrected version inside a change; the id of its fact. Refuses what `checkCorrection` refuses, `decided.name-disagrees` where the
 * corrected row would be another subject's, and `correction.nothing` where it says what the record says already.
 */
export async function fileCorrection(app: App, made: Change, correction: Correction): Promise<FactId> {
  const row = await rowOf(app, made, correction)
  const settled = await settleRow(app, made, row, { caseId: correction.caseId })
  if (settled.outcome === 'duplicate') throw new Refusal('correction.nothing')
  if (settled.outcome !== 'corrected' || settled.subjectId !== correction.subjectId) throw new Refusal('decided.name-disagrees')
  return settled.factId
}

async function rowOf(app: App, made: Change, correction: Correction): ReturnType<typeof newRow> {
  const { item: name, authority, content, changed, fileName, decidedOn, subjectId } = correction
  const inForce = itemOn(app.law, name, decidedOn)
  // The day of the decision itself may be what is corrected: the edition is that of the corrected day.
  const day = changed[inForce?.roles.decidedOn ?? ''] as Day | undefined
  const item = (day && itemOn(app.law, name, day)) ?? inForce
  if (!item) throw new Refusal('item.not-in-force', null, { item: name, day: day ?? decidedOn })
  const cells = item.fields.map(field => [field.code, changed[field.code] ?? cellOf(app, field, content[field.code])] as const)
  const { idNumber } = item.roles
  const number = idNumber ? await personNumber(app, made, subjectId) : undefined
  const values = { ...Object.fromEntries(cells), ...(idNumber && number ? { [idNumber]: number } : {}) }
  return await newRow(app, made, { unit: authority, item, fileName, values })
}

/** A kept value as the cell of a row: sums in the unit of their column, sealed values opened. */
function cellOf(app: App, field: Field, value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined
  if (value.startsWith('sealed:'))
    return app.keys.open(Buffer.from(value.slice('sealed:'.length), 'base64url'), 'content').toString()
  return field.type === 'amount' ? printedValue(field, value) : value
}

/** The number by which a person is known: it never stands in a record. */
async function personNumber(app: App, made: Change, subjectId: SubjectId): Promise<string | undefined> {
  const row = await made.tx.row<{ kind: string; sealed: Buffer }>({
    name: 'number-of-corrected',
    text: 'select kind, sealed from person_secret where subject_id = $1 order by kind limit 1',
    values: [subjectId],
  })
  return row && app.keys.open(row.sealed, `person_secret:${row.kind}`).toString()
}
