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

/**
 * Deletes what processes of the portal added up of past minutes, with what their digests were made with, by the database's clock; run by the
 * clock, so that they go when nobody asks for a page any more, too. How many counts.
 */
export async function forgetPortalCounts(query: Query): Promise<number> {
  const row = await query.row<{ gone: number }>(sql`select forget_portal_counts() as gone`)
  return row?.gone ?? 0
}
