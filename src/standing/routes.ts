import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import { withdrawComment, writeComment } from './comments.ts'
import * as doors from './contract.ts'

/** The doors by which a subject says something beside its records. */
export function bindStanding(http: FastifyInstance, app: App): void {
  serve(http, app, doors.writeComment, ({ actor, params, input }) => writeComment(app, actor, params.recordId, input.text))
  serve(http, app, doors.withdrawComment, async ({ actor, params }) => {
    await withdrawComment(app, actor, params.recordId)
    return { withdrawn: true }
  })
}
