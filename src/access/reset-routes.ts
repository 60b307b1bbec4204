import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import * as doors from './contract.ts'
import { setFirstPassword } from './first-password.ts'
import { askReset, closeReset, confirmReset, listOpenResets, spendReset } from './reset-password.ts'
import { callerOf } from './session-routes.ts'
import { listTally } from './tally.ts'

const DAY_MS = 86_400_000

/** The doors of resets by two administrators, of the code they hand over and of a first code, and of the auditor's tally of tries. */
export function bindResets(http: FastifyInstance, app: App): void {
  serve(http, app, doors.askReset, async ({ actor, params, input }) => ({
    resetId: await askReset(app, actor, params.accountId, input),
  }))
  serve(http, app, doors.listResets, async () => ({
    resets: (await listOpenResets(app)).map(reset => ({
      ...reset,
      askedAt: reset.askedAt.toISOString(),
      confirmedAt: reset.confirmedAt?.toISOString() ?? null,
      endsAt: reset.endsAt.toISOString(),
    })),
  }))
  serve(http, app, doors.confirmReset, async ({ actor, params, input }) => {
    const confirmed = await confirmReset(app, actor, params.resetId, input.takesFactor)
    return { ...confirmed, endsAt: confirmed.endsAt.toISOString() }
  })
  serve(http, app, doors.closeReset, async ({ actor, params }) => {
    return { wasConfirmed: await closeReset(app, actor, params.resetId) }
  })
  serve(http, app, doors.useReset, async ({ input, request }) => {
    await spendReset(app, { ...input, caller: callerOf(app, request) })
    return { done: true as const }
  })
  serve(http, app, doors.setFirstPassword, async ({ input, request }) => {
    await setFirstPassword(app, { ...input, caller: callerOf(app, request) })
    return { done: true as const }
  })
  serve(http, app, doors.listSignInTally, async ({ query }) => {
    const since = new Date(app.now().getTime() - query.days * DAY_MS)
    return { counts: (await listTally(app, since)).map(one => ({ ...one, hour: one.hour.toISOString() })) }
  })
}
