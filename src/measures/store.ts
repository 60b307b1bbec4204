import type { Change } from '../access/change.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { inForceOn } from './in-force.ts'
import type { Answer, Ending, MeasureKey, NewMeasure } from './model.ts'

/* SQL on measure, measure_end and measure_answer. */

/** Appends a measure; false where the record on which it would rest is not its subject's. */
export async function insertMeasure({ tx, today, actId }: Change, one: NewMeasure): Promise<boolean> {
  const inserted = await tx.run({
    name: 'insert-measure',
    text: `insert into measure (subject_id, case_id, number, measure, record_id, decided_on, statutes, body, initiator, officer, confirmed_by,
        notice_id, served_on, answer_until, from_day, term, until_day, until_event, review_on, remedies, act_id)
      select f.subject_id, $2, $3, $4, f.fact_id, f.decided_on, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
      from fact_content f where f.subject_id = $1 and f.fact_id = $5 and f.kind = 'record'`,
    values: [
      ...[one.subjectId, one.caseId, one.number, one.measure, one.recordId, one.statutes, one.body, one.initiator, one.officer],
      ...[one.confirmedBy, one.noticeId, one.servedOn, one.answerUntil, today, one.term, one.untilDay, one.untilEvent],
      ...[one.reviewOn, one.remedies, actId],
    ],
  })
  return inserted > 0
}

/** Ends a measure; nothing where it never began or has ended. */
export async function insertMeasureEnd(change: Change, { subjectId, caseId }: MeasureKey, because: Ending): Promise<void> {
  await change.tx.run({
    name: 'insert-measure-end',
    text: `insert into measure_end (subject_id, case_id, at, on_day, because, act_id)
      select m.subject_id, m.case_id, $3, $4, $5, $6 from measure m where m.subject_id = $1 and m.case_id = $2
      on conflict do nothing`,
    values: [subjectId, caseId, change.at, change.today, because, change.actId],
  })
}

export type OnGround = { readonly subjectId: SubjectId; readonly recordId: FactId }

/**
 * Open cases whose measure rests on these records, held until the change ends: a measure that is being confirmed in this very moment is waited for,
 * and is seen by what follows.
 */
export async function lockCasesOn({ tx }: Change, records: readonly OnGround[]): Promise<MeasureKey[]> {
  return await tx.rows<MeasureKey>({
    name: 'lock-measure-cases',
    text: `select f.subject_id as "subjectId", f.case_id as "caseId" from case_file f
        join unnest($1::bigint[], $2::text[]) as r (subject_id, record_id) on r.subject_id = f.subject_id
      where f.about = 'measure' and f.closed_at is null and split_part(f.about_ref, ':', 1) = r.record_id
      order by f.subject_id, f.case_id for update of f`,
    values: [records.map(one => one.subjectId), records.map(one => String(one.recordId))],
  })
}

/** Ends whatever rests on these records. */
export async function endMeasuresOf(change: Change, records: readonly OnGround[]): Promise<void> {
  await change.tx.run({
    name: 'end-measures-of-records',
    text: `insert into measure_end (subject_id, case_id, at, on_day, because, act_id)
      select m.subject_id, m.case_id, $3, $4, 'ground-gone', $5 from measure m
        join unnest($1::bigint[], $2::bigint[]) as r (subject_id, record_id) using (subject_id, record_id)
      on conflict do nothing`,
    values: [records.map(one => one.subjectId), records.map(one => one.recordId), change.at, change.today, change.actId],
  })
}

export type ForAnswer = {
  readonly number: string
  readonly body: string
  readonly statutes: readonly string[]
  readonly isInForce: boolean
  /** How often this unit has answered in this matter, and how the last time. */
  readonly rounds: number
  readonly last: Answer | null
}

/** A measure as it stands for a unit in one matter; undefined where the subject has none of this case. */
export async function findForAnswer(
  { tx, today }: Change,
  { subjectId, caseId }: MeasureKey,
  { unit, businessNo }: { readonly unit: string; readonly businessNo: string },
): Promise<ForAnswer | undefined> {
  return await tx.row<ForAnswer>({
    name: 'find-measure-for-answer',
    text: `select m.number, m.body, m.statutes, ${inForceOn('$3')} as "isInForce", coalesce(a.round, 0) as rounds, a.answer as last
      from measure m left join lateral (select round, answer from measure_answer a where a.subject_id = m.subject_id and a.case_id = m.case_id
        and a.unit = $4 and a.business_no = $5 order by a.round desc limit 1) a on true
      where m.subject_id = $1 and m.case_id = $2`,
    values: [subjectId, caseId, today, unit, businessNo],
  })
}

export type NewAnswer = {
  readonly answerId: number
  readonly round: number
  readonly unit: string
  readonly purpose: string
  readonly businessNo: string
  readonly answer: Answer
  readonly sealed: Buffer | null
}

/** Appends an answer; false where another was given in this matter meanwhile. */
export async function insertAnswer(change: Change, { subjectId, caseId }: MeasureKey, one: NewAnswer): Promise<boolean> {
  const inserted = await change.tx.run({
    name: 'insert-measure-answer',
    text: `insert into measure_answer (subject_id, case_id, answer_id, round, unit, actor, purpose, business_no, answer, sealed, at, on_day, act_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict on constraint measure_answer_once do nothing`,
    values: [
      ...[
        subjectId,
        caseId,
        one.answerId,
        one.round,
        one.unit,
        change.actor.id,
        one.purpose,
        one.businessNo,
        one.answer,
        one.sealed,
      ],
      ...[change.at, change.today, change.actId],
    ],
  })
  return inserted > 0
}
