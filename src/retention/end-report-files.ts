import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { addDays, addMonths, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Query, type Row, sql } from '../db/database.ts'
import { endContents } from './end-contents.ts'
import { ruleOf } from './rules.ts'

/* Files of reports whose validity, or whose service, ended long ago. What verification says of them stays. */

const A_BATCH = 200

type Ended = {
  readonly subjectId: SubjectId
  readonly reportId: number
  readonly pdfHash: string
  readonly modelHash: string
  readonly since: string
} & Row

/** How many files went, or would go. A file is removed after the commit; one that a crash left is removed by the next run. */
export async function endReportFiles(app: App, isDryRun: boolean): Promise<number> {
  const rule = ruleOf(app.law, 'report-files')
  if (isDryRun) return (await listEnded(app, app.db)).length
  let count = 0
  for (;;) {
    if ((await listEnded(app, app.db)).length === 0) break
    const ended = await change(app, SYSTEM, { deed: 'retention.end', entity: 'retention:report-files' }, async made => {
      const found = await listEnded(app, made.tx)
      const endings = found.map(({ subjectId, reportId, since }) => ({
        subjectId,
        kind: 'report-file' as const,
        ref: reportId,
        part: 0,
        dueOn: addDays(addMonths(legalDay(new Date(since), app.city.zone), rule.months ?? 0), 1),
      }))
      if (endings.length > 0) await endContents(app, made, { ...rule, request: null }, endings)
      return found
    })
    for (const { pdfHash, modelHash } of ended) await removeFiles(app, [pdfHash, modelHash])
    count += ended.length
    if (ended.length < A_BATCH) break
  }
  await removeLeftFiles(app)
  return count
}

async function listEnded(app: App, query: Query): Promise<Ended[]> {
  const { months } = ruleOf(app.law, 'report-files')
  if (months === null) return []
  const { zone } = app.city
  const before = addMonths(legalDay(app.now(), zone), -months)
  return await query.rows<Ended>(sql`
    select r.subject_id as "subjectId", r.report_id as "reportId", r.pdf_hash as "pdfHash", r.model_hash as "modelHash",
      to_char(least(e.at, r.valid_until::timestamp at time zone ${zone}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
    from report r left join report_end e using (subject_id, report_id)
    where least(e.at, r.valid_until::timestamp at time zone ${zone}) < (${before}::timestamp at time zone ${zone})
      and not exists (select from retention_receipt t where t.subject_id = r.subject_id and t.kind = 'report-file' and t.ref = r.report_id)
    order by r.report_id limit ${A_BATCH}`)
}

/** Receipts of the last certificates whose files a crash may have left behind. */
async function removeLeftFiles(app: App): Promise<void> {
  const left = await app.db.rows<{ pdfHash: string; modelHash: string }>(sql`
    select r.pdf_hash as "pdfHash", r.model_hash as "modelHash" from retention_receipt t
    join report r on r.subject_id = t.subject_id and r.report_id = t.ref
    where t.kind = 'report-file' order by t.certificate_id desc limit ${A_BATCH}`)
  for (const { pdfHash, modelHash } of left) await removeFiles(app, [pdfHash, modelHash])
}

async function removeFiles(app: App, hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) if (await app.files.has(hash)) await app.files.remove(hash)
}
