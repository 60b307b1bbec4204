import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { receiverOf } from './commands.ts'
import type { IssuedView } from './contract.ts'
import { cityInstant } from './issue.ts'
import { requireOwnReports } from './reported-subject.ts'
import { findOwnReport, type ListedReport, listDisplayed, listReports } from './store.ts'
import { parseVerifyCode } from './verify-code.ts'
import { reportState, reportView } from './views.ts'

type View = z.infer<typeof IssuedView>

/**
 * Reports issued to this actor, latest first, before an id of an earlier page; `next` is null where there are no more. Refuses
 * `access.not-allowed` where a mandate does not cover reports.
 */
export async function listIssuedTo(
  app: App,
  actor: Actor,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<{ reports: View[]; next: number | null }> {
  if (actor.subjectId !== null) requireOwnReports(actor)
  const rows = await listReports(app.db, receiverOf(actor), actor.subjectId, before ?? Number.MAX_SAFE_INTEGER, limit)
  const next = rows.length === limit ? (rows.at(-1)?.reportId ?? null) : null
  return { reports: rows.map(row => issuedView(app, row)), next }
}

/** A subject's own report by its code, whatever has become of it. Refuses `report.unknown` for everybody else's. */
export async function readOwnReport(app: App, subjectId: SubjectId, text: string): Promise<View> {
  const code = parseVerifyCode(text)
  const row = code.ok ? await findOwnReport(app.db, subjectId, code.value) : undefined
  if (!row) throw new NotFound('report.unknown')
  return issuedView(app, row)
}

/** How many records of a subject stand on the portal today; null for one that the portal does not know. */
export async function countDisplayed(app: App, subjectId: SubjectId): Promise<number | null> {
  const shown = await listDisplayed(app.db, [subjectId], legalDay(app.now(), app.city.zone))
  return shown?.size ?? null
}

function issuedView(app: App, row: ListedReport): View {
  return {
    ...reportView(app, row),
    state: reportState(row, legalDay(app.now(), app.city.zone)),
    endedAt: row.endedAt ? cityInstant(row.endedAt, app.city.zone) : null,
    endReason: row.endReason,
  }
}
