import type { FactId, SubjectId } from '../base/id.ts'
import type { Query, Row, Tx } from '../db/database.ts'
import type { Holder } from './find-holders.ts'
import type { Cause, How, NoticeKey, NoticeKind } from './model.ts'

/* SQL on corrections and on what receivers are asked. */

export type CorrectionRow = {
  readonly correctionId: number
  readonly subjectId: SubjectId
  readonly recordIds: readonly FactId[]
  readonly cause: Cause
  readonly caseId: number | null
  readonly at: Date
  readonly actId: number
}

export type NoticeRow = Holder & { readonly noticeId: number; readonly dueOn: string | null }

/** Appends corrections with the notices to their receivers; whoever has one already gets no second. How many of the new ones ask. */
export async function recordCorrections(
  tx: Tx,
  corrections: readonly CorrectionRow[],
  notices: readonly NoticeRow[],
  { at, actId }: { readonly at: Date; readonly actId: number },
): Promise<number> {
  await tx.run({
    name: 'record-corrections',
    text: `insert into correction (subject_id, correction_id, record_ids, cause, case_id, at, act_id)
      select "subjectId", "correctionId", "recordIds", cause, "caseId", at, "actId" from json_to_recordset($1::json)
        as c ("subjectId" bigint, "correctionId" bigint, "recordIds" bigint[], cause text, "caseId" bigint, at timestamptz, "actId" bigint)
      on conflict do nothing`,
    values: [JSON.stringify(corrections)],
  })
  const rows = await tx.rows<{ kind: NoticeKind }>({
    name: 'record-notices',
    text: `insert into receiver_notice (subject_id, notice_id, correction_id, receiver, program, kind, outlets, business_nos, receipts, entries, due_on, at, act_id)
      select "subjectId", "noticeId", "correctionId", receiver, program, case when standing then 'correct-copies' else 'corrected' end, outlets, "businessNos", receipts, entries, "dueOn", $2::timestamptz, $3::bigint
      from json_to_recordset($1::json) as n ("subjectId" bigint, "noticeId" bigint, "correctionId" bigint, receiver text, program text, standing boolean, outlets text[],
        "businessNos" text[], receipts text[], entries integer, "dueOn" date)
      on conflict (subject_id, correction_id, receiver, coalesce(program, '')) where correction_id is not null do nothing returning kind`,
    values: [JSON.stringify(notices), at, actId],
  })
  return rows.filter(row => row.kind === 'correct-copies').length
}

export type Confirmable = {
  readonly kind: NoticeKind
  readonly receiver: string
  readonly program: string | null
  readonly correctionId: number | null
  readonly confirmedAt: Date | null
}

/** A notice by its key. */
export async function findNotice(query: Query, { subjectId, noticeId }: NoticeKey): Promise<Confirmable | undefined> {
  return await query.row<Confirmable & Row>({
    name: 'find-notice',
    text: `select kind, receiver, program, correction_id as "correctionId", confirmed_at as "confirmedAt" from receiver_notice where subject_id = $1 and notice_id = $2`,
    values: [subjectId, noticeId],
  })
}

/** Appends that a receiver has done what it was asked; false where it has said so before. */
export async function recordConfirmation(
  tx: Tx,
  { subjectId, noticeId }: NoticeKey,
  by: { readonly at: Date; readonly actor: string; readonly actId: number; readonly how: How },
): Promise<boolean> {
  const added = await tx.run({
    name: 'record-confirmation',
    text: `with ended as (insert into receiver_notice_end (subject_id, notice_id, at, actor, how, act_id) values ($1, $2, $3, $4, $5, $6) on conflict do nothing
        returning subject_id, notice_id, at)
      update receiver_notice n set confirmed_at = e.at from ended e where n.subject_id = e.subject_id and n.notice_id = e.notice_id`,
    values: [subjectId, noticeId, by.at, by.actor, by.how, by.actId],
  })
  return added > 0
}

/** Held until the end of the transaction by whoever confirms: the last of two at once must see that it is the last. */
export async function lockCase(tx: Tx, caseId: number): Promise<void> {
  const text = 'select pg_advisory_xact_lock(737, ($1::bigint % 2147483647)::integer)'
  await tx.run({ name: 'lock-case-of-corrections', text, values: [caseId] })
}

/** The case that a correction belongs to; null: none. */
export async function findCaseOf(query: Query, subjectId: SubjectId, correctionId: number): Promise<number | null> {
  const row = await query.row<{ id: number | null }>({
    name: 'case-of-correction',
    text: 'select case_id as id from correction where subject_id = $1 and correction_id = $2',
    values: [subjectId, correctionId],
  })
  return row?.id ?? null
}

/** How many receivers have yet to confirm what a case took away. */
export async function countOpenOfCase(query: Query, subjectId: SubjectId, caseId: number): Promise<number> {
  const row = await query.row<{ count: number }>({
    name: 'open-confirmations-of-case',
    text: `select count(*) as count from correction c join receiver_notice n on n.subject_id = c.subject_id and n.correction_id = c.correction_id
      where c.subject_id = $1 and c.case_id = $2 and n.kind = 'correct-copies' and n.confirmed_at is null`,
    values: [subjectId, caseId],
  })
  return row?.count ?? 0
}
