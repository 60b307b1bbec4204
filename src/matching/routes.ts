import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import * as doors from './contract.ts'
import { decideWaiting } from './decide-waiting.ts'
import { countOpen, listWaiting } from './waiting-store.ts'
import { showWaiting, waitingTitle } from './waiting-view.ts'

/** Binds the doors of the waiting queue. */
export function bindWaiting(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listWaiting, async ({ query }) => {
    const rows = await listWaiting(app.db, query.state, query.after, query.limit)
    return {
      waiting: rows.map(row => waitingTitle(app, row)),
      next: rows.length === query.limit ? (rows.at(-1)?.waitingId ?? null) : null,
      open: await countOpen(app.db),
    }
  })
  serve(http, app, doors.getWaiting, async ({ actor, params }) => showWaiting(app, actor, params.waitingId))
  serve(http, app, doors.decideWaiting, async ({ actor, params, input }) => decideWaiting(app, actor, params.waitingId, input))
}
