import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Tx } from '../db/database.ts'

/* SQL on pub.subject and pub.record: the second, smaller house. */

export type PublicSubject = {
  readonly subjectId: SubjectId
  readonly name: string
  readonly uscc: string | null
  readonly kind: string
  readonly status: string | null
  readonly district: string | null
  readonly foundedOn: Day | null
  readonly card: unknown
  readonly grams: readonly string[]
}

export type PublicRecord = {
  readonly subjectId: SubjectId
  readonly recordId: FactId
  readonly item: string
  readonly section: string
  readonly register: string | null
  readonly list: string | null
  readonly heading: string
  readonly title: string
  readonly subjectName: string
  readonly uscc: string | null
  readonly documentNo: string
  readonly authority: string
  readonly authorityName: string
  readonly district: string | null
  readonly sortKind: string | null
  readonly decidedOn: Day
  readonly shownFrom: Day
  readonly shownUntil: Day | null
  readonly lateDays: number | null
  readonly body: unknown
}

export async function putSubjects(tx: Tx, subjects: readonly PublicSubject[], at: Date): Promise<void> {
  if (subjects.length === 0) return
  const column = <Key extends keyof PublicSubject>(key: Key): PublicSubject[Key][] => subjects.map(subject => subject[key])
  await tx.run({
    name: 'put-subjects',
    text: `insert into pub.subject (subject_id, name, uscc, kind, status, district, founded_on, card, grams, made_at)
      select subject_id, name, uscc, kind, status, district, founded_on, card, array_to_tsvector(string_to_array(grams, ' ')), $10
      from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::jsonb[], $9::text[]) as s (subject_id, name, uscc, kind, status, district, founded_on, card, grams)
      on conflict (subject_id) do update set name = excluded.name, uscc = excluded.uscc, kind = excluded.kind, status = excluded.status, district = excluded.district,
        founded_on = excluded.founded_on, card = excluded.card, grams = excluded.grams, made_at = excluded.made_at
      where (pub.subject.name, pub.subject.uscc, pub.subject.kind, pub.subject.status, pub.subject.district, pub.subject.founded_on, pub.subject.card)
        is distinct from (excluded.name, excluded.uscc, excluded.kind, excluded.status, excluded.district, excluded.founded_on, excluded.card)`,
    values: [
      column('subjectId'),
      column('name'),
      column('uscc'),
      column('kind'),
      column('status'),
      column('district'),
      column('foundedOn'),
      subjects.map(s => JSON.stringify(s.card)),
      subjects.map(s => s.grams.join(' ')),
      at,
    ],
  })
}

/** Takes pages off the portal. */
export async function removeSubjects(tx: Tx, subjectIds: readonly SubjectId[]): Promise<void> {
  if (subjectIds.length === 0) return
  await tx.run({
    name: 'remove-subjects',
    text: 'delete from pub.subject where subject_id = any($1::bigint[])',
    values: [subjectIds],
  })
}

type Pair = { subjectId: SubjectId; recordId: FactId }

/** Makes `pub.record` of these subjects equal to `records`; what came and what went. */
export async function putRecords(
  tx: Tx,
  subjectIds: readonly SubjectId[],
  records: readonly PublicRecord[],
  at: Date,
): Promise<{ added: Pair[]; removed: Pair[] }> {
  const removed = await tx.rows<Pair>({
    name: 'remove-records',
    // By subject too: the record of one that was merged has moved to the survivor's page.
    text: `delete from pub.record r where r.subject_id = any($1::bigint[])
        and not exists (select from unnest($2::bigint[], $3::bigint[]) as w (subject_id, record_id) where w.subject_id = r.subject_id and w.record_id = r.record_id)
      returning r.subject_id as "subjectId", r.record_id as "recordId"`,
    values: [subjectIds, records.map(record => record.subjectId), records.map(record => record.recordId)],
  })
  if (records.length === 0) return { added: [], removed }
  const column = <Key extends keyof PublicRecord>(key: Key): PublicRecord[Key][] => records.map(record => record[key])
  const rows = await tx.rows<Pair & { added: boolean }>({
    name: 'put-records',
    text: `insert into pub.record (subject_id, record_id, item, section, register, list, heading, title, subject_name, uscc, document_no, authority, authority_name, district, sort_kind, decided_on, shown_from, shown_until, late_days, body, made_at)
      select r.*, $21 from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::date[], $17::date[], $18::date[], $19::smallint[], $20::jsonb[]) as r
      on conflict (subject_id, record_id) do update set heading = excluded.heading, title = excluded.title, subject_name = excluded.subject_name, uscc = excluded.uscc, document_no = excluded.document_no,
        authority_name = excluded.authority_name, district = excluded.district, sort_kind = excluded.sort_kind, decided_on = excluded.decided_on, shown_from = excluded.shown_from, shown_until = excluded.shown_until,
        late_days = excluded.late_days, body = excluded.body, made_at = excluded.made_at
      where (pub.record.body, pub.record.shown_from, pub.record.shown_until, pub.record.late_days, pub.record.title, pub.record.subject_name, pub.record.district)
        is distinct from (excluded.body, excluded.shown_from, excluded.shown_until, excluded.late_days, excluded.title, excluded.subject_name, excluded.district)
      returning subject_id as "subjectId", record_id as "recordId", (xmax = 0) as added`,
    values: [
      column('subjectId'),
      column('recordId'),
      column('item'),
      column('section'),
      column('register'),
      column('list'),
      column('heading'),
      column('title'),
      column('subjectName'),
      column('uscc'),
      column('documentNo'),
      column('authority'),
      column('authorityName'),
      column('district'),
      column('sortKind'),
      column('decidedOn'),
      column('shownFrom'),
      column('shownUntil'),
      column('lateDays'),
      records.map(record => JSON.stringify(record.body)),
      at,
    ],
  })
  return { added: rows.filter(row => row.added).map(({ subjectId, recordId }) => ({ subjectId, recordId })), removed }
}
