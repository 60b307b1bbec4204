import type { Change } from '../access/change.ts'
import type { Day } from '../base/day.ts'
import type { FactId, ReportId, SubjectId } from '../base/id.ts'
import type { Query, Row, Statement, Tx } from '../db/database.ts'

/* SQL on report, report_lookup, report_end and pub.report. */

export type IssuedReport = {
  readonly subjectId: SubjectId
  readonly reportId: ReportId
  readonly code: string
  readonly number: string
  readonly kind: 'public' | 'special'
  readonly layout: string
  readonly issuedAt: Date
  /** `subject:10`, `unit:market`, `token:3`, `anyone`. */
  readonly issuedTo: string
  readonly windowFrom: Day | null
  readonly windowTo: Day | null
  /** The last day on which it may be served and counts as valid; null: no end. */
  readonly validUntil: Day | null
  readonly pages: number
  /** SHA-256 of the PDF. */
  readonly digest: Buffer
  readonly pdfHash: string
  readonly modelHash: string
  readonly recordIds: readonly FactId[]
  readonly logSize: number
  readonly subjectName: string
  readonly uscc: string | null
}

const REPORT_COLUMNS = `r.subject_id as "subjectId", r.report_id as "reportId", r.code, r.number, r.kind, r.layout, r.issued_at as "issuedAt",
  r.issued_to as "issuedTo", r.window_from as "windowFrom", r.window_to as "windowTo", r.valid_until as "validUntil", r.pages, r.digest,
  r.pdf_hash as "pdfHash", r.model_hash as "modelHash", r.log_size as "logSize"`

/** Registers an issued report where it is kept, where it is found by its code and where it is verified. */
export async function recordReport({ tx }: Pick<Change, 'tx'>, report: IssuedReport): Promise<void> {
  await tx.run({
    name: 'record-report',
    text: `with issued as (
        insert into report (subject_id, report_id, code, number, kind, layout, issued_at, issued_to, window_from, window_to, valid_until, pages, digest, pdf_hash, model_hash, fact_ids, log_size)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)),
      found as (insert into report_lookup (code, subject_id, report_id) values ($3, $1, $2))
      insert into pub.report (code, kind, number, subject_name, uscc, issued_at, valid_until, pages, digest, state, state_at)
        values ($3, $5, $4, $18, $19, $7, $11, $12, encode($13, 'hex'), 'issued', $7)`,
    values: [
      report.subjectId,
      report.reportId,
      report.code,
      report.number,
      report.kind,
      report.layout,
      report.issuedAt,
      report.issuedTo,
      report.windowFrom,
      report.windowTo,
      report.validUntil,
      report.pages,
      report.digest,
      report.pdfHash,
      report.modelHash,
      report.recordIds,
      report.logSize,
      report.subjectName,
      report.uscc,
    ],
  })
}

/**
 * The records of a group that stand on the portal on a day; null where the portal knows none of them. Until publication has moved a merged
 * subject's records to the survivor's page, they stand on its own.
 */
export async function listDisplayed(query: Query, group: readonly SubjectId[], today: Day): Promise<Set<FactId> | null> {
  const row = await query.row<{ known: boolean; ids: FactId[] }>({
    name: 'list-displayed',
    text: `select exists (select from pub.subject where subject_id = any($1::bigint[])) as known,
      coalesce((select array_agg(record_id) from pub.record where subject_id = any($1::bigint[]) and shown_from <= $2 and (shown_until is null or shown_until >= $2)), '{}') as ids`,
    values: [group, today],
  })
  return row?.known ? new Set(row.ids) : null
}

/**
 * Nothing about this subject is taken away while a report about it is registered: whoever withdraws takes the same lock first.
 * Two classes of advisory locks: 731 publication, 732 reports.
 */
export async function lockReports(tx: Pick<Tx, 'run'>, subjectIds: readonly SubjectId[]): Promise<void> {
  await tx.run({
    name: 'lock-reports',
    text: 'select pg_advisory_xact_lock(732, shelf) from unnest($1::integer[]) as u (shelf)',
    values: [[...new Set(subjectIds.map(id => id % 64))].sort((a, b) => a - b)],
  })
}

/** How much is known of a group, and how many of these records stand on the portal now; their rows are held until the end. */
export async function countNow(
  tx: Query,
  group: readonly SubjectId[],
  recordIds: readonly FactId[],
): Promise<{ facts: number; displayed: number }> {
  const row = await tx.row<{ facts: number; displayed: number }>({
    name: 'count-now',
    text: `select (select count(*) from fact_content where subject_id = any($1::bigint[])) as facts,
      (select count(*) from (select from pub.record where subject_id = any($1::bigint[]) and record_id = any($2::bigint[]) for share) as held) as displayed`,
    values: [group, recordIds],
  })
  return row ?? { facts: 0, displayed: 0 }
}

/** Valid reports about these subjects that were issued from an instant on and do not show a record which stands again: verification says so of them. */
export async function markChanged(
  { tx, at }: Pick<Change, 'tx' | 'at'>,
  subjectIds: readonly SubjectId[],
  recordId: FactId,
  issuedFrom: Date,
): Promise<void> {
  await tx.run({
    name: 'mark-changed-reports',
    text: `update pub.report p set changed_at = $3 from report r where r.subject_id = any($1::bigint[]) and r.issued_at >= $4 and not r.fact_ids @> array[$2::bigint]
      and p.code = r.code and p.state = 'issued' and p.changed_at is null`,
    values: [subjectIds, recordId, at, issuedFrom],
  })
}

/** The size of the ledger's last checkpoint; 0 before the first. */
export async function checkpointSize(query: Query): Promise<number> {
  const row = await query.row<{ size: number }>({
    name: 'checkpoint-size',
    text: 'select size from checkpoint order by size desc limit 1',
  })
  return row?.size ?? 0
}

export type FoundReport = Omit<IssuedReport, 'recordIds' | 'subjectName' | 'uscc'> & {
  readonly state: 'issued' | 'superseded' | 'withdrawn'
}

export type ReportOwner = Pick<IssuedReport, 'subjectId' | 'reportId' | 'kind' | 'number' | 'issuedAt' | 'validUntil'> & {
  readonly state: FoundReport['state']
  /** Others may have been merged into it. */
  readonly linked: boolean
}

/** Whose report a code names; undefined for a code nobody was given. */
export async function findReportOwner(query: Query, code: string): Promise<ReportOwner | undefined> {
  return await query.row({
    name: 'find-report-owner',
    text: `select l.subject_id as "subjectId", l.report_id as "reportId", p.kind, p.number, p.issued_at as "issuedAt", p.valid_until as "validUntil", p.state,
        exists (select from subject_link k where k.to_subject = l.subject_id) as linked from report_lookup l join pub.report p using (code) where l.code = $1`,
    values: [code],
  })
}

/** The statement that reads one report, of whatever kind, with what has become of it. For `look()`. */
export function reportStatement(subjectId: SubjectId, reportId: ReportId): Statement {
  return {
    name: 'find-report',
    text: `select ${REPORT_COLUMNS}, coalesce(e.state, 'issued') as state
      from report r left join report_end e on e.subject_id = r.subject_id and e.report_id = r.report_id where r.subject_id = $1 and r.report_id = $2`,
    values: [subjectId, reportId],
  }
}

/** A public report with what has become of it; undefined for a special one, which is read through a look. */
export async function findPublicReport(query: Query, subjectId: SubjectId, reportId: ReportId): Promise<FoundReport | undefined> {
  return await query.row<FoundReport & Row>({
    name: 'find-public-report',
    text: `select ${REPORT_COLUMNS}, r.state from public_report r where r.subject_id = $1 and r.report_id = $2`,
    values: [subjectId, reportId],
  })
}

export type VerifiedRow = Row & {
  code: string
  kind: string
  number: string
  subject_name: string
  uscc: string | null
  issued_at: Date
  valid_until: Day | null
  pages: number
  digest: string
  state: 'issued' | 'superseded' | 'withdrawn'
  changed_at: Date | null
}

/** What verification says of a code: the register's row in `pub`, never the report itself. */
export async function findVerified(query: Query, code: string): Promise<VerifiedRow | undefined> {
  return await query.row<VerifiedRow>({ name: 'find-verified', text: 'select * from pub.report where code = $1', values: [code] })
}

/** Ends a report; false when it had ended before. */
export async function endReport(
  { tx, at, actId }: Change,
  subjectId: SubjectId,
  reportId: ReportId,
  state: 'superseded' | 'withdrawn',
  reason: string,
): Promise<boolean> {
  const ended = await tx.run({
    name: 'end-report',
    text: `with ended as (
        insert into report_end (subject_id, report_id, state, at, reason, act_id) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning subject_id, report_id)
      update pub.report p set state = $3, state_at = $4 from ended e join report r using (subject_id, report_id) where p.code = r.code`,
    values: [subjectId, reportId, state, at, reason, actId],
  })
  return ended > 0
}

export type ListedReport = FoundReport & {
  readonly subjectName: string
  /** When it was superseded or withdrawn, and the code or the words of the reason. */
  readonly endedAt: Date | null
  readonly endReason: string | null
}

const LISTED = `select ${REPORT_COLUMNS}, p.state, p.subject_name as "subjectName", e.at as "endedAt", e.reason as "endReason"
  from report r join pub.report p using (code) left join report_end e on e.subject_id = r.subject_id and e.report_id = r.report_id`

/** Reports issued to a subject, latest first, before an id. For `look()`. */
export function ownReports(subjectId: SubjectId, before: number, limit: number): Statement {
  return {
    name: 'list-own-issued',
    text: `${LISTED} where r.issued_to = $1 and r.report_id < $2 and r.subject_id = $4 order by r.report_id desc limit $3`,
    values: [`subject:${subjectId}`, before, limit, subjectId],
  }
}

/** Public reports issued to a unit, over all subjects, latest first, before an id. Nobody else than its subject is issued a special one. */
export async function listPublicReports(query: Query, issuedTo: string, before: number, limit: number): Promise<ListedReport[]> {
  return await query.rows<ListedReport & Row>({
    name: 'list-issued',
    text: `select ${REPORT_COLUMNS}, p.state, p.subject_name as "subjectName", r.ended_at as "endedAt", r.end_reason as "endReason"
      from public_report r join pub.report p using (code) where r.issued_to = $1 and r.report_id < $2 order by r.report_id desc limit $3`,
    values: [issuedTo, before, limit],
  })
}

/** A report about a subject, or issued to it (about the one it was merged into), by its code. For `look()`. */
export function ownReport(subjectId: SubjectId, code: string): Statement {
  return {
    name: 'find-own-report',
    text: `${LISTED} join report_lookup l on l.subject_id = r.subject_id and l.report_id = r.report_id where l.code = $2 and (r.subject_id = $1 or r.issued_to = $3)`,
    values: [subjectId, code, `subject:${subjectId}`],
  }
}
