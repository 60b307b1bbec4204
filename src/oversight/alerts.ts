import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql, type Tx } from '../db/database.ts'
import { addWorkingDays } from '../law/calendar.ts'
import { keptTyped } from '../validation/typed-text.ts'

/* What becomes of looking that stood out: the auditor asks, the one who looked explains within its clock, the auditor closes with a finding. */

export type AlertStep = 'asked' | 'explained' | 'justified' | 'breach'
export type AlertState = 'open' | AlertStep

/** Asks whoever looked for an explanation; its last day, null where the calendar of the year is not published. Refuses `look-alert.step`. */
export async function askExplanation(app: App, auditor: Actor, alertId: number, text: string): Promise<Day | null> {
  const today = legalDay(app.now(), app.city.zone)
  const due = addWorkingDays(app.law.calendar, today, app.law.oversight?.explanation.workingDays ?? 1)
  const dueOn = typeof due === 'string' ? due : null
  await takeStep(app, auditor, alertId, 'asked', text, dueOn, ({ state }) => state === 'open')
  return dueOn
}

/** The explanation of the one who looked, and of nobody else. Refuses `look-alert.unknown` to others and `look-alert.step`. */
export async function explain(app: App, actor: Actor, alertId: number, text: string): Promise<void> {
  await takeStep(app, actor, alertId, 'explained', text, null, ({ state }) => state === 'asked', actor.id)
}

/** Closes an alert: the looking was in order, or it was a breach and is handed on. Refuses `look-alert.own` and `look-alert.step`. */
export async function closeAlert(
  app: App,
  auditor: Actor,
  alertId: number,
  finding: 'justified' | 'breach',
  text: string,
): Promise<void> {
  await takeStep(app, auditor, alertId, finding, text, null, ({ state }) => state !== 'justified' && state !== 'breach')
}

type Held = { readonly actor: string; readonly state: AlertState; readonly steps: number }

async function takeStep(
  app: App,
  actor: Actor,
  alertId: number,
  step: AlertStep,
  typed: string,
  dueOn: Day | null,
  isOpen: (held: Held) => boolean,
  onlyOf?: string,
): Promise<void> {
  const text = keptTyped(app.law, typed, legalDay(app.now(), app.city.zone))
  await change(app, actor, { deed: `look-alert.${step}`, entity: `look-alert:${alertId}`, detail: { dueOn } }, async made => {
    const held = await heldAlert(made.tx, alertId)
    if (!held || (onlyOf !== undefined && held.actor !== onlyOf)) throw new NotFound('look-alert.unknown')
    // Nobody judges his own looking.
    if (step !== 'explained' && held.actor === actor.id) throw new Refusal('look-alert.own')
    if (!isOpen(held)) throw new Refusal('look-alert.step')
    const taken = await made.tx.run(sql`insert into look_alert_step (alert_id, step_no, step, text, due_on, actor, at, act_id)
      values (${alertId}, ${held.steps + 1}, ${step}, ${text}, ${dueOn}, ${actor.id}, ${made.at}, ${made.actId}) on conflict do nothing`)
    if (taken === 0) throw new Refusal('look-alert.step')
  })
}

async function heldAlert(tx: Tx, alertId: number): Promise<Held | undefined> {
  return await tx.row<Held>(sql`select a.actor, coalesce((select s.step from look_alert_step s where s.alert_id = a.alert_id order by s.step_no desc limit 1), 'open') as state,
    (select count(*) from look_alert_step s where s.alert_id = a.alert_id) as steps from look_alert a where a.alert_id = ${alertId}`)
}

export type AlertRow = {
  readonly alertId: number
  readonly rule: string
  readonly actor: string
  readonly unit: string
  readonly lookedOn: Day
  readonly count: number
  readonly atLeast: number
  readonly receipts: readonly string[]
  readonly foundAt: Date
  readonly steps: readonly { step: AlertStep; text: string; dueOn: Day | null; actor: string; at: string }[]
}

/** Alerts, latest first: of one actor, or all; `open`: those that nobody has closed. */
export async function listAlerts(
  app: App,
  filter: {
    readonly actor?: string
    readonly open?: boolean | undefined
    readonly before?: number | undefined
    readonly limit: number
  },
): Promise<AlertRow[]> {
  return await app.db.rows<AlertRow>({
    text: `select a.alert_id as "alertId", a.rule, a.actor, a.unit, a.looked_on as "lookedOn", a.count, a.at_least as "atLeast", a.receipts, a.found_at as "foundAt",
        coalesce((select json_agg(json_build_object('step', s.step, 'text', s.text, 'dueOn', s.due_on, 'actor', s.actor, 'at', s.at) order by s.step_no)
          from look_alert_step s where s.alert_id = a.alert_id), '[]') as steps
      from look_alert a where ($1::text is null or a.actor = $1) and a.alert_id < $2
        and (not $3 or not exists (select from look_alert_step s where s.alert_id = a.alert_id and s.step in ('justified', 'breach')))
        and ($1::text is null or exists (select from look_alert_step s where s.alert_id = a.alert_id))
      order by a.alert_id desc limit $4`,
    values: [filter.actor ?? null, filter.before ?? Number.MAX_SAFE_INTEGER, filter.open ?? false, filter.limit],
  })
}
