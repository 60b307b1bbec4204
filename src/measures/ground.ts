import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { endMeasuresOf, lockCasesOn, type OnGround } from './store.ts'

/**
 * What measures rest on no longer holds: every one of them ends in the transaction that takes it away, whoever takes it (principle 3, SG4, SG5), and
 * cases that have yet to begin one are told by a task that there is nothing left to begin it on.
 */
export async function endMeasuresOn(app: App, change: Change, records: readonly OnGround[]): Promise<void> {
  if (records.length === 0) return
  const open = await lockCasesOn(change, records)
  await endMeasuresOf(change, records)
  for (const { subjectId, caseId } of open)
    await app.queue.enqueue(change.tx, 'ground-gone', { subjectId, caseId }, { key: `ground-gone:${caseId}` })
}
