import { addMonths, type Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Query, Row } from '../db/database.ts'
import { outletsEnding } from '../disclosure/handed-out.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import type { Law } from '../law/law.ts'
import { receiversOf } from '../law/receiver-model.ts'
import { shownWords } from './rules.ts'

/* Who was handed a record: read from the register of looks and of issued reports, for many records in one statement. */

/** A record that is taken away. */
export type Sought = {
  readonly correctionId: number
  readonly subjectId: SubjectId
  readonly recordId: FactId
  /** Those in whose reports it stood: its subject, and whoever it was merged into. */
  readonly shownUnder: readonly SubjectId[]
  /** Only what was handed out from this instant on; null: since the record is known. */
  readonly since: Date | null
  /** Only what was handed out by this instant; null: until now. */
  readonly by: Date | null
}

/** One receiver of a correction: people of a unit, or one of its programs. */
export type Holder = {
  readonly correctionId: number
  readonly subjectId: SubjectId
  readonly receiver: string
  readonly program: string | null
  readonly outlets: string[]
  /** The latest. */
  readonly businessNos: string[]
  readonly receipts: string[]
  readonly entries: number
  /** Whether it may still use what it was handed. */
  readonly standing: boolean
}

/** So many business numbers and receipts are named in a notice; `entries` says how many there are. */
const NAMED = 20

/*
 * $1–$5 the records ($5: the correction), $6–$7 the pairs of item and word by which an entry says that it showed the item, $8 outlets under a
 * business number, $9 those with a day of their own, $10 outlets whose `shown` names chapters of a paper instead of what is in them,
 * $11 days of a business entry that names none, $12 days of a report that names none, $13 today, $14 the zone, $15 the earliest instant,
 * $16 and $17 pairs of subject and who reported it, $18 the unit that stands for subjects.
 *
 * The register is asked per record from the day on which the record was known: a range of its primary key. A record whose content is gone, or
 * of an item that nobody knows, may have been in any of them.
 */
const HOLDERS = `with sought as (select * from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::bigint[]) as s (subject_id, record_id, since, by, correction_id)),
  kinds as (select item, array_agg(word) as words from unnest($6::text[], $7::text[]) as k (item, word) group by item),
  known as (select s.correction_id, s.subject_id, s.record_id, greatest(coalesce(s.since, f.known_from, $15::timestamptz), $15::timestamptz) as since, coalesce(s.by, 'infinity') as by, k.words
    from sought s left join fact_content f on f.subject_id = s.subject_id and f.fact_id = s.record_id left join kinds k on k.item = f.item),
  looked as (select k.correction_id, k.subject_id, l.unit as receiver, l.actor, l.outlet, l.business_no, l.receipt, l.at,
      coalesce(l.until, case when l.outlet = any($8) then (l.at at time zone $14)::date + $11::integer end) as until, l.authorisation_id
    from known k join look l on l.subject_id = k.subject_id and l.at between k.since and k.by
    where l.unit is not null and l.unit <> $18 and (l.outlet = any($8) or (l.outlet = any($9) and l.until is not null))
      and (k.words is null or l.outlet = any($10) or l.shown && k.words)),
  reported as (select k.correction_id, k.subject_id, substr(r.issued_to, 6) as receiver, null::text as actor, r.kind || '-report' as outlet, null::text as business_no, r.number as receipt,
      r.issued_at as at, coalesce(r.valid_until, (r.issued_at at time zone $14)::date + $12::integer) as until, null::bigint as authorisation_id
    from known k join unnest($16::bigint[], $17::bigint[]) as u (subject_id, under) on u.subject_id = k.subject_id
      join report r on r.subject_id = u.under and r.fact_ids @> array[k.record_id] and r.issued_at between $15 and k.by
    where r.issued_to like 'unit:%'),
  entry as (select distinct e.correction_id, e.subject_id, e.receiver, case when e.actor like 'account:%' then null else e.actor end as program, e.outlet, e.business_no, e.receipt, e.at,
      e.until >= $13::date and not exists (select from business_end b where b.unit = e.receiver and b.business_no = e.business_no and b.at >= e.at)
        and not exists (select from authorisation_use a where a.subject_id = e.subject_id and a.authorisation_id = e.authorisation_id and a.ended_at is not null) as standing
    from (select * from looked union all select * from reported) e)
  select correction_id as "correctionId", subject_id as "subjectId", receiver, program, array_agg(distinct outlet) as outlets,
    (array_agg(business_no order by at desc) filter (where business_no is not null)) [1:${NAMED}] as "businessNos",
    (array_agg(receipt order by at desc)) [1:${NAMED}] as receipts, count(*)::integer as entries, bool_or(standing) as standing
  from entry group by correction_id, subject_id, receiver, program order by correction_id, receiver, program nulls first`

/** Everybody who may hold one of these records, as the registers tell it now. */
export async function findHolders(
  query: Query,
  { law, zone, today, at }: { readonly law: Law; readonly zone: string; readonly today: Day; readonly at: Date },
  sought: readonly Sought[],
): Promise<Holder[]> {
  const { entries, told } = receiversOf(law)
  const words = [...shownWords(law)].flatMap(([item, all]) => all.map(word => [item, word] as const))
  const under = [
    ...new Map(
      sought.flatMap(one => one.shownUnder.map(by => [`${one.subjectId} ${by}`, [one.subjectId, by] as const])),
    ).values(),
  ]
  const rows = await query.rows<Holder & Row>({
    name: 'find-holders',
    text: HOLDERS,
    values: [
      sought.map(one => one.subjectId),
      sought.map(one => one.recordId),
      sought.map(one => one.since),
      sought.map(one => one.by),
      sought.map(one => one.correctionId),
      words.map(([item]) => item),
      words.map(([, word]) => word),
      outletsEnding('business'),
      outletsEnding('validity', 'authorisation'),
      outletsEnding('validity'),
      entries.business.longestDays,
      entries.report.longestDays,
      today,
      zone,
      new Date(Math.min(at.getTime(), Date.parse(`${addMonths(today, -told.months)}T00:00:00Z`))),
      under.map(([subjectId]) => subjectId),
      under.map(([, by]) => by),
      OF_A_SUBJECT,
    ],
  })
  return rows.map(row => ({ ...row, businessNos: [...new Set(row.businessNos ?? [])], receipts: [...new Set(row.receipts)] }))
}
