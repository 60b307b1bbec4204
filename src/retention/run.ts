import type { App } from '../app.ts'
import type { RetentionKind } from '../law/access-model.ts'
import { endDueFacts } from './end-facts.ts'
import { endReportFiles } from './end-report-files.ts'
import { endDueRest } from './end-rest.ts'

export type RetentionRun = { readonly isDryRun: boolean; readonly counts: Readonly<Partial<Record<RetentionKind, number>>> }

/**
 * Ends everything that is due today, in batches: each is one change with its receipts and its certificate. May be broken off and run again,
 * also twice at once: what has gone is no more due, and two that meet hold each other up at the receipts. With `isDryRun` nothing is written.
 */
export async function runRetention(app: App, isDryRun = false): Promise<RetentionRun> {
  const facts = await endDueFacts(app, isDryRun)
  const rest = await endDueRest(app, isDryRun)
  return { isDryRun, counts: { ...facts, ...rest, 'report-files': await endReportFiles(app, isDryRun) } }
}
