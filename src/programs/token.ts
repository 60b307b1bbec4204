import { hash, randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { type AssertedKey, readAssertion, requireAssertion } from './client-assertion.ts'
import { ACCESS_TOKEN, actorIdOf, clientIdOf, programIdOf, TOKEN_MINUTES } from './model.ts'
import { requireNetwork } from './program-actor.ts'
import { type Arrival, findByKey, insertToken } from './store.ts'
import { requireSignature, signatureOf } from './verify-request.ts'

/* Client credentials (RFC 6749, 4.4): a program proves its key and is given a token for half an hour. */

export type TokenRequest = {
  readonly grant_type: string
  readonly client_id?: string | undefined
  readonly scope?: string | undefined
  readonly client_assertion_type?: string | undefined
  readonly client_assertion?: string | undefined
}
export type TokenAnswer = {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly scope: string
}

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Gives a token to a program that proves itself by an assertion signed with EdDSA (RFC 7523), or by signing this request (RFC 9421). Its
 * scopes are those asked for, or all of the program's. Refuses `oauth.*`, `assertion.*`, `signature.*` and `program.network`.
 */
export async function giveToken(app: App, request: FastifyRequest, asked: TokenRequest): Promise<TokenAnswer> {
  if (asked.grant_type !== 'client_credentials') throw new Refusal('oauth.grant-type', null, {}, 400)
  const arrival = await authenticate(app, request, asked)
  requireNetwork(arrival, request.ip)
  const scopes = scopesOf(asked.scope, arrival)
  const token = `${ACCESS_TOKEN}_${randomBytes(32).toString('base64url')}`
  const { programId, keyId } = arrival
  const actor: Actor = {
    ...{ id: actorIdOf(programId), name: arrival.name, unit: arrival.unit },
    ...{ roles: ['program'], permissions: [], subjectId: null, assurance: 'signed' },
  }
  await change(app, actor, { deed: 'program.token', entity: actor.id, detail: { keyId, scopes } }, made =>
    insertToken(made.tx, {
      hash: hash('sha256', token, 'buffer'),
      ...{ programId, keyId: keyId ?? '', scopes, madeAt: made.at },
      endsAt: new Date(made.at.getTime() + TOKEN_MINUTES * 60_000),
    }),
  )
  return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_MINUTES * 60, scope: scopes.join(' ') }
}

async function authenticate(app: App, request: FastifyRequest, asked: TokenRequest): Promise<Arrival> {
  const proof = proofOf(request, asked)
  const at = app.now()
  const arrival = await findByKey(app.db, proof.keyid, at, legalDay(at, app.city.zone))
  // Nobody learns which of the two is wrong, and which clients there are.
  if (!arrival || (asked.client_id !== undefined && asked.client_id !== clientIdOf(arrival.programId)))
    throw new Refusal('oauth.client-unknown', null, {}, 401)
  if (proof.kind === 'assertion') await requireAssertion(app, proof, arrival)
  else await requireSignature(app, request, proof, arrival)
  return arrival
}

type Proof = AssertedKey | ({ readonly kind: 'signature' } & NonNullable<ReturnType<typeof signatureOf>>)

/** How the program proves itself: one way, not two. */
function proofOf(request: FastifyRequest, asked: TokenRequest): Proof {
  const signature = signatureOf(request)
  const { client_assertion, client_assertion_type } = asked
  if (signature && client_assertion === undefined) {
    if (programIdOf(asked.client_id ?? '') === null) throw new Refusal('oauth.client-missing', null, {}, 400)
    return { kind: 'signature', ...signature }
  }
  if (signature || client_assertion === undefined) throw new Refusal('oauth.client-proof', null, {}, 401)
  if (client_assertion_type !== JWT_BEARER) throw new Refusal('oauth.assertion-type', null, { type: JWT_BEARER }, 400)
  return readAssertion(client_assertion)
}

function scopesOf(asked: string | undefined, { scopes }: Arrival): readonly string[] {
  if (asked === undefined || asked.trim() === '') return scopes
  const wanted = [...new Set(asked.trim().split(/ +/))]
  const foreign = wanted.find(scope => !scopes.includes(scope))
  if (foreign !== undefined) throw new Refusal('oauth.scope', null, { scope: foreign.slice(0, 60) }, 400)
  return wanted
}
