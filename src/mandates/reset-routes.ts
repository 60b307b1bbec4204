import type { FastifyInstance } from 'fastify'
import { listOwnResets, stopOwnReset } from '../access/own-resets.ts'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import { askAccountReset, confirmAccountReset, listAccountResets, withdrawAccountReset } from './account-reset.ts'
import * as doors from './reset-contract.ts'

const DONE = { done: true } as const

/** Binds the doors of a lost password: at the window, and at its owner's own account. */
export function bindAccountResets(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listAccountResets, ({ actor, query }) => listAccountResets(app, actor, query))
  serve(http, app, doors.askAccountReset, async ({ actor, input, request }) => {
    const { endsAt, ...asked } = await askAccountReset(app, actor, input, request.ip)
    return { ...asked, expiresAt: endsAt.toISOString() }
  })
  serve(http, app, doors.confirmAccountReset, async ({ actor, params, input, request }) => {
    const { endsAt, ...confirmed } = await confirmAccountReset(app, actor, params.resetId, { ...input, address: request.ip })
    return { ...confirmed, endsAt: endsAt.toISOString() }
  })
  serve(http, app, doors.withdrawAccountReset, async ({ actor, params }) => ({
    wasConfirmed: await withdrawAccountReset(app, actor, params.resetId),
  }))
  serve(http, app, doors.listOwnResets, async ({ actor }) => ({
    resets: (await listOwnResets(app, actor)).map(one => ({
      ...one,
      askedAt: one.askedAt.toISOString(),
      at: one.at.toISOString(),
    })),
  }))
  serve(http, app, doors.stopOwnReset, async ({ actor, params }) => {
    await stopOwnReset(app, actor, params.resetId)
    return DONE
  })
}
