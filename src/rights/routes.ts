import type { FastifyInstance } from 'fastify'
import { requireFresh } from '../access/fresh.ts'
import type { App } from '../app.ts'
import { NotFound } from '../base/refusal.ts'
import { serve } from '../http/serve.ts'
import { answerRequest, confirmDeletion, extendRequest } from './answer.ts'
import * as doors from './contract.ts'
import { lodgeRequest, withdrawRequest } from './lodge.ts'
import { readOwnFile } from './own-file.ts'
import { readOwnRequests, readRequest, readRequests } from './views.ts'

/** The doors of a subject's rights: its own, and the officers' who answer. */
export function bindRights(http: FastifyInstance, app: App): void {
  serve(http, app, doors.lodge, ({ actor, input }) => lodgeRequest(app, actor, input))
  serve(http, app, doors.listOwn, ({ actor, query }) => readOwnRequests(app, actor, query))
  serve(http, app, doors.withdraw, async ({ actor, params }) => {
    if (actor.subjectId === null) throw new NotFound('rights.unknown')
    await withdrawRequest(app, actor, { subjectId: actor.subjectId, ...params })
    return { withdrawn: true }
  })
  serve(http, app, doors.getOwnFile, ({ actor }) => readOwnFile(app, actor, 'copy'))
  serve(http, app, doors.listForOfficers, ({ actor, query }) => readRequests(app, actor, query))
  serve(http, app, doors.getRequest, ({ actor, params }) => readRequest(app, actor, params))
  serve(http, app, doors.answer, async ({ actor, params, input }) => {
    await answerRequest(app, actor, params, input)
    return { answered: true }
  })
  serve(http, app, doors.extend, async ({ actor, params, input }) => {
    await extendRequest(app, actor, params, input.text)
    return { extended: true }
  })
  serve(http, app, doors.confirm, async ({ actor, params, input }) => {
    requireFresh(app, actor)
    return { certificateId: await confirmDeletion(app, actor, params, input) }
  })
}
