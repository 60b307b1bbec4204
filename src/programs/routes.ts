import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { requireFresh } from '../access/fresh.ts'
import { everyOrganisation } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { problemOf } from '../http/problem.ts'
import { serve } from '../http/serve.ts'
import { watchBody } from './body-proof.ts'
import { closeProgram, confirmProgram, proposeProgram } from './commands.ts'
import * as doors from './contract.ts'
import { addKey, endKey, ownProgramId } from './key-commands.ts'
import { METADATA_PATH, metadata, oauthError } from './oauth.ts'
import { scopesOpenTo } from './scopes.ts'
import { giveToken } from './token.ts'
import { scopeName, viewOwn, viewPrograms } from './views.ts'

const FORM_BYTES = 20_000

/** The doors about programs, and what every door needs for a signed body. Needs @fastify/multipart. */
export async function bindPrograms(http: FastifyInstance, app: App): Promise<void> {
  bindRegistration(http, app)
  bindOwn(http, app)
  http.get(METADATA_PATH, async (_, reply) => reply.header('cache-control', 'public, max-age=3600').send(metadata(app)))
  await http.register(async part => {
    await part.register(formbody, { bodyLimit: FORM_BYTES })
    // A client library reads the errors of RFC 6749 here, not problem documents; it finds the sentence beside them.
    part.setErrorHandler((error, request, reply) => {
      const problem = problemOf(error, app.words)
      if (problem.status >= 500) request.log.error({ err: error, fault: problem.id }, 'unexpected fault')
      if (problem.status === 401) reply.header('www-authenticate', 'Signature')
      return reply.code(problem.status).headers(NOT_KEPT).send(oauthError(problem))
    })
    serve(part, app, doors.getToken, async ({ input, request, reply }) => {
      reply.headers(NOT_KEPT)
      return await giveToken(app, request, input)
    })
  })
}

const NOT_KEPT = { 'cache-control': 'no-store', pragma: 'no-cache' }

/** Begins to hash what is signed before anybody reads it; the first hook of a door. */
export function watchBodies(http: FastifyInstance): void {
  http.addHook('onRequest', async request => watchBody(request))
}

function bindRegistration(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listProgramsDoor, async ({ actor }) => ({ programs: await viewPrograms(app, actor) }))
  serve(http, app, doors.getChoices, async () => ({
    units: [...(await everyOrganisation(app)).values()]
      .filter(unit => unit.isOpen && scopesOpenTo(app, unit.kind).length > 0)
      .map(({ id, name, kind }) => ({
        unit: id,
        name,
        scopes: scopesOpenTo(app, kind).map(scope => ({ scope, name: scopeName(app, scope) })),
      })),
    quotas: [...app.law.quotas.values()]
      .filter(quota => quota.holder === 'program')
      .map(({ id, name, perMinute, perDay }) => ({ quota: id, name, perMinute, perDay })),
  }))
  serve(http, app, doors.propose, async ({ actor, input }) =>
    proposeProgram(app, actor, { ...input, endsOn: input.endsOn as Day }),
  )
  serve(http, app, doors.confirm, async ({ actor, params, input }) => {
    requireFresh(app, actor)
    await confirmProgram(app, actor, params.programId, input.keyIds)
    return { confirmed: true as const }
  })
  serve(http, app, doors.close, async ({ actor, params }) => {
    await closeProgram(app, actor, params.programId)
    return { closed: true as const }
  })
  serve(http, app, doors.addKeyDoor, async ({ actor, params, input }) => addKey(app, actor, params.programId, keyOf(input)))
  serve(http, app, doors.endKeyDoor, async ({ actor, params, input }) => {
    await endKey(app, actor, params.programId, { keyId: params.keyId, ...keyOf(input) })
    return { ended: true as const }
  })
}

function bindOwn(http: FastifyInstance, app: App): void {
  serve(http, app, doors.getOwn, async ({ actor }) => viewOwn(app, ownProgramId(actor)))
  serve(http, app, doors.addOwnKey, async ({ actor, input }) => addKey(app, actor, ownProgramId(actor), keyOf(input)))
  serve(http, app, doors.endOwnKey, async ({ actor, params, input }) => {
    await endKey(app, actor, ownProgramId(actor), { keyId: params.keyId, ...keyOf(input) })
    return { ended: true as const }
  })
}

type Term = { readonly fromAt?: string | undefined; readonly untilAt?: string | undefined }

/** The instants of a form as instants. */
function keyOf<T extends Term>(input: T): Omit<T, 'fromAt' | 'untilAt'> & { fromAt?: Date; untilAt?: Date } {
  const { fromAt, untilAt, ...rest } = input
  return { ...rest, ...(fromAt ? { fromAt: new Date(fromAt) } : {}), ...(untilAt ? { untilAt: new Date(untilAt) } : {}) }
}
