import type { NewFact } from '../archive/model.ts'
import type { Tx } from '../db/database.ts'

/* Two clocks for each decision; here the first: from the decision to the platform (M067, M068). */

type Tally = { authority: string; item: string; month: string; reported: number; onTime: number; late: number; unknown: number }

/** Adds a chunk's new records to the departments' tallies, in key order. */
export async function countTimeliness(tx: Tx, facts: readonly NewFact[]): Promise<void> {
  const tallies = new Map<string, Tally>()
  for (const fact of facts) {
    if (fact.kind !== 'record') continue
    const month = `${fact.decidedOn.slice(0, 7)}-01`
    const key = `${fact.authority} ${fact.item} ${month}`
    const tally = tallies.get(key) ?? {
      authority: fact.authority,
      item: fact.item,
      month,
      reported: 0,
      onTime: 0,
      late: 0,
      unknown: 0,
    }
    tally.reported++
    if (fact.reportDueOn === null) tally.unknown++
    else if (fact.receivedOn <= fact.reportDueOn) tally.onTime++
    else tally.late++
    tallies.set(key, tally)
  }
  if (tallies.size === 0) return
  const sorted = [...tallies.keys()].sort().map(key => tallies.get(key) as Tally)
  await tx.run({
    name: 'count-timeliness',
    text: `insert into timeliness as t (authority, item, month, reported, on_time, late, unknown) select * from unnest($1::text[], $2::text[], $3::date[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
      on conflict (authority, item, month) do update set reported = t.reported + excluded.reported, on_time = t.on_time + excluded.on_time, late = t.late + excluded.late, unknown = t.unknown + excluded.unknown`,
    values: [
      sorted.map(t => t.authority),
      sorted.map(t => t.item),
      sorted.map(t => t.month),
      sorted.map(t => t.reported),
      sorted.map(t => t.onTime),
      sorted.map(t => t.late),
      sorted.map(t => t.unknown),
    ],
  })
}
