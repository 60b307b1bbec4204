import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import * as doors from './contract.ts'
import { readConfirmations } from './views.ts'

/** Binds the door of what waits for a second person. */
export function bindConfirmations(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listConfirmations, ({ actor }) => readConfirmations(app, actor))
}
