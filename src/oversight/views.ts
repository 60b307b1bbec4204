import type { z } from 'zod'
import { type Actor, may } from '../access/actor.ts'
import { actorNames } from '../access/actor-name.ts'
import { organisationsOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { workingDaysBetween } from '../law/calendar.ts'
import { cite } from '../law/citation.ts'
import { DELAY_GROUNDS, type OversightLaw, type UnusualKind } from '../law/oversight-model.ts'
import { type AlertRow, type AlertState, listAlerts } from './alerts.ts'
import type * as doors from './contract.ts'
import { type DelayRow, listDelays } from './delays.ts'

/* What the screens show of alerts and delays. */

type Alerts = z.infer<(typeof doors.listAlerts)['output']>
type Paging = { readonly before?: number | undefined; readonly limit: number }

/** Alerts as the auditor sees them. */
export async function viewAlerts(app: App, query: Paging & { readonly open?: boolean | undefined }): Promise<Alerts> {
  return await alertsView(app, await listAlerts(app, query), query.limit)
}

/** What this actor is asked to explain, or has explained. */
export async function viewOwnAlerts(app: App, actor: Actor, query: Paging): Promise<Alerts> {
  return await alertsView(app, await listAlerts(app, { ...query, actor: actor.id }), query.limit)
}

async function alertsView(app: App, rows: readonly AlertRow[], limit: number): Promise<Alerts> {
  const names = await actorNames(
    app.db,
    rows.flatMap(row => [row.actor, ...row.steps.map(step => step.actor)]),
  )
  const units = await organisationsOf(
    app,
    rows.map(row => row.unit),
  )
  const alerts = rows.map(row => alertView(app, row, names, units.get(row.unit)?.name ?? row.unit))
  return { alerts, next: rows.length === limit ? (rows.at(-1)?.alertId ?? null) : null }
}

type Names = ReadonlyMap<string, string | null>

function alertView(app: App, row: AlertRow, names: Names, unitName: string): Alerts['alerts'][number] {
  const state: AlertState = row.steps.at(-1)?.step ?? 'open'
  const { alertId, rule, actor, lookedOn, count, atLeast, receipts } = row
  return {
    ...{ alertId, rule, ruleName: ruleOf(app, rule)?.name ?? rule },
    sentence: app.words.say(`look-alert.${rule}`, { count, atLeast, ...hoursOf(app.law.oversight) }),
    ...{ actor, actorName: names.get(actor) ?? null, unitName, lookedOn, count, atLeast, receipts: [...receipts] },
    ...{ foundAt: row.foundAt.toISOString(), state, stateName: app.words.say(`look-alert.state-${state}`) },
    ...clockOf(app, state === 'asked' ? (row.steps.at(-1)?.dueOn ?? null) : null),
    steps: row.steps.map(({ step, text, dueOn, actor: by, at }) => ({
      ...{ step, stepName: app.words.say(`look-alert.step-${step}`), text, dueOn },
      ...{ by: names.get(by) ?? by, at: new Date(at).toISOString() },
    })),
  }
}

/** The clock of an explanation: its last day, and how far it is from today. */
function clockOf({ law, city, now }: App, dueOn: Day | null) {
  const workingDays = law.oversight?.explanation.workingDays ?? 1
  if (dueOn === null) return { dueOn, workingDays, workingDaysLeft: null, isOverdue: false }
  const today = legalDay(now(), city.zone)
  const left = workingDaysBetween(law.calendar, today, dueOn)
  return { dueOn, workingDays, workingDaysLeft: typeof left === 'number' ? left : null, isOverdue: dueOn < today }
}

function ruleOf({ law }: App, kind: string): OversightLaw['unusual'][UnusualKind] | undefined {
  return law.oversight?.unusual[kind as UnusualKind]
}

function hoursOf(oversight: OversightLaw | null): { from: string; until: string } {
  const hours = oversight?.unusual['off-hours']
  return { from: hours?.from ?? '', until: hours?.until ?? '' }
}

type Delays = z.infer<(typeof doors.listDelays)['output']>
type DelayState = Delays['delays'][number]['state']

/** Delays as their unit, or whoever decides on them, sees them. */
export async function viewDelays(
  app: App,
  actor: Actor,
  query: Paging & { readonly open?: boolean | undefined },
): Promise<Delays> {
  const rows = await listDelays(app, actor, query)
  const names = await actorNames(
    app.db,
    rows.flatMap(row => [row.askedBy, row.decidedBy, row.endedBy].filter(one => one !== null)),
  )
  const units = await organisationsOf(
    app,
    rows.map(row => row.unit),
  )
  const grounds = app.law.oversight?.delay.grounds
  return {
    delays: rows.map(row => delayView(app, actor, row, names, units.get(row.unit)?.name ?? row.unit)),
    next: rows.length === query.limit ? (rows.at(-1)?.delayId ?? null) : null,
    longestDays: app.law.oversight?.delay.longestDays ?? 0,
    grounds: may(actor, 'look.delay') ? DELAY_GROUNDS.flatMap(id => (grounds ? [{ id, name: grounds[id].name }] : [])) : [],
  }
}

function delayView(app: App, actor: Actor, row: DelayRow, names: Names, unitName: string): Delays['delays'][number] {
  const ground = app.law.oversight?.delay.grounds[row.ground]
  const basis = ground?.basis[0]
  const state = stateOf(row, legalDay(app.now(), app.city.zone))
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null))
  return {
    ...{ delayId: row.delayId, unitName, businessNo: row.businessNo, ground: row.ground, groundName: ground?.name ?? row.ground },
    ...{ basis: basis === undefined ? '' : cite(app.law, basis), reason: row.reason, until: row.until },
    ...{ askedBy: nameOf(row.askedBy), askedAt: row.askedAt.toISOString() },
    ...{ state, stateName: app.words.say(`look-delay.state-${state}`) },
    ...{ decidedBy: nameOf(row.decidedBy), decidedAt: row.decidedAt?.toISOString() ?? null, decision: row.decision },
    ...{ endedBy: nameOf(row.endedBy), endedAt: row.endedAt?.toISOString() ?? null, endReason: row.endReason },
    isOwn: row.askedBy === actor.id,
    mayWithdraw: state === 'asked' && row.askedBy === actor.id && may(actor, 'look.delay'),
    mayEnd: state === 'approved' && (row.unit === actor.unit || may(actor, 'look.delay-approve')),
  }
}

function stateOf({ until, approved, endedAt }: DelayRow, today: Day): DelayState {
  const decided: DelayState = approved === null ? 'asked' : approved ? 'approved' : 'refused'
  if (endedAt) return decided === 'asked' ? 'withdrawn' : 'ended'
  return until >= today || decided === 'refused' ? decided : 'over'
}
