import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type JWTPayload, SignJWT } from 'jose'

/*
 * A process that answers like a provider of unified identity and means harm, for tests: its parent says how the next ID token is made and signed,
 * what userinfo says, where endpoints lie.
 */

/** How a token is signed: as it should be, by another key under the known name, by nobody, by a secret that is the public key, … */
export type Signing =
  | 'sound'
  | 'other-key'
  | 'none'
  | 'hs256-public-key'
  | 'unknown-kid'
  | 'no-kid'
  | 'torn'
  | 'crit'
  | 'embedded-key'
  | 'weak-rsa'
export type Token = {
  readonly signing?: Signing
  readonly claims?: Record<string, unknown>
  readonly without?: readonly string[]
  readonly header?: Record<string, unknown>
}
export type HostileSettings = {
  readonly port: number
  readonly now: number
  readonly clientId: string
  readonly metadata?: Record<string, unknown>
}
export type HostileOrder =
  | { readonly do: 'open'; readonly settings: HostileSettings }
  | {
      readonly do: 'next'
      readonly token?: Token
      readonly userinfo?: Record<string, unknown>
      readonly iss?: string | null
      readonly tokenAnswer?: 'redirect' | 'endless' | 'hang' | 'html' | 'extra-state'
    }
  | { readonly do: 'logout-token'; readonly token: Token }
  | { readonly do: 'counts' }

const sound = generateKeyPairSync('rsa', { modulusLength: 2048 })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KID = 'key-1'
const PERSON = { sub: 'mallory', name: '某甲', acr: 'high' }

let settings: HostileSettings
let next: Extract<HostileOrder, { do: 'next' }> = { do: 'next' }
const counts: Record<string, number> = {}
const asked = new Map<string, { nonce: string; challenge: string }>()

const issuer = (): string => `http://localhost:${settings.port}`
const seconds = (): number => Math.floor(settings.now / 1000)

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function mint(payload: JWTPayload, { signing = 'sound', header = {} }: Token): Promise<string> {
  const signed = (key: KeyObject, more: object = {}): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: KID, ...more, ...header }).sign(key)
  switch (signing) {
    case 'sound':
      return await signed(sound.privateKey)
    case 'other-key':
      return await signed(other.privateKey)
    case 'unknown-kid':
      return await signed(other.privateKey, { kid: randomUUID() })
    case 'no-kid':
      return await signed(sound.privateKey, { kid: undefined })
    case 'embedded-key':
      return await signed(other.privateKey, { jwk: other.publicKey.export({ format: 'jwk' }) })
    case 'weak-rsa':
      return await rawly({ alg: 'RS256', kid: 'weak' }, payload, weak.privateKey)
    case 'crit':
      return await rawly({ alg: 'RS256', kid: KID, crit: ['must'], must: true }, payload, sound.privateKey)
    case 'torn': {
      const [head, , mark] = (await signed(sound.privateKey)).split('.')
      return `${head}.${part({ ...payload, name: '某丁' })}.${mark}`
    }
    case 'none':
      return `${part({ alg: 'none' })}.${part(payload)}.`
    case 'hs256-public-key': {
      const pem = sound.publicKey.export({ type: 'spki', format: 'pem' }).toString()
      return await new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid: KID }).sign(Buffer.from(pem))
    }
  }
}

async function rawly(header: object, payload: object, key: KeyObject): Promise<string> {
  const { sign } = await import('node:crypto')
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

async function idToken(nonce: string): Promise<string> {
  const now = seconds()
  const token = next.token ?? {}
  const payload: Record<string, unknown> = {
    iss: issuer(),
    aud: settings.clientId,
    iat: now,
    exp: now + 300,
    nonce,
    ...PERSON,
    ...token.claims,
  }
  for (const claim of token.without ?? []) delete payload[claim]
  return await mint(payload, token)
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', issuer())
  counts[url.pathname] = (counts[url.pathname] ?? 0) + 1
  const json = (value: unknown): void => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
  }
  let body = ''
  for await (const piece of request) body += String(piece)
  switch (url.pathname) {
    case '/.well-known/openid-configuration':
      return json({
        issuer: issuer(),
        authorization_endpoint: `${issuer()}/authorize`,
        token_endpoint: `${issuer()}/token`,
        jwks_uri: `${issuer()}/jwks`,
        userinfo_endpoint: `${issuer()}/userinfo`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        authorization_response_iss_parameter_supported: true,
        ...settings.metadata,
      })
    case '/jwks':
      return json({
        keys: [
          { ...sound.publicKey.export({ format: 'jwk' }), kid: KID, use: 'sig', alg: 'RS256' },
          { ...weak.publicKey.export({ format: 'jwk' }), kid: 'weak', use: 'sig', alg: 'RS256' },
          { kty: 'oct', k: 'AAAA', kid: 'oct' },
        ],
      })
    case '/authorize': {
      const code = randomUUID()
      asked.set(code, { nonce: url.searchParams.get('nonce') ?? '', challenge: url.searchParams.get('code_challenge') ?? '' })
      const to = new URL(url.searchParams.get('redirect_uri') ?? '')
      to.search = new URLSearchParams({
        code,
        state: url.searchParams.get('state') ?? '',
        ...(next.iss === null ? {} : { iss: next.iss ?? issuer() }),
      }).toString()
      return void response.writeHead(303, { location: to.href }).end()
    }
    case '/token':
      return await answerToken(new URLSearchParams(body), response, json)
    case '/userinfo':
      return json({ ...PERSON, ...next.userinfo })
    default:
      response.writeHead(404).end()
  }
}

async function answerToken(form: URLSearchParams, response: ServerResponse, json: (value: unknown) => void): Promise<void> {
  const known = asked.get(form.get('code') ?? '')
  const verifier = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (!known || verifier !== known.challenge)
    return void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}')
  const sound = { access_token: 'test-only', token_type: 'Bearer', expires_in: 60, id_token: await idToken(known.nonce) }
  switch (next.tokenAnswer) {
    case 'redirect':
      return void response.writeHead(307, { location: 'http://127.0.0.1:9/stolen' }).end()
    case 'endless':
      response.setHeader('content-type', 'application/json')
      return void response.end(JSON.stringify({ ...sound, filler: 'x'.repeat(2_000_000) }))
    case 'hang':
      return
    case 'html':
      return void response.setHeader('content-type', 'text/html').end('<h1>error</h1>')
    default:
      return json(sound)
  }
}

async function obey(order: HostileOrder): Promise<unknown> {
  switch (order.do) {
    case 'open':
      settings = order.settings
      await new Promise<void>(resolve =>
        createServer((request, response) => void answer(request, response)).listen(settings.port, 'localhost', resolve),
      )
      return { issuer: issuer() }
    case 'next':
      next = order
      return null
    case 'logout-token': {
      const now = seconds()
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
      const payload: Record<string, unknown> = {
        iss: issuer(),
        aud: settings.clientId,
        iat: now,
        exp: now + 120,
        jti: randomUUID(),
        events,
        sub: PERSON.sub,
        ...order.token.claims,
      }
      for (const claim of order.token.without ?? []) delete payload[claim]
      return await mint(payload, { header: { typ: 'logout+jwt' }, ...order.token })
    }
    case 'counts':
      return { ...counts }
  }
}

process.on('message', async ({ id, order }: { id: number; order: HostileOrder }) => {
  const told = await obey(order).then(
    value => ({ id, value }),
    (error: Error) => ({ id, error: error.stack ?? error.message }),
  )
  process.send?.(told)
})
process.on('disconnect', () => process.exit(0))
