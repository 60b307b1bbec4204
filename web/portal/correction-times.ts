import type { Day } from '../../src/base/day.ts'
import type { Query } from '../../src/db/database.ts'

/** How long the corrections of a span of months took until the last receiver had confirmed. */
export type CorrectionTime = {
  readonly month: Day
  readonly lastMonth: Day
  readonly corrections: number
  readonly complete: number
  readonly medianHours: number
  readonly p90Hours: number
}

/** Latest first. */
export async function listCorrectionTimes(db: Query): Promise<CorrectionTime[]> {
  return await db.rows<CorrectionTime>({
    text: `select month, last_month as "lastMonth", corrections, complete, median_hours as "medianHours", p90_hours as "p90Hours" from pub.correction_time order by month desc`,
  })
}
