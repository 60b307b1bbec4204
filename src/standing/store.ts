import type { Change } from '../access/change.ts'
import type { Standing, StandingKind } from '../archive/model.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { RecordKey } from './record.ts'

/* The register of standings and comments: which are open, so that none is opened or ended twice. Readers see the facts of the same numbers. */

export type NewStanding = Pick<Standing, 'standingId' | 'kind' | 'caseId' | 'basis'>

/** Appends a standing; false where the same case has made the same of the record and not ended it. */
export async function insertStanding(change: Change, key: RecordKey, standing: NewStanding): Promise<boolean> {
  const { standingId, kind, caseId, basis } = standing
  // Two at once count the same rounds: the second waits for the first, and has its number.
  const row = await change.tx.row({
    name: 'insert-standing',
    text: `insert into record_standing (subject_id, standing_id, record_id, kind, case_id, round, from_at, from_day, basis, act_id)
      select $1, $2, $3, $4, $5, (select count(*) from record_standing s join record_standing_end e using (subject_id, standing_id)
        where s.subject_id = $1 and s.record_id = $3 and s.kind = $4 and s.case_id = $5), $6, $7, $8, $9
      on conflict on constraint record_standing_once do nothing returning standing_id`,
    values: [key.subjectId, standingId, key.recordId, kind, caseId, change.at, change.today, basis, change.actId],
  })
  return row !== undefined
}

export type KeptStanding = {
  readonly recordId: FactId
  readonly kind: StandingKind
  readonly caseId: number
  readonly from: Date
}

/** What a standing is about; undefined where there is none. */
export async function findStanding(change: Change, subjectId: SubjectId, standingId: number): Promise<KeptStanding | undefined> {
  return await change.tx.row<KeptStanding>({
    name: 'find-standing',
    text: 'select record_id as "recordId", kind, case_id as "caseId", from_at as "from" from record_standing where subject_id = $1 and standing_id = $2',
    values: [subjectId, standingId],
  })
}

/** Of one kind, of one case or whatever case. */
export type OpenAsked = { readonly kind: StandingKind; readonly caseId?: number; readonly recordId?: FactId }

/** What cases have made of records in these files, and not ended: whose records they are and the numbers. */
export async function listOpenStandings(
  change: Change,
  subjectIds: readonly SubjectId[],
  { kind, caseId, recordId }: OpenAsked,
): Promise<{ subjectId: SubjectId; standingId: number }[]> {
  return await change.tx.rows({
    name: 'list-open-standings',
    text: `select subject_id as "subjectId", standing_id as "standingId" from record_standing s
      where subject_id = any($1::bigint[]) and kind = $2 and ($3::bigint is null or case_id = $3) and ($4::bigint is null or record_id = $4)
        and not exists (select from record_standing_end e where e.subject_id = s.subject_id and e.standing_id = s.standing_id) order by standing_id`,
    values: [subjectIds, kind, caseId ?? null, recordId ?? null],
  })
}

export type Ending = { readonly ofId: number; readonly endId: number }

/** Ends a standing; false where it was ended before. */
export async function insertStandingEnd(
  change: Change,
  subjectId: SubjectId,
  { ofId, endId }: Ending,
  because: string,
): Promise<boolean> {
  const row = await change.tx.row({
    name: 'insert-standing-end',
    text: `insert into record_standing_end (subject_id, standing_id, end_id, at, on_day, because, act_id)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning standing_id`,
    values: [subjectId, ofId, endId, change.at, change.today, because, change.actId],
  })
  return row !== undefined
}

/** The comment that stands beside a record; undefined where there is none. */
export async function findComment(change: Change, { subjectId, recordId }: RecordKey): Promise<number | undefined> {
  const row = await change.tx.row<{ id: number }>({
    name: 'find-comment',
    text: `select comment_id as id from subject_comment c where subject_id = $1 and record_id = $2
      and not exists (select from subject_comment_end e where e.subject_id = c.subject_id and e.comment_id = c.comment_id) order by comment_id desc limit 1`,
    values: [subjectId, recordId],
  })
  return row?.id
}

/** Appends a comment; false where another one has been put beside the record meanwhile. */
export async function insertComment(change: Change, { subjectId, recordId }: RecordKey, commentId: number): Promise<boolean> {
  const row = await change.tx.row({
    name: 'insert-comment',
    text: `insert into subject_comment (subject_id, comment_id, record_id, round, at, on_day, actor, act_id)
      select $1, $2, $3, (select count(*) from subject_comment c join subject_comment_end e using (subject_id, comment_id)
        where c.subject_id = $1 and c.record_id = $3), $4, $5, $6, $7
      on conflict on constraint subject_comment_once do nothing returning comment_id`,
    values: [subjectId, commentId, recordId, change.at, change.today, change.actor.id, change.actId],
  })
  return row !== undefined
}

/** Ends a comment; false where it was ended before. */
export async function insertCommentEnd(change: Change, subjectId: SubjectId, { ofId, endId }: Ending): Promise<boolean> {
  const row = await change.tx.row({
    name: 'insert-comment-end',
    text: `insert into subject_comment_end (subject_id, comment_id, end_id, at, on_day, actor, act_id)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning comment_id`,
    values: [subjectId, ofId, endId, change.at, change.today, change.actor.id, change.actId],
  })
  return row !== undefined
}
