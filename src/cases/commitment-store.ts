import type { Change } from '../access/change.ts'
import type { Day } from '../base/day.ts'
import type { Query, Row } from '../db/database.ts'
import type { CaseKey } from './model.ts'

/* SQL on commitment, commitment_series and pub.commitment. */

export type KeptCommitment = CaseKey & {
  readonly number: string
  readonly unit: string
  readonly matter: string
  readonly type: string
  readonly template: string
  readonly edition: Day
  readonly digest: string
  readonly openness: string
  readonly madeOn: Day
  readonly validUntil: Day
}

/**
 * The next serial of a division on a day. Its row stays locked until the change is committed or rolled back: the next one waits, and a number that
 * was rolled back is given again.
 */
export async function takeSerial({ tx, today }: Change, division: string): Promise<number> {
  const row = await tx.row<{ last: number }>({
    name: 'take-commitment-serial',
    text: `insert into commitment_series (division, on_day, last) values ($1, $2, 1)
      on conflict on constraint commitment_series_key do update set last = commitment_series.last + 1 returning last`,
    values: [division, today],
  })
  if (!row) throw new RangeError('no serial')
  return row.last
}

export async function insertCommitment({ tx, actId }: Change, one: KeptCommitment): Promise<void> {
  await tx.run({
    name: 'insert-commitment',
    text: `insert into commitment (subject_id, case_id, number, unit, matter, type, template, edition, digest, openness, made_on, valid_until, act_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      ...[one.subjectId, one.caseId, one.number, one.unit, one.matter, one.type, one.template, one.edition, one.digest],
      ...[one.openness, one.madeOn, one.validUntil, actId],
    ],
  })
}

/** What a case has registered; undefined before it has. */
export async function findCommitment(query: Query, { subjectId, caseId }: CaseKey): Promise<KeptCommitment | undefined> {
  return await query.row<KeptCommitment & Row>({
    name: 'find-commitment',
    text: `select subject_id as "subjectId", case_id as "caseId", number, unit, matter, type, template, edition, digest, openness,
        made_on as "madeOn", valid_until as "validUntil" from commitment where subject_id = $1 and case_id = $2`,
    values: [subjectId, caseId],
  })
}

export type ShownCommitment = Omit<KeptCommitment, 'caseId' | 'openness'> & {
  readonly subjectName: string
  readonly uscc: string | null
  readonly unitName: string
  readonly typeName: string
  /** Paragraphs, as the public sees them. */
  readonly text: readonly string[]
}

/** Shows a commitment on the portal, in the transaction in which it was signed. */
export async function showCommitment({ tx, at }: Change, one: ShownCommitment): Promise<void> {
  await tx.run({
    name: 'show-commitment',
    text: `insert into pub.commitment (number, subject_id, subject_name, uscc, unit, unit_name, type, type_name, matter, template, edition, digest, text,
        made_on, valid_until, made_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::jsonb, $14, $15, $16)`,
    values: [
      ...[one.number, one.subjectId, one.subjectName, one.uscc, one.unit, one.unitName, one.type, one.typeName, one.matter],
      ...[one.template, one.edition, one.digest, JSON.stringify(one.text), one.madeOn, one.validUntil, at],
    ],
  })
}

/** Takes a commitment off the portal, in the transaction of what ends its showing. */
export async function hideCommitment({ tx }: Change, number: string): Promise<void> {
  await tx.run({ name: 'hide-commitment', text: 'delete from pub.commitment where number = $1', values: [number] })
}
