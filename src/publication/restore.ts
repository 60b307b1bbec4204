import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { resolveSubjects } from '../archive/links.ts'
import { type Resumed, tellResumed } from '../receivers/tell-resumed.ts'
import { lockReports, markChanged } from '../reports/store.ts'

const EVER = new Date('9999-12-31T00:00:00Z')

/**
 * What was taken away stands again: the publish task shows it for the rest of its period. Here, in the transaction that gives it back, whoever was told
 * that it had gone is told that it stands again, and every valid report that was issued in between, and could not show it, is marked: on verification
 * it says that something has changed since, and not what (principle 3: no outlet contradicts another in silence).
 */
export async function restoreRecord(app: App, change: Change, resumed: Resumed, goneSince: Date): Promise<void> {
  const { tx, today } = change
  const { subjectId, recordId } = resumed
  const group = (await resolveSubjects(tx, [subjectId], { asOf: today, knownOn: EVER })).get(subjectId) ?? [subjectId]
  // A report that is being issued in this very moment is registered first, and is marked.
  await lockReports(tx, group)
  await markChanged(change, group, recordId, goneSince)
  await tellResumed(app, change, resumed)
}
