import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { ownLook } from '../access/own-look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { receiverOf } from './commands.ts'
import type { IssuedView } from './contract.ts'
import { cityInstant } from './issue.ts'
import { requireOwnReports } from './reported-subject.ts'
import { type ListedReport, listDisplayed, listPublicReports, ownReport, ownReports } from './store.ts'
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
  const place = before ?? Number.MAX_SAFE_INTEGER
  const rows =
    actor.subjectId === null
      ? await listPublicReports(app.db, receiverOf(actor), place, limit)
      : await ownLook<ListedReport>(app, actor, 'reports', own => ownReports(own, place, limit))
  const next = rows.length === limit ? (rows.at(-1)?.reportId ?? null) : null
  return { reports: rows.map(row => issuedView(app, row)), next }
}

/** The report of the subject that this actor speaks for, by its code, whatever has become of it. Refuses `report.unknown` for everybody else's. */
export async function readOwnReport(app: App, actor: Actor, text: string): Promise<View> {
  const code = parseVerifyCode(text)
  if (!code.ok) throw new NotFound('report.unknown')
  const [row] = await ownLook<ListedReport>(app, actor, 'reports', own => ownReport(own, code.value))
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
