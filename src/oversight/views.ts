import type { z } from 'zod'
import { type Actor, may } from '../access/actor.ts'
import { actorNames } from '../access/actor-name.ts'
import { organisationsOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { DELAY_GROUNDS, type OversightLaw, type UnusualKind } from '../law/oversight-model.ts'
import { type AlertRow, type AlertState, listAlerts } from './alerts.ts'
import type * as doors from './contract.ts'
import { listDelays } from './delays.ts'

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
  const today = legalDay(app.now(), app.city.zone)
  const alerts = rows.map(row => {
    const state: AlertState = row.steps.at(-1)?.step ?? 'open'
    const dueOn = state === 'asked' ? (row.steps.at(-1)?.dueOn ?? null) : null
    const unitName = units.get(row.unit)?.name ?? row.unit
    const rule = ruleOf(app, row.rule)
    return {
      ...{ alertId: row.alertId, rule: row.rule, ruleName: rule?.name ?? row.rule, actor: row.actor },
      sentence: app.words.say(`look-alert.${row.rule}`, {
        count: row.count,
        atLeast: row.atLeast,
        ...hoursOf(app.law.oversight),
      }),
      ...{ actorName: names.get(row.actor) ?? null, unitName, lookedOn: row.lookedOn, count: row.count, atLeast: row.atLeast },
      ...{
        receipts: [...row.receipts],
        foundAt: row.foundAt.toISOString(),
        state,
        stateName: app.words.say(`look-alert.state-${state}`),
      },
      ...{ dueOn, isOverdue: dueOn !== null && dueOn < today },
      steps: row.steps.map(({ step, text, dueOn: due, actor, at }) => ({
        ...{ step, stepName: app.words.say(`look-alert.state-${step}`), text, dueOn: due },
        ...{ by: names.get(actor) ?? actor, at: new Date(at).toISOString() },
      })),
    }
  })
  return { alerts, next: rows.length === limit ? (rows.at(-1)?.alertId ?? null) : null }
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
export async function viewDelays(app: App, actor: Actor, { before, limit }: Paging): Promise<Delays> {
  const rows = await listDelays(app, actor, before, limit)
  const names = await actorNames(
    app.db,
    rows.flatMap(row => (row.decidedBy ? [row.askedBy, row.decidedBy] : [row.askedBy])),
  )
  const units = await organisationsOf(
    app,
    rows.map(row => row.unit),
  )
  const today = legalDay(app.now(), app.city.zone)
  const grounds = app.law.oversight?.delay.grounds
  return {
    delays: rows.map(row => {
      const isLive = row.until >= today
      const decided: DelayState = row.approved === null ? 'asked' : row.approved ? 'approved' : 'refused'
      const state: DelayState = row.endedAt ? 'ended' : isLive || decided === 'refused' ? decided : 'over'
      const ground = grounds?.[row.ground]
      return {
        ...{
          delayId: row.delayId,
          unitName: units.get(row.unit)?.name ?? row.unit,
          businessNo: row.businessNo,
          ground: row.ground,
        },
        ...{ groundName: ground?.name ?? row.ground, basis: ground?.basis[0] ?? '', reason: row.reason, until: row.until },
        ...{ askedBy: names.get(row.askedBy) ?? null, askedAt: row.askedAt.toISOString() },
        ...{ state, stateName: app.words.say(`look-delay.state-${state}`) },
        ...{
          decidedBy: row.decidedBy ? (names.get(row.decidedBy) ?? null) : null,
          decidedAt: row.decidedAt?.toISOString() ?? null,
        },
        isOwn: row.askedBy === actor.id,
      }
    }),
    next: rows.length === limit ? (rows.at(-1)?.delayId ?? null) : null,
    longestDays: app.law.oversight?.delay.longestDays ?? 0,
    grounds: may(actor, 'look.delay') ? DELAY_GROUNDS.flatMap(id => (grounds ? [{ id, name: grounds[id].name }] : [])) : [],
  }
}
