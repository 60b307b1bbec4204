import type { Day } from '../base/day.ts'
import type { Query } from '../db/database.ts'
import { relatedTo } from './files-of.ts'
import type { CaseFile, CaseKey } from './model.ts'

/* What stands beside a case in other folders' tables: its letters, what it has made of records, who has yet to confirm, the campaign. */

/** The letters of a case that have reached the subject: template → the day. Of several by one template the last that was written counts alone. */
export async function servedNotices(query: Query, { subjectId, caseId }: CaseKey): Promise<ReadonlyMap<string, Day>> {
  const rows = await query.rows<{ notice: string; served_on: Day }>({
    name: 'case-notices-served',
    text: `select notice, served_on from (select distinct on (notice) notice, served_on from notice
        where subject_id = $1 and case_id = $2 and to_unit is null order by notice, notice_id desc) last where served_on is not null`,
    values: [subjectId, caseId],
  })
  return new Map(rows.map(row => [row.notice, row.served_on]))
}

/** The last letter of a kind that has reached the subject of a case; undefined: none has. */
export async function servedLetter(
  query: Query,
  { subjectId, caseId }: CaseKey,
  notice: string,
): Promise<{ readonly noticeId: number; readonly servedOn: Day } | undefined> {
  return await query.row<{ noticeId: number; servedOn: Day }>({
    name: 'case-letter-served',
    text: `select notice_id as "noticeId", served_on as "servedOn" from notice
      where subject_id = $1 and case_id = $2 and notice = $3 and to_unit is null and served_on is not null order by notice_id desc limit 1`,
    values: [subjectId, caseId, notice],
  })
}

export type CaseLetter = {
  readonly noticeId: number
  readonly number: string
  readonly notice: string
  readonly servedOn: Day | null
}

/** The letters of a case, oldest first; for the subject those that were written to it. */
export async function lettersOf(
  query: Query,
  { subjectId, caseId }: CaseKey,
  { forSubject }: { readonly forSubject: boolean },
): Promise<CaseLetter[]> {
  return await query.rows<CaseLetter>({
    name: 'case-notices',
    text: `select notice_id as "noticeId", number, notice, served_on as "servedOn" from notice
      where subject_id = $1 and case_id = $2 and (to_unit is null or not $3) order by notice_id`,
    values: [subjectId, caseId, forSubject],
  })
}

/** How many were asked to confirm what a case took away, and how many have yet to: a record of one that was merged was taken from its own file. */
export async function confirmationsOf(
  query: Query,
  { subjectId, caseId }: CaseKey,
): Promise<{ readonly all: number; readonly open: number }> {
  const row = await query.row<{ all: number; open: number }>({
    name: 'case-confirmations',
    text: `select count(*)::int as "all", count(*) filter (where n.confirmed_at is null)::int as open
      from correction c join receiver_notice n on n.subject_id = c.subject_id and n.correction_id = c.correction_id and n.kind <> 'corrected'
      where c.subject_id = any($1::bigint[]) and c.case_id = $2`,
    values: [await relatedTo(query, subjectId), caseId],
  })
  return row ?? { all: 0, open: 0 }
}

/** The campaign that a case belongs to; null: none. */
export async function campaignOf(
  query: Query,
  { parentId }: Pick<CaseFile, 'parentId'>,
): Promise<{ readonly campaignId: number; readonly name: string } | null> {
  if (parentId === null) return null
  const row = await query.row<{ campaignId: number; name: string }>({
    name: 'case-campaign',
    text: 'select campaign_id as "campaignId", name from campaign where campaign_id = $1',
    values: [parentId],
  })
  return row ?? null
}
