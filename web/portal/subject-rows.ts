import { randomUUID } from 'node:crypto'
import type { Day } from '../../src/base/day.ts'
import type { Query } from '../../src/db/database.ts'
import { COLUMNS, type PublicRow } from './records.ts'

/* Reading a subject with everything on display about it: the hottest question of the portal. */

type Former = { readonly name: string; readonly from: Day | null; readonly until: Day | null }

export type SubjectRow = {
  readonly subjectId: number
  readonly name: string
  readonly uscc: string | null
  readonly kind: string
  readonly status: string | null
  readonly district: string | null
  readonly foundedOn: Day | null
  readonly card: {
    readonly registered: boolean
    readonly enterpriseType: string | null
    readonly legalRepresentative: string | null
    readonly address: string | null
    readonly endedOn: Day | null
    readonly formerNames: readonly Former[]
    readonly oldCodes: readonly string[]
  }
  readonly madeAt: Date
}

/** The records of a section, latest first, how many there are in all, and the first of their last days. */
export type Section = { readonly rows: readonly PublicRow[]; readonly total: number; readonly until: Day | null }
export type Whole = { readonly subject: SubjectRow; readonly sections: ReadonlyMap<string, Section> }

/** As many records of a section as the subject's page shows; the rest stands on pages of its own. */
const A_SECTION = 20
/** A subject with this many records is read section by section, so that no page depends on how much is known. */
const MANY = 400

const SUBJECT = `s.subject_id as "subjectId", s.name, s.uscc, s.kind, s.status, s.district, s.founded_on as "foundedOn", s.card, s.made_at as "madeAt"`
const SHOWN = 'r.subject_id = $1 and r.shown_from <= $2 and (r.shown_until is null or r.shown_until >= $2)'

/** The public subject; undefined for persons and strangers. */
export async function findSubject(db: Query, subjectId: number): Promise<SubjectRow | undefined> {
  return await db.row<SubjectRow>({
    name: 'portal-subject',
    text: `select ${SUBJECT} from pub.subject s where s.subject_id = $1 and s.kind <> 'natural-person'`,
    values: [subjectId],
  })
}

/** The public subjects among these. */
export async function listSubjects(db: Query, subjectIds: readonly number[]): Promise<SubjectRow[]> {
  return await db.rows<SubjectRow>({
    name: 'portal-subjects',
    text: `select ${SUBJECT} from pub.subject s where s.subject_id = any($1::bigint[]) and s.kind <> 'natural-person'`,
    values: [subjectIds],
  })
}

// Set between the columns and the records of one long text. Made anew by every process, so that no text that was sent in can hold them.
const CELL = `\u001f${randomUUID()}\u001f`
const LINE = `\u001e${randomUUID()}\u001e`

// One statement, one row, one text: building JSON in the database costs three times what gluing text does, and rows of columns cost the
// driver more than splitting.
const WHOLE = `select ${SUBJECT}, (select string_agg(concat_ws($3, r.record_id, r.item, r.section, coalesce(r.list, ''), r.title, r.document_no, r.authority,
      r.authority_name, coalesce(r.sort_kind, ''), r.decided_on, r.shown_from, coalesce(r.shown_until::text, ''), coalesce(r.late_days::text, ''), r.heading, r.body), $4)
    from (select * from pub.record r where ${SHOWN} limit ${MANY}) r) as records
  from pub.subject s where s.subject_id = $1 and s.kind <> 'natural-person'`

/** A subject with its records on display today; undefined for persons and strangers. */
export async function findWhole(db: Query, subjectId: number, today: Day): Promise<Whole | undefined> {
  const found = await db.row<SubjectRow & { records: string | null }>({
    name: 'portal-whole',
    text: WHOLE,
    values: [subjectId, today, CELL, LINE],
  })
  if (!found) return undefined
  const { records, ...subject } = found
  const lines = records === null ? [] : records.split(LINE)
  if (lines.length >= MANY) return { subject, sections: await readSections(db, subjectId, today) }
  return wholeOf(
    subject,
    lines.map(line => readLine(line, subject)),
  )
}

function readLine(line: string, subject: SubjectRow): PublicRow {
  const cell = line.split(CELL) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    Day,
    Day,
    Day | '',
    string,
    string,
    string,
  ]
  return {
    subjectId: subject.subjectId,
    subjectName: subject.name,
    uscc: subject.uscc,
    district: subject.district,
    recordId: Number(cell[0]),
    item: cell[1],
    section: cell[2],
    list: cell[3] || null,
    title: cell[4],
    documentNo: cell[5],
    authority: cell[6],
    authorityName: cell[7],
    sortKind: cell[8] || null,
    decidedOn: cell[9],
    shownFrom: cell[10],
    shownUntil: cell[11] || null,
    lateDays: cell[12] === '' ? null : Number(cell[12]),
    heading: cell[13],
    body: JSON.parse(cell[14]),
  }
}

/** What `findWhole` finds, of rows at hand. `rows`: all that are on display; they are put in order. */
export function wholeOf(subject: SubjectRow, rows: PublicRow[]): Whole {
  return { subject, sections: groupBySection(rows) }
}

function groupBySection(rows: PublicRow[]): Map<string, Section> {
  rows.sort((a, b) => (a.decidedOn === b.decidedOn ? b.recordId - a.recordId : a.decidedOn < b.decidedOn ? 1 : -1))
  const sections = new Map<string, { rows: PublicRow[]; total: number; until: Day | null }>()
  for (const row of rows) {
    const section = sections.get(row.section)
    if (!section) sections.set(row.section, { rows: [row], total: 1, until: row.shownUntil })
    else {
      section.total++
      section.until = earlier(section.until, row.shownUntil)
      if (section.rows.length < A_SECTION) section.rows.push(row)
    }
  }
  return sections
}

function earlier(one: Day | null, other: Day | null): Day | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

async function readSections(db: Query, subjectId: number, today: Day): Promise<Map<string, Section>> {
  const rows = await db.rows<PublicRow & { total: number; until: Day | null }>({
    name: 'portal-sections',
    text: `select * from (select ${COLUMNS}, row_number() over (partition by r.section order by r.decided_on desc, r.record_id desc) as n,
        count(*) over (partition by r.section) as total, min(r.shown_until) over (partition by r.section) as until from pub.record r where ${SHOWN}) r where r.n <= ${A_SECTION} order by r."decidedOn" desc, r."recordId" desc`,
    values: [subjectId, today],
  })
  const sections = new Map<string, { rows: PublicRow[]; total: number; until: Day | null }>()
  for (const { total, until, ...row } of rows) {
    const section = sections.get(row.section)
    if (section) section.rows.push(row)
    else sections.set(row.section, { rows: [row], total, until })
  }
  return sections
}
