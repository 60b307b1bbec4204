import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type JWTPayload, SignJWT } from 'jose'
import { sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { forgetOld } from './forget.ts'
import { makeProgram, send, signed, type TestProgram, tokenFor, tokenRequest } from './testing.ts'

/* The token endpoint, asked by a library that others wrote (jose) and by signed requests. */

let platform: TestApp
let http: FastifyInstance
let program: TestProgram
const NOW = TEST_NOW.getTime() / 1000
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

before(async () => {
  platform = await openTestApp()
  http = await openApiDoor(platform.app)
  program = await makeProgram(platform.app)
})
after(async () => {
  await http.close()
  await platform.close()
})

type Assertion = { readonly claims?: JWTPayload; readonly kid?: string; readonly by?: TestProgram }

async function assertion({ claims = {}, kid, by = program }: Assertion = {}): Promise<string> {
  const whole = {
    ...{ iss: program.clientId, sub: program.clientId, aud: platform.app.publicUrl, exp: NOW + 120, jti: randomUUID() },
    ...claims,
  }
  if (Buffer.isBuffer(by.key.secret)) throw new Error('an assertion is signed with Ed25519')
  return await new SignJWT(whole).setProtectedHeader({ alg: 'EdDSA', kid: kid ?? program.key.keyId }).sign(by.key.secret)
}

async function ask(form: Readonly<Record<string, string>>) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: TYPE, ...form }).toString()
  return await send(http, { method: 'POST', url: '/api/v1/oauth/token', headers, body })
}

test('RFC 7523 · an assertion signed with EdDSA gets an opaque token for half an hour, with the scopes asked for', async () => {
  const answer = await ask({ client_assertion: await assertion(), scope: 'check.make  law.read' })
  assert.equal(answer.statusCode, 200)
  assert.deepEqual([answer.headers['cache-control'], answer.headers['pragma']], ['no-store', 'no-cache'])
  const { access_token, ...rest } = answer.json()
  assert.match(access_token, /^mxa_[\w-]{43}$/)
  assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 1800, scope: 'check.make law.read' })
  const kept = await platform.worker.db.rows<{ text: string }>(sql`select row_to_json(t)::text as text from program_token t`)
  assert.ok(kept.length > 0 && kept.every(row => !row.text.includes(access_token.slice(4))))
})

test('RFC 7523 · the address of the token endpoint is an audience, too; without a scope all of the program’s are given', async () => {
  const aud = [`${platform.app.publicUrl}/api/v1/oauth/token`, 'https://elsewhere.example']
  const answer = await ask({ client_assertion: await assertion({ claims: { aud } }) })
  assert.equal(answer.json().scope, 'check.make delivery.read delivery.send law.read')
})

for (const [what, how, wanted] of [
  ['of another client', { claims: { iss: 'mxp-1', sub: 'mxp-1' } }, 'oauth.client-unknown'],
  ['with an issuer who is not the subject', { claims: { iss: 'mxp-1' } }, 'oauth.client-unknown'],
  ['with a key that is none', { kid: 'k1-000000000000' }, 'oauth.client-unknown'],
  ['for another platform', { claims: { aud: 'https://elsewhere.example' } }, 'assertion.audience'],
  ['valid for six minutes', { claims: { exp: NOW + 360 } }, 'assertion.out-of-time'],
  ['that is over', { claims: { exp: NOW - 60 } }, 'assertion.out-of-time'],
  ['that begins later', { claims: { nbf: NOW + 60 } }, 'assertion.out-of-time'],
  ['without an end', { claims: { exp: undefined } }, 'assertion.malformed'],
  ['without an id', { claims: { jti: undefined } }, 'assertion.malformed'],
] as const)
  test(`RFC 7523 · an assertion ${what} is refused: ${wanted}`, async () => {
    const answer = await ask({ client_assertion: await assertion(how as Assertion) })
    assert.deepEqual([answer.statusCode, answer.json().error, answer.json().code], [401, 'invalid_client', wanted])
    assert.match(answer.json().error_description, /^[\x20-\x7e]+$/, 'RFC 6749, 5.2: ASCII')
    assert.match(answer.json().title, /[一-龥]/)
  })

test('RFC 7523 · an assertion is taken once, and not with another signature or the algorithm none', async () => {
  const once = await assertion()
  assert.deepEqual(
    [(await ask({ client_assertion: once })).statusCode, (await ask({ client_assertion: once })).json().code],
    [200, 'assertion.replayed'],
  )
  const other = await makeProgram(platform.app)
  assert.equal((await ask({ client_assertion: await assertion({ by: other }) })).json().code, 'assertion.wrong')
  const [, body = '', signature = ''] = (await assertion()).split('.')
  for (const header of [{ alg: 'none' }, { alg: 'none', kid: program.key.keyId }, { alg: 'HS256', kid: program.key.keyId }]) {
    const head = Buffer.from(JSON.stringify(header)).toString('base64url')
    assert.equal((await ask({ client_assertion: `${head}.${body}.${signature}` })).json().code, 'assertion.malformed')
  }
})

for (const [what, form, status, error] of [
  ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['no grant', { grant_type: '' }, 400, 'unsupported_grant_type'],
  ['no proof', {}, 401, 'invalid_client'],
  ['another kind of assertion', { client_assertion: 'x', client_assertion_type: 'saml' }, 400, 'invalid_request'],
  ['an assertion that is none', { client_assertion: 'x' }, 401, 'invalid_client'],
] as const)
  test(`RFC 6749 5.2 · ${what}: ${error}`, async () => {
    const answer = await ask(form)
    assert.deepEqual([answer.statusCode, answer.json().error], [status, error])
  })

test('RFC 6749 5.2 · a scope that the program does not have, and a body that is no form', async () => {
  const foreign = await ask({ client_assertion: await assertion(), scope: 'archive.read' })
  assert.deepEqual([foreign.statusCode, foreign.json().error], [400, 'invalid_scope'])
  const url = '/api/v1/oauth/token'
  const json = await http.inject({ method: 'POST', url, payload: { grant_type: 'client_credentials' } })
  assert.deepEqual([json.statusCode, json.json().error], [415, 'invalid_request'])
})

test('a signed request for a token names its client, and proves itself one way only', async () => {
  const { app } = platform
  const request = tokenRequest(program.clientId)
  assert.equal((await send(http, signed(app, program.key, request))).statusCode, 200)
  const nameless = { ...request, body: 'grant_type=client_credentials' }
  assert.equal((await send(http, signed(app, program.key, nameless))).json().code, 'oauth.client-missing')
  const other = await makeProgram(app)
  const foreign = await send(http, signed(app, program.key, tokenRequest(other.clientId)))
  assert.equal(foreign.json().code, 'oauth.client-unknown')
  const twice = { ...request, body: `${request.body}&client_assertion=x&client_assertion_type=${TYPE}` }
  assert.equal((await send(http, signed(app, program.key, twice))).json().code, 'oauth.client-proof')
})

/** Scopes of the token, the door, and what is answered to a signed request. */
for (const [scope, url, wanted] of [
  ['delivery.read', '/api/v1/deliveries', '200'],
  ['check.make delivery.read', '/api/v1/deliveries', '200'],
  ['check.make', '/api/v1/deliveries', '403 program.scope-missing'],
  ['law.read', '/api/v1/looks', '403 program.scope-missing'],
  ['law.read', '/api/v1/programs', '403 program.scope-missing'],
  ['law.read', '/api/v1/programs/self', '200'],
] as const)
  test(`RFC 6750 3.1 · a token for ${scope} at ${url}: ${wanted}`, async () => {
    const token = await tokenFor(http, platform.app, program, scope)
    const request = { method: 'GET', url, headers: { authorization: `Bearer ${token}` } } as const
    const answer = await send(http, signed(platform.app, program.key, request))
    assert.equal(answer.statusCode === 200 ? '200' : `${answer.statusCode} ${answer.json().code}`, wanted)
    if (answer.statusCode === 403)
      assert.match(String(answer.headers['www-authenticate']), /^Bearer error="insufficient_scope", scope="/)
  })

test('a token ends by itself, and is forgotten', async () => {
  const { app } = platform
  const token = await tokenFor(http, app, program)
  const ask = () =>
    send(
      http,
      signed(app, program.key, { method: 'GET', url: '/api/v1/programs/self', headers: { authorization: `Bearer ${token}` } }),
    )
  assert.equal((await ask()).statusCode, 200)
  platform.setNow(new Date(TEST_NOW.getTime() + 1_800_001))
  const late = await ask()
  assert.deepEqual([late.statusCode, late.headers['www-authenticate']], [401, 'Bearer error="invalid_token"'])
  assert.ok((await forgetOld(app.changes, app.now())) > 5)
  const left = await app.changes.row<{ tokens: number; nonces: number }>(
    sql`select (select count(*)::int from program_token) as tokens, (select count(*)::int from spent_nonce) as nonces`,
  )
  assert.equal(left?.tokens, 0)
  platform.setNow(TEST_NOW)
})

test('RFC 8414 · a client finds the endpoint, the way to prove itself and the scopes', async () => {
  const answer = await http.inject('/.well-known/oauth-authorization-server')
  const { issuer, token_endpoint, grant_types_supported, scopes_supported } = answer.json()
  assert.deepEqual([issuer, token_endpoint], [platform.app.publicUrl, `${platform.app.publicUrl}/api/v1/oauth/token`])
  assert.deepEqual(grant_types_supported, ['client_credentials'])
  assert.ok(scopes_supported.includes('check.make') && !scopes_supported.includes('waiting.decide'))
})
