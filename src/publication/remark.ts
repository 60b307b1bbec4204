import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { publishWithin } from './publish.ts'
import { endReports, lockPlaces, type Withdrawn } from './withdraw.ts'

/**
 * What stands beside records (an objection's mark, the subject's own words) has changed: the portal shows it when the change is committed. With
 * a reason, every issued report that shows one of the records is superseded, for paper takes no mark afterwards.
 */
export async function remarkRecords(
  app: App,
  change: Change,
  records: readonly Withdrawn[],
  reason: string | null,
): Promise<void> {
  const places = await lockPlaces(change, records)
  if (places.length === 0) return
  const subjectIds = places.map(place => place.subjectId)
  const recordIds = places.map(place => place.recordId)
  if (reason !== null) await endReports(change, subjectIds, recordIds, reason)
  await publishWithin(app, change, [...new Set(subjectIds)])
}
