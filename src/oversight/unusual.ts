import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import type { Row, Statement } from '../db/database.ts'
import { isWorkingDay } from '../law/calendar.ts'
import { type OversightLaw, UNUSUAL_KINDS, type UnusualKind } from '../law/oversight-model.ts'

/*
 * Looking that stands out is found from the register itself, by rules that are data (law/access/oversight.yaml), and told to the auditor. It
 * accuses nobody: whoever looked explains, a person decides (M461, M457).
 */

type Found = Row & { readonly actor: string; readonly unit: string; readonly count: number; readonly receipts: string[] }

const RECEIPTS = 20
/** Looks of units' people and programs on the legal day $1 in the zone $2; a subject's look at itself is nobody's business. */
const OF_DAY =
  "at >= $1::date::timestamp at time zone $2 and at < ($1::date + 1)::timestamp at time zone $2 and unit is not null and unit <> 'subject'"
const OF_UNITS = `${OF_DAY} and ground is distinct from 'own'`
const SOME_RECEIPTS = `(array_agg(distinct receipt))[1:${RECEIPTS}] as receipts`

type Asks = (rule: OversightLaw['unusual'][UnusualKind], on: Day, app: App) => Statement

const ASKS: Readonly<Record<UnusualKind, Asks>> = {
  'many-subjects': ({ atLeast }, on, { city }) => ({
    text: `select actor, unit, count(distinct subject_id) as count, ${SOME_RECEIPTS} from look where ${OF_UNITS}
      group by actor, unit having count(distinct subject_id) >= $3`,
    values: [on, city.zone, atLeast],
  }),
  'off-hours': (rule, on, { city, law }) => {
    const hours = rule as OversightLaw['unusual']['off-hours']
    // A day of which nobody knows yet whether it is worked counts by its hours alone.
    const isFree = isWorkingDay(law.calendar, on) === false
    return {
      text: `select actor, unit, count(*) as count, ${SOME_RECEIPTS} from look where ${OF_UNITS}
        and ($4 or (at at time zone $2)::time < $5::time or (at at time zone $2)::time >= $6::time)
        group by actor, unit having count(*) >= $3`,
      values: [on, city.zone, hours.atLeast, isFree, hours.from, hours.until],
    }
  },
  'outside-work': ({ atLeast }, on, { city, law }) => ({
    text: `select actor, unit, count(distinct subject_id) as count, ${SOME_RECEIPTS} from look l
      where ${OF_UNITS} and outlet in ('console-archive', 'archive-copy', 'api-records') and unit <> all($4::text[])
        and not exists (select from fact_content f left join delivery d using (delivery_id) where f.subject_id = l.subject_id and (f.authority = l.unit or d.unit = l.unit))
      group by actor, unit having count(distinct subject_id) >= $3`,
    values: [on, city.zone, atLeast, [...law.units.values()].filter(unit => unit.kind === 'credit-office').map(unit => unit.id)],
  }),
  'many-misses': ({ atLeast }, on, { city }) => ({
    text: `select actor, unit, count(*) as count, ${SOME_RECEIPTS} from look_miss where ${OF_DAY}
      group by actor, unit having count(*) >= $3`,
    values: [on, city.zone, atLeast],
  }),
  'same-subject': ({ atLeast }, on, { city }) => ({
    text: `select actor, unit, max(times) as count, (array_agg(receipt))[1:${RECEIPTS}] as receipts from (
        select actor, unit, subject_id, count(*) as times, min(receipt) as receipt from look where ${OF_UNITS} group by actor, unit, subject_id having count(*) >= $3) often
      group by actor, unit`,
    values: [on, city.zone, atLeast],
  }),
}

/**
 * Finds what stood out on a legal day and enters each once: by rule, by whom, on which day. How many were entered. Run again it enters nothing
 * twice; a day that is not over yet is looked at again.
 */
export async function findUnusual(app: App, on: Day): Promise<number> {
  const { oversight } = app.law
  if (!oversight) return 0
  let entered = 0
  for (const kind of UNUSUAL_KINDS) {
    const rule = oversight.unusual[kind]
    for (const found of await app.db.rows<Found>(ASKS[kind](rule, on, app)))
      entered += await enterAlert(app, kind, rule.atLeast, on, found)
  }
  return entered
}

/** Yesterday, which is over, and today as far as it has come. */
export async function findUnusualLately(app: App): Promise<number> {
  const today = legalDay(app.now(), app.city.zone)
  return (await findUnusual(app, addDays(today, -1))) + (await findUnusual(app, today))
}

async function enterAlert(app: App, kind: UnusualKind, atLeast: number, on: Day, found: Found): Promise<number> {
  const { actor, unit, count, receipts } = found
  const known = await app.db.row({
    text: 'select from look_alert where rule = $1 and actor = $2 and unit = $3 and looked_on = $4',
    values: [kind, actor, unit, on],
  })
  if (known) return 0
  const alertId = await app.ids.next()
  const detail = { alertId, rule: kind, actor, unit, on, count }
  return await change(app, SYSTEM, { deed: 'look.alert', entity: actor, detail }, made =>
    made.tx.run({
      text: `insert into look_alert (alert_id, rule, actor, unit, looked_on, count, at_least, receipts, found_at, act_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [alertId, kind, actor, unit, on, count, atLeast, receipts, made.at, made.actId],
    }),
  )
}
