import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Cause } from './model.ts'

export type Resumed = {
  /** In whose file the record lies. */
  readonly subjectId: SubjectId
  readonly recordId: FactId
  /** The case that had taken it away. */
  readonly caseId: number
}

/** What a case may take away and give back. */
const TEMPORARY: readonly Cause[] = ['suspended', 'repaired', 'removed']

/**
 * Tells everyone who was told that a case had taken a record away that it stands again: nothing is asked of them, and what they had counts as it did.
 * How many were told.
 */
export async function tellResumed(
  app: App,
  { tx, at, actId }: Change,
  { subjectId, recordId, caseId }: Resumed,
): Promise<number> {
  const before = await tx.rows<{ noticeId: number }>({
    name: 'told-of-withdrawal',
    text: `select n.notice_id as "noticeId" from correction c join receiver_notice n using (subject_id, correction_id)
      where c.subject_id = $1 and c.case_id = $2 and c.record_ids @> array[$3::bigint] and c.cause = any($4::text[])
        and not exists (select from correction r where r.subject_id = c.subject_id and r.case_id = c.case_id and r.cause = 'resumed'
          and r.record_ids @> array[$3::bigint] and r.at > c.at)
      order by n.notice_id`,
    values: [subjectId, caseId, recordId, TEMPORARY],
  })
  if (before.length === 0) return 0
  const [correctionId, ...noticeIds] = await app.ids.take(before.length + 1)
  return await tx.run({
    name: 'tell-resumed',
    text: `with again as (insert into correction (subject_id, correction_id, record_ids, cause, case_id, at, act_id)
        values ($1, $2, array[$3::bigint], 'resumed', $4, $5, $6))
      insert into receiver_notice (subject_id, notice_id, correction_id, receiver, program, kind, outlets, business_nos, receipts, entries, due_on, at, act_id)
      select distinct on (n.receiver, coalesce(n.program, '')) n.subject_id, t.notice_id, $2, n.receiver, n.program, 'corrected', n.outlets, n.business_nos,
          n.receipts, n.entries, null::date, $5, $6
        from unnest($7::bigint[], $8::bigint[]) as t (of_notice, notice_id) join receiver_notice n on n.subject_id = $1 and n.notice_id = t.of_notice
        order by n.receiver, coalesce(n.program, ''), n.notice_id`,
    values: [subjectId, correctionId, recordId, caseId, at, actId, before.map(one => one.noticeId), noticeIds],
  })
}
