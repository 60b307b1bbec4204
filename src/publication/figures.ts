import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'

/** Counts the city's figures anew, off the hot path: subjects, records on display by register, punctuality by unit and month. */
export async function refreshFigures(app: App): Promise<void> {
  await change(app, SYSTEM, { deed: 'publication.figures', entity: 'publication' }, async made => {
    await made.tx.run({
      text: `insert into pub.figure (name, value, made_at)
        select 'subjects', count(*), $1::timestamptz from pub.subject
        union all select coalesce(register, section), count(*), $1::timestamptz from pub.record where shown_from <= $2::date and (shown_until is null or shown_until >= $2::date) group by coalesce(register, section)
        union all select 'list:' || list, count(*), $1::timestamptz from pub.record where list is not null and shown_from <= $2::date and (shown_until is null or shown_until >= $2::date) group by list
        on conflict (name) do update set value = excluded.value, made_at = excluded.made_at`,
      values: [made.at, made.today],
    })
    await made.tx.run({ text: 'update pub.figure set value = 0, made_at = $1 where made_at < $1', values: [made.at] })
    await made.tx.run({
      text: `insert into pub.punctuality (authority, item, month, reported, on_time, late) select authority, item, month, reported, on_time, late from timeliness
        on conflict (authority, item, month) do update set reported = excluded.reported, on_time = excluded.on_time, late = excluded.late`,
    })
  })
}
