import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'

const COUNTED = `select 'subjects' as name, count(*) as value from pub.subject
  union all select coalesce(register, section), count(*) from pub.record
    where shown_from <= $1::date and (shown_until is null or shown_until >= $1::date) group by coalesce(register, section)
  union all select 'list:' || list, count(*) from pub.record
    where list is not null and shown_from <= $1::date and (shown_until is null or shown_until >= $1::date) group by list`

/**
 * Counts the city's figures anew, off the hot path: subjects, records on display by register, punctuality by unit and month. Every day once, and
 * whenever one has changed: a city in which nothing happens writes nothing into its log.
 */
export async function refreshFigures(app: App): Promise<void> {
  if (!(await areOld(app, legalDay(app.now(), app.city.zone)))) return
  await change(app, SYSTEM, { deed: 'publication.figures', entity: 'publication' }, async made => {
    await made.tx.run({
      text: `insert into pub.figure (name, value, made_at) select name, value, $2::timestamptz from (${COUNTED}) counted
        on conflict (name) do update set value = excluded.value, made_at = excluded.made_at`,
      values: [made.today, made.at],
    })
    await made.tx.run({ text: 'update pub.figure set value = 0, made_at = $1 where made_at < $1', values: [made.at] })
    await made.tx.run({
      text: `insert into pub.punctuality (authority, item, month, reported, on_time, late) select authority, item, month, reported, on_time, late from timeliness
        on conflict (authority, item, month) do update set reported = excluded.reported, on_time = excluded.on_time, late = excluded.late`,
    })
  })
}

async function areOld(app: App, today: Day): Promise<boolean> {
  const row = await app.db.row<{ old: boolean }>({
    text: `select not exists (select from pub.figure where (made_at at time zone $2)::date >= $1::date)
      or exists (select from (${COUNTED}) counted full join pub.figure kept using (name) where coalesce(counted.value, 0) <> coalesce(kept.value, 0))
      or exists (select authority, item, month, reported, on_time, late from timeliness
        except select authority, item, month, reported, on_time, late from pub.punctuality) as old`,
    values: [today, app.city.zone],
  })
  return row?.old ?? true
}
