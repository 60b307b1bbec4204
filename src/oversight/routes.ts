import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import { askExplanation, closeAlert, explain } from './alerts.ts'
import * as doors from './contract.ts'
import { askDelay, decideDelay, endDelay, withdrawDelay } from './delays.ts'
import { viewAlerts, viewDelays, viewOwnAlerts } from './views.ts'

/** The doors of those who watch those who look, and of those who are asked why they looked. */
export function bindOversight(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listAlerts, ({ query }) => viewAlerts(app, query))
  serve(http, app, doors.listOwnAlerts, ({ actor, query }) => viewOwnAlerts(app, actor, query))
  serve(http, app, doors.askExplanation, async ({ actor, params, input }) => ({
    dueOn: await askExplanation(app, actor, params.alertId, input.text),
  }))
  serve(http, app, doors.explain, async ({ actor, params, input }) => {
    await explain(app, actor, params.alertId, input.text)
    return { explained: true }
  })
  serve(http, app, doors.closeAlert, async ({ actor, params, input }) => {
    await closeAlert(app, actor, params.alertId, input.finding, input.text)
    return { closed: true }
  })
  serve(http, app, doors.listDelays, ({ actor, query }) => viewDelays(app, actor, query))
  serve(http, app, doors.askDelay, async ({ actor, input }) => ({ delayId: await askDelay(app, actor, input) }))
  serve(http, app, doors.decideDelay, async ({ actor, params, input }) => {
    await decideDelay(app, actor, params.delayId, input)
    return { decided: true }
  })
  serve(http, app, doors.withdrawDelay, async ({ actor, params, input }) => {
    await withdrawDelay(app, actor, params.delayId, input.reason)
    return { withdrawn: true }
  })
  serve(http, app, doors.endDelay, async ({ actor, params, input }) => {
    await endDelay(app, actor, params.delayId, input.reason)
    return { ended: true }
  })
}
