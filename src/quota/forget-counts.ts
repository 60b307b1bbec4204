import { type Query, sql } from '../db/database.ts'

const HOUR_MS = 3_600_000
/** The console shows the use of thirty days. */
const DAYS_KEPT = 40

/** Deletes minutes that are over, and days that nobody is shown any more; run by the clock. */
export async function forgetCounts(query: Query, at: Date): Promise<number> {
  const minutes = await query.run(
    sql`delete from quota_count where span = 'minute' and starts_at < ${new Date(at.getTime() - HOUR_MS)}`,
  )
  return (
    minutes +
    (await query.run(
      sql`delete from quota_count where span = 'day' and starts_at < ${new Date(at.getTime() - DAYS_KEPT * 24 * HOUR_MS)}`,
    ))
  )
}
