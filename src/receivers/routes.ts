import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import { closeBusiness, confirmCorrection } from './confirm.ts'
import * as doors from './contract.ts'
import { readNotice } from './read-notice.ts'
import { listFor, listUnits, readFeed } from './views.ts'

/** The doors of those who were handed something. */
export function bindReceivers(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listCorrections, ({ actor, query }) => listFor(app, actor, query))
  serve(http, app, doors.listReceivers, () => listUnits(app))
  serve(http, app, doors.getCorrection, ({ actor, params }) => readNotice(app, actor, params))
  serve(http, app, doors.confirmCorrection, async ({ actor, params, input }) => ({
    confirmedAt: (await confirmCorrection(app, actor, params, input.how)).toISOString(),
  }))
  serve(http, app, doors.readFeed, ({ actor, query }) => readFeed(app, actor, query))
  serve(http, app, doors.closeBusiness, async ({ actor, input }) => {
    const { businessNo, closedAt } = await closeBusiness(app, actor, input.businessNo)
    return { businessNo, closedAt: closedAt.toISOString() }
  })
}
