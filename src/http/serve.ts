import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Actor, isProgram, type Permission } from '../access/actor.ts'
import type { App } from '../app.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { isBodyProven } from '../programs/body-proof.ts'
import { programRefusal } from '../programs/challenge.ts'
import { chargeRequest } from '../quota/charge.ts'
import { requireCollectable } from '../validation/typed-text.ts'
import type { Endpoint } from './endpoint.ts'
import { gate } from './gate.ts'
import { noteActor } from './log.ts'
import { actorOf } from './session.ts'

export const API = '/api/v1'
const FORM_TYPE = /^\s*application\/x-www-form-urlencoded\s*(;|$)/i
const JSON_TYPE = /^\s*application\/json\s*(;|$)/i

export type Asked<E extends Endpoint> = {
  readonly actor: Actor
  readonly params: z.output<E['params']>
  readonly query: z.output<E['query']>
  readonly input: z.output<E['input']>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Every door that was bound, for OpenAPI and the permission table. */
export const bound: Endpoint[] = []

/**
 * Binds a contract to its command. Order: who is it, may they, is the input what the contract says, does it hold
 * nothing that may not be collected; then the command.
 * A handler answers with the contract's output, or sends a file itself and answers `reply`.
 */
export function serve<E extends Endpoint>(
  http: FastifyInstance,
  app: App,
  endpoint: E,
  handle: (asked: Asked<E>) => Promise<z.input<E['output']> | FastifyReply>,
): void {
  if (!bound.includes(endpoint)) bound.push(endpoint)
  http.route({
    method: endpoint.method,
    url: API + endpoint.path,
    onRequest: async request => requireType(endpoint, request),
    handler: async (request, reply) => {
      const actor = await actorOf(app, request, endpoint.needs === 'anyone')
      noteActor(request, actor.id)
      await chargeRequest(app, request, reply, actor)
      requireNeeds(app, actor, endpoint, request, reply)
      const params = endpoint.params.parse(request.params ?? {}) as z.output<E['params']>
      const query = endpoint.query.parse(request.query ?? {}) as z.output<E['query']>
      const input = (
        endpoint.body === 'json' || endpoint.body === 'form' ? endpoint.input.parse(request.body ?? {}) : {}
      ) as z.output<E['input']>
      // What may not be collected about anybody passes no door, whatever it is typed into (principle 2).
      requireCollectable(app.law, query)
      requireCollectable(app.law, input)
      const answer = await handle({ actor, params, query, input, request, reply })
      // A door that used a signed body and never held it against its digest is a fault of the door.
      if (!isBodyProven(request)) throw new Error(`the signed body of ${endpoint.path} was not proven`)
      if (answer === reply || reply.sent) return reply
      if (!reply.getHeader('cache-control')) reply.header('cache-control', 'no-store')
      if (reply.statusCode === 200) reply.code(endpoint.status)
      // As bytes: of a text Fastify would first work out how long it is.
      return reply.type('application/json; charset=utf-8').send(Buffer.from(JSON.stringify(answer)))
    },
  })
}

/**
 * A form of another site may send forms, files and plain text without asking; JSON it may not. So whatever a door reads as JSON must say that
 * it is JSON, before anything of it is read: nobody is signed in, or acts, by a page he only opened.
 */
function requireType(endpoint: Endpoint, request: FastifyRequest): void {
  const type = request.headers['content-type']
  if (endpoint.body === 'form' && FORM_TYPE.test(type ?? '')) return
  if (endpoint.body !== 'form' && (endpoint.body !== 'json' || type === undefined || JSON_TYPE.test(type))) return
  throw new Refusal('request.media-type', null, {}, 415)
}

function requireNeeds(app: App, actor: Actor, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): void {
  const found = gate(actor, endpoint)
  if (found === 'open') return
  if (found === 'sign-in-needed') throw new NotAllowed('access.sign-in-needed', 401)
  if (found === 'factor-needed') throw new NotAllowed('access.factor-needed')
  if (isProgram(actor)) throw programRefusal(app, actor, endpoint.needs as Permission, request, reply)
  throw Object.assign(new NotAllowed('access.not-allowed'), { message: endpoint.needs })
}
