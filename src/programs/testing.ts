import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { type Actor, ANYONE } from '../access/actor.ts'
import type { App } from '../app.ts'
import { addDays, legalDay } from '../base/day.ts'
import { confirmProgram, type ProposedProgram, proposeProgram } from './commands.ts'
import { addKey } from './key-commands.ts'
import { actorIdOf } from './model.ts'
import type { Algorithm } from './signing.ts'

/* Programs for tests, and a client that signs on its own: it shares no code with what verifies. */

export const PROPOSER: Actor = { ...ANYONE, id: 'account:1', name: '系统管理员', unit: 'credit-office' }
export const CONFIRMER: Actor = { ...ANYONE, id: 'account:2', name: '安全管理员', unit: 'credit-office' }

export type TestKey = { readonly keyId: string; readonly algorithm: Algorithm; readonly secret: Buffer | KeyObject }
export type TestProgram = { readonly programId: number; readonly clientId: string; readonly key: TestKey }

/** An open program of the market regulation bureau with one key, unless told otherwise. */
export async function makeProgram(
  app: App,
  wanted: Partial<ProposedProgram> = {},
  algorithm: Algorithm = 'ed25519',
): Promise<TestProgram> {
  const endsOn = addDays(legalDay(app.now(), app.city.zone), 100)
  const proposed = await proposeProgram(app, PROPOSER, {
    ...{
      name: '业务系统',
      unit: 'market-regulation',
      purpose: '办理许可时核查',
      quota: 'program-standard',
      networks: [],
      endsOn,
    },
    scopes: ['check.make', 'delivery.send', 'delivery.read', 'law.read'],
    ...wanted,
  })
  const key = await makeKey(app, PROPOSER, proposed.programId, algorithm)
  await confirmProgram(app, CONFIRMER, proposed.programId, [key.keyId])
  return { ...proposed, key }
}

/** A key of a program: the half that its owner keeps. */
export async function makeKey(app: App, actor: Actor, programId: number, algorithm: Algorithm): Promise<TestKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = String(publicKey.export({ format: 'pem', type: 'spki' }))
  const made = await addKey(app, actor, programId, { algorithm, ...(algorithm === 'ed25519' ? { publicKey: pem } : {}) })
  return { keyId: made.keyId, algorithm, secret: made.secret ? Buffer.from(made.secret, 'base64url') : privateKey }
}

export function programActorOf(programId: number): Actor {
  return { ...ANYONE, id: actorIdOf(programId), name: '业务系统', unit: 'market-regulation', roles: ['program'] }
}

export type Request = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}
export type Signing = {
  readonly components?: readonly string[]
  readonly created?: number
  readonly nonce?: string
  readonly more?: string
  readonly hash?: 'sha-256' | 'sm3'
  readonly origin?: string
}

/** The request with its signature, made as RFC 9421 says it. */
export function signed(app: Pick<App, 'now' | 'publicUrl'>, key: TestKey, request: Request, how: Signing = {}): Request {
  const { hash = 'sha-256', origin = new URL(app.publicUrl).origin } = how
  const headers: Record<string, string> = { ...request.headers }
  if (request.body !== undefined) {
    const digest = createHash(hash === 'sm3' ? 'sm3' : 'sha256')
      .update(request.body)
      .digest('base64')
    headers['content-digest'] ??= `${hash}=:${digest}:`
  }
  const components = how.components ?? [
    '@method',
    '@target-uri',
    ...['authorization', 'content-digest'].filter(name => name in headers),
  ]
  const created = how.created ?? Math.floor(app.now().getTime() / 1000)
  const names = components.map(name => `"${name}"`).join(' ')
  const params = `(${names});created=${created};nonce="${how.nonce ?? randomUUID()}";keyid="${key.keyId}"${how.more ?? ''}`
  const [path = '', query] = request.url.split('?')
  const derived: Record<string, string> = {
    ...{ '@method': request.method, '@target-uri': origin + request.url, '@path': path, '@query': `?${query ?? ''}` },
  }
  const lines = components.map(name => `"${name}": ${derived[name] ?? headers[name]}`)
  const base = Buffer.from([...lines, `"@signature-params": ${params}`].join('\n'))
  const signature = Buffer.isBuffer(key.secret)
    ? createHmac('sm3', key.secret).update(base).digest()
    : sign(null, base, key.secret)
  return {
    ...request,
    headers: { ...headers, 'signature-input': `sig=${params}`, signature: `sig=:${signature.toString('base64')}:` },
  }
}

/** Sends a request to a door that does not listen. */
export async function send(http: FastifyInstance, { method, url, headers, body }: Request): Promise<LightMyRequestResponse> {
  return await http.inject({ method, url, headers: { ...headers }, ...(body === undefined ? {} : { payload: body }) })
}

/** The request for a token by a signed request. */
export function tokenRequest(clientId: string, scope?: string): Request {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    ...(scope === undefined ? {} : { scope }),
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', url: '/api/v1/oauth/token', headers, body: form.toString() }
}

/** An access token of a program. */
export async function tokenFor(http: FastifyInstance, app: App, { clientId, key }: TestProgram, scope?: string): Promise<string> {
  const answer = await send(http, signed(app, key, tokenRequest(clientId, scope)))
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<{ access_token: string }>().access_token
}
