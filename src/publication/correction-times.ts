import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { addMonths, type Day, day, legalDay } from '../base/day.ts'
import { type Query, type Row, sql } from '../db/database.ts'

/* How long corrections take to be complete: what the public is told of principle 10. */

/** Fewer than this would tell of single ones. */
const SMALL_CELL = 5
const MONTHS = 24

/** A correction in which somebody was asked: when all had confirmed, or null. */
const ASKED = `select date_trunc('month', c.at at time zone $1)::date as month, case when bool_and(n.confirmed_at is not null) then extract(epoch from max(n.confirmed_at) - c.at) / 3600 end as hours
  from correction c join receiver_notice n using (subject_id, correction_id) where n.kind = 'correct-copies' and c.at >= $2::date::timestamp at time zone $1
  group by c.subject_id, c.correction_id, c.at`

export type MonthCount = { readonly month: Day; readonly complete: number }
export type MonthSpan = { readonly first: Day; readonly last: Day }

/**
 * Spans of months with enough complete corrections each, oldest first: months are put together until there are enough, what is left at the end
 * goes to the last span. None where all of them are too few together.
 */
export function spansOf(months: readonly MonthCount[]): MonthSpan[] {
  const spans: MonthSpan[] = []
  let first: Day | null = null
  let lastMonth: Day | null = null
  let sum = 0
  for (const { month, complete } of [...months].sort((a, b) => (a.month < b.month ? -1 : 1))) {
    first ??= month
    lastMonth = month
    sum += complete
    if (sum < SMALL_CELL) continue
    spans.push({ first, last: month })
    first = null
    sum = 0
  }
  const end = spans.pop()
  return end ? [...spans, first === null ? end : { first: end.first, last: lastMonth ?? end.last }] : []
}

type Span = { month: Day; lastMonth: Day; corrections: number; complete: number; median: number; p90: number }

/** Counts anew once a day how long the corrections of the last two years took; writes only what differs. */
export async function refreshCorrectionTimes(app: App): Promise<void> {
  const today = legalDay(app.now(), app.city.zone)
  if (await isCounted(app, today)) return
  const spans = await countSpans(app, today)
  if (spans.length === 0) return
  await change(app, SYSTEM, { deed: 'publication.correction-times', entity: 'publication' }, async made => {
    await made.tx.run(sql`delete from pub.correction_time`)
    await made.tx.run(sql`insert into pub.correction_time (month, last_month, corrections, complete, median_hours, p90_hours, made_at)
      select month, "lastMonth", corrections, complete, median, p90, ${made.at}::timestamptz from json_to_recordset(${JSON.stringify(spans)}::json)
        as s (month date, "lastMonth" date, corrections integer, complete integer, median integer, p90 integer)`)
  })
}

async function isCounted(app: App, today: Day): Promise<boolean> {
  const row = await app.db.row<{ is: boolean }>(
    sql`select exists (select from pub.correction_time where (made_at at time zone ${app.city.zone})::date >= ${today}::date) as is`,
  )
  return row?.is ?? false
}

async function countSpans(app: App, today: Day): Promise<Span[]> {
  const query: Query = app.db
  const values = [app.city.zone, addMonths(day(`${today.slice(0, 7)}-01`), 1 - MONTHS)]
  const months = await query.rows<MonthCount & Row>({
    text: `select month, count(hours) as complete from (${ASKED}) asked group by month order by month`,
    values,
  })
  const spans = spansOf(months)
  if (spans.length === 0) return []
  return await query.rows<Span & Row>({
    text: `select s.first as month, s.last as "lastMonth", count(*)::integer as corrections, count(hours)::integer as complete,
        round(percentile_cont(0.5) within group (order by hours))::integer as median, round(percentile_cont(0.9) within group (order by hours))::integer as p90
      from unnest($3::date[], $4::date[]) as s (first, last) join (${ASKED}) asked on asked.month between s.first and s.last group by s.first, s.last order by s.first`,
    values: [...values, spans.map(span => span.first), spans.map(span => span.last)],
  })
}
