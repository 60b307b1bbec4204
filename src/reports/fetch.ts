import type { Actor } from '../access/actor.ts'
import { look } from '../access/look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Row, sql } from '../db/database.ts'
import { groupAt } from './reported-subject.ts'
import { type FoundReport, findPublicReport, findReportOwner, type ReportOwner, reportStatement } from './store.ts'
import { parseVerifyCode } from './verify-code.ts'
import { reportState } from './views.ts'

/**
 * The report of a code. Who holds the code of a special report was given it by the subject; the look is registered with the report's
 * number, never with the code, which would open the report to whoever reads the register: one at each subject whose records it was made of.
 *
 * Refuses `report.unknown` (404) and, with the address at which a new one is issued (410): `report.superseded`, `report.withdrawn`, and
 * `report.over` for a public report one of whose records has come to its end. Refuses also `authorisation.over` (403).
 */
export async function fetchReport(app: App, actor: Actor, text: string): Promise<FoundReport> {
  const code = parseVerifyCode(text)
  const owner = code.ok ? await findReportOwner(app.db, code.value) : undefined
  if (!owner) throw new NotFound('report.unknown')
  if (actor.subjectId !== owner.subjectId) await requireTerm(app, owner)
  // What is not handed out is not looked at.
  requireServed(app, owner)
  const found =
    owner.kind === 'public'
      ? await findPublicReport(app.db, owner.subjectId, owner.reportId)
      : (
          await look<FoundReport & Row>(
            app,
            {
              actor,
              outlet: 'special-report',
              purpose: app.words.say(actor.subjectId === owner.subjectId ? 'report.purpose-own' : 'report.purpose-by-code'),
              businessNo: owner.number,
              isMadeNumber: true,
              ground: actor.subjectId === owner.subjectId ? { kind: 'own' } : { kind: 'authorisation', authorisationId: null },
              shown: ['special-report'],
              until: owner.validUntil,
            },
            // Who was merged into it by the day of issue is in it; who was later is not.
            owner.linked ? await groupAt(app, owner.subjectId, owner.issuedAt) : [owner.subjectId],
            reportStatement(owner.subjectId, owner.reportId),
          )
        ).rows[0]
  if (!found) throw new NotFound('report.unknown')
  requireServed(app, found)
  if (!(await app.files.has(found.pdfHash)))
    throw new Refusal(
      'report.file-gone',
      'pipl#19',
      { subjectId: found.subjectId, kind: found.kind, renew: renewAddress(found.subjectId) },
      410,
    )
  return found
}

/**
 * A report that somebody drew because the subject let him is read under that term, whatever its own validity: its code opens it no longer than
 * the authorisation would. What was taken back is withdrawn (src/authorisation/revoke.ts).
 */
async function requireTerm(app: App, { subjectId, reportId }: Pick<FoundReport, 'subjectId' | 'reportId'>): Promise<void> {
  const drawn = await app.db.row<{ until: Date }>(sql`select a.valid_until as until from authorised_report r
    join authorisation a using (subject_id, authorisation_id) where r.subject_id = ${subjectId} and r.report_id = ${reportId}`)
  if (!drawn || app.now() < drawn.until) return
  const until = legalDay(new Date(drawn.until.getTime() - 1), app.city.zone)
  throw new Refusal('authorisation.over', 'pipl#14', { until }, 403)
}

function requireServed(app: App, report: ReportOwner | FoundReport): void {
  const state = reportState(report, legalDay(app.now(), app.city.zone))
  if (state === 'valid') return
  // A special report past its month still says what it said of its window; a public one must not outlive what it shows.
  if (state === 'expired' && report.kind === 'special') return
  const code = state === 'expired' ? 'report.over' : `report.${state}`
  throw new Refusal(code, null, { subjectId: report.subjectId, kind: report.kind, renew: renewAddress(report.subjectId) }, 410)
}

/** Where a new report of this subject is issued. */
export function renewAddress(subjectId: SubjectId): string {
  return `/api/v1/subjects/${subjectId}/reports`
}
