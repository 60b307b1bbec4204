import type { Day } from '../../src/base/day.ts'
import { addMonths } from '../../src/base/day.ts'
import type { Query } from '../../src/db/database.ts'

export type Punctuality = {
  readonly authority: string
  readonly reported: number
  readonly onTime: number
  readonly late: number
}

/** How punctual bodies were in the twelve months up to today's, one row a body. `authority` asks for one. */
export async function findPunctuality(db: Query, today: Day, authority?: string): Promise<Punctuality[]> {
  const first = `${addMonths(`${today.slice(0, 7)}-01` as Day, -11)}`
  return await db.rows<Punctuality>({
    text: `select authority, sum(reported)::bigint as reported, sum(on_time)::bigint as "onTime", sum(late)::bigint as late
      from pub.punctuality where month >= $1::date and ($2::text is null or authority = $2) group by authority order by authority`,
    values: [first, authority ?? null],
  })
}

export type MonthOfUnit = Punctuality & { readonly month: Day }

/** The same by month, latest first. */
export async function listMonths(db: Query, today: Day): Promise<MonthOfUnit[]> {
  const first = `${addMonths(`${today.slice(0, 7)}-01` as Day, -11)}`
  return await db.rows<MonthOfUnit>({
    text: `select month, authority, sum(reported)::bigint as reported, sum(on_time)::bigint as "onTime", sum(late)::bigint as late
      from pub.punctuality where month >= $1::date and month <= $2::date group by month, authority order by month desc, authority`,
    values: [first, today],
  })
}
