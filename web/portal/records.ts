import { addDays, type Day } from '../../src/base/day.ts'
import type { Query, Statement } from '../../src/db/database.ts'
import type { Reason, StateMark, SubjectComment } from '../../src/disclosure/model.ts'

/*
 * Reading pub.record. Every question carries the legal day and takes only what is on display on it: a row whose last day is over is not
 * there, whether or not a task has removed it.
 */

export type RecordBody = {
  readonly fields: readonly { readonly code: string; readonly name: string; readonly value: string }[]
  readonly because: readonly Reason[]
  readonly marks: readonly StateMark[]
  readonly receivedOn: Day
  /** What the subject says beside it; absent where it says nothing. */
  readonly comment?: SubjectComment
}

export type PublicRow = {
  readonly subjectId: number
  readonly recordId: number
  readonly item: string
  readonly section: string
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
  readonly body: RecordBody
}

export const COLUMNS = `r.subject_id as "subjectId", r.record_id as "recordId", r.item, r.section, r.list, r.heading, r.title, r.subject_name as "subjectName", r.uscc,
  r.document_no as "documentNo", r.authority, r.authority_name as "authorityName", r.district, r.sort_kind as "sortKind", r.decided_on as "decidedOn",
  r.shown_from as "shownFrom", r.shown_until as "shownUntil", r.late_days as "lateDays", r.body`

/** A record on display today; undefined for one that never was, is repaired, over, annulled, or of another subject. */
export async function findRecord(db: Query, subjectId: number, recordId: number, today: Day): Promise<PublicRow | undefined> {
  return await db.row<PublicRow>({
    name: 'portal-record',
    text: `select ${COLUMNS} from pub.record r where r.subject_id = $1 and r.record_id = $2 and r.shown_from <= $3 and (r.shown_until is null or r.shown_until >= $3)`,
    values: [subjectId, recordId, today],
  })
}

/** Where a register's page ends: the last row's place in the order. */
export type PageKey = { readonly decidedOn: Day; readonly recordId: number }

export type RegisterFilter = {
  readonly register?: string
  readonly section?: string
  readonly list?: string
  readonly subjectId?: number
  readonly authority?: string
  readonly kind?: string
  readonly district?: string
  readonly documentNo?: string
  readonly from?: Day
  readonly to?: Day
}

export type RegisterPage = { readonly rows: readonly PublicRow[]; readonly older: PageKey | null; readonly newer: PageKey | null }

/**
 * A page of records, latest decision first, `size` at most, by key: `older` than or `newer` than a place in the order. Never counts.
 */
export async function listRecords(
  db: Query,
  filter: RegisterFilter,
  today: Day,
  page: { readonly size: number; readonly older?: PageKey | undefined; readonly newer?: PageKey | undefined },
): Promise<RegisterPage> {
  const back = page.newer !== undefined
  const rows = await db.rows<PublicRow>(registerStatement(filter, today, page.size + 1, page.newer ?? page.older, back))
  const hasMore = rows.length > page.size
  const shown = back ? rows.slice(0, page.size).reverse() : rows.slice(0, page.size)
  const [first, last] = [shown[0], shown.at(-1)]
  const key = (row: PublicRow | undefined): PageKey | null => (row ? { decidedOn: row.decidedOn, recordId: row.recordId } : null)
  const isFirst = back ? !hasMore : page.older === undefined
  const isLast = back ? false : !hasMore
  return { rows: shown, older: isLast ? null : key(last), newer: isFirst ? null : key(first) }
}

/** Every record of a filter, a thousand at a time: for downloads. */
export async function* eachRecord(db: Query, filter: RegisterFilter, today: Day): AsyncGenerator<PublicRow> {
  let older: PageKey | undefined
  for (;;) {
    const page = await listRecords(db, filter, today, { size: 1000, older })
    yield* page.rows
    if (!page.older) return
    older = page.older
  }
}

function registerStatement(
  filter: RegisterFilter,
  today: Day,
  limit: number,
  key: PageKey | undefined,
  back: boolean,
): Statement {
  const values: unknown[] = [today]
  const conditions = ['r.shown_from <= $1', '(r.shown_until is null or r.shown_until >= $1)']
  const add = (condition: (place: string) => string, value: unknown): void => {
    if (value === undefined || value === '') return
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  add(at => `r.register = ${at}`, filter.register)
  add(at => `r.section = ${at}`, filter.section)
  add(at => `r.list = ${at}`, filter.list)
  add(at => `r.subject_id = ${at}`, filter.subjectId)
  add(at => `r.authority = ${at}`, filter.authority)
  add(at => `r.district = ${at}`, filter.district)
  add(at => `position(${at} in r.sort_kind) > 0`, filter.kind)
  add(at => `position(${at} in r.document_no) > 0`, filter.documentNo)
  add(at => `r.decided_on >= ${at}::date`, filter.from)
  add(at => `r.decided_on <= ${at}::date`, filter.to)
  if (key) {
    values.push(key.decidedOn, key.recordId)
    conditions.push(`(r.decided_on, r.record_id) ${back ? '>' : '<'} ($${values.length - 1}::date, $${values.length}::bigint)`)
  }
  values.push(limit)
  const order = back ? 'r.decided_on, r.record_id' : 'r.decided_on desc, r.record_id desc'
  return {
    text: `select ${COLUMNS} from pub.record r where ${conditions.join(' and ')} order by ${order} limit $${values.length}`,
    values,
  }
}

/** The place of a page in an address: `2026-03-05.1234`; undefined for anything else. */
export function readPageKey(text: string | undefined): PageKey | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/.exec(text ?? '')
  if (!found || Number.isNaN(Date.parse(found[1] ?? ''))) return undefined
  return { decidedOn: addDays(found[1] as Day, 0), recordId: Number(found[2]) }
}

export function printPageKey(key: PageKey): string {
  return `${key.decidedOn}.${key.recordId}`
}
