import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createToken } from '../access/accounts.ts'
import { sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { closeProgram } from './commands.ts'
import { endKey } from './key-commands.ts'
import {
  CONFIRMER,
  makeKey,
  makeProgram,
  programActorOf,
  type Request,
  send,
  signed,
  type TestProgram,
  tokenFor,
} from './testing.ts'

/* Signed requests at a real door: what passes, and each thing that does not, by its code. */

let platform: TestApp
let http: FastifyInstance
let program: TestProgram
let token: string

before(async () => {
  platform = await openTestApp()
  http = await openApiDoor(platform.app)
  program = await makeProgram(platform.app)
  token = await tokenFor(http, platform.app, program)
})
after(async () => {
  await http.close()
  await platform.close()
})

const NOW = TEST_NOW.getTime() / 1000
const check = (more: Partial<Request> = {}): Request => ({
  method: 'POST',
  url: '/api/v1/checks?a=1',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ subject: inventedUscc('enterprise', 5), purpose: '行政许可', businessNo: 'X-1' }),
  ...more,
})
const read = (url = '/api/v1/deliveries'): Request => ({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })

async function outcome(request: Request): Promise<string> {
  const answer = await send(http, request)
  return answer.statusCode < 300 ? String(answer.statusCode) : `${answer.statusCode} ${answer.json().code}`
}

test('M458 · a signed read passes; the same read without a signature is told how to sign', async () => {
  assert.equal(await outcome(signed(platform.app, program.key, read())), '200')
  const answer = await send(http, read())
  assert.deepEqual([answer.statusCode, answer.json().code], [401, 'program.signature-needed'])
  assert.match(String(answer.headers['accept-signature']), /^sig=\("@method" "@target-uri"/)
})

test('M458 · with the token alone a program is who it is, and may do what concerns nobody', async () => {
  const permissionsOf = async (request: Request) => (await send(http, request)).json().permissions
  assert.deepEqual(await permissionsOf(read('/api/v1/sessions/me')), ['law.read'])
  const all = await permissionsOf(signed(platform.app, program.key, read('/api/v1/sessions/me')))
  assert.deepEqual([...all].sort(), ['check.make', 'delivery.read', 'delivery.send', 'law.read', 'program.rotate-own'])
})

/** What is changed after signing, and what is answered then. The first rows are the proof that the others fail for their own reason. */
const SENT: readonly (readonly [string, () => Request, string])[] = [
  ['nothing changed', () => read('/api/v1/deliveries?limit=2'), '200'],
  ['path and query in place of the address', () => read('/api/v1/deliveries?limit=2'), '200'],
]
for (const [what, request, wanted] of SENT)
  test(`M458 · signed with ${what}: ${wanted}`, async () => {
    const components = what.startsWith('path') ? ['@method', '@path', '@query', 'authorization'] : undefined
    assert.equal(await outcome(signed(platform.app, program.key, request(), components ? { components } : {})), wanted)
  })

const TAMPERED: readonly (readonly [string, (sent: Request) => Request, string])[] = [
  ['method', sent => ({ ...sent, method: 'DELETE', url: '/api/v1/sessions/me' }), '401 signature.wrong'],
  ['path', sent => ({ ...sent, url: '/api/v1/checks/batch?a=1' }), '401 signature.wrong'],
  ['query', sent => ({ ...sent, url: '/api/v1/checks?a=2' }), '401 signature.wrong'],
  ['body', sent => ({ ...sent, body: String(sent.body).replace('X-1', 'X-2') }), '401 signature.body-altered'],
  ['body, made longer', sent => ({ ...sent, body: `${sent.body} ` }), '401 signature.body-altered'],
  ['digest', sent => edited(sent, 'content-digest', /:.{4}/, ':AAAA'), '401 signature.wrong'],
  ['digest, taken away', sent => without(sent, 'content-digest'), '401 signature.digest-missing'],
  ['time', sent => edited(sent, 'signature-input', /created=\d+/, `created=${NOW + 1}`), '401 signature.wrong'],
  ['nonce', sent => edited(sent, 'signature-input', /nonce="."?/, 'nonce="z'), '401 signature.wrong'],
  ['key', sent => edited(sent, 'signature-input', /keyid="k/, 'keyid="x'), '401 signature.key-unknown'],
  ['algorithm', sent => edited(sent, 'signature-input', /$/, ';alg="hmac-sm3"'), '401 signature.algorithm'],
  ['signature', sent => edited(sent, 'signature', /:..../, ':AAAA'), '401 signature.wrong'],
  ['signature, taken away', sent => without(sent, 'signature'), '400 signature.malformed'],
  ['token', sent => edited(sent, 'authorization', /$/, 'x'), '401 program.token-over'],
]
function edited(sent: Request, name: string, from: RegExp, to: string): Request {
  return { ...sent, headers: { ...sent.headers, [name]: String(sent.headers?.[name]).replace(from, to) } }
}
function without(sent: Request, name: string): Request {
  const { [name]: _, ...headers } = sent.headers ?? {}
  return { ...sent, headers }
}
for (const [what, tamper, wanted] of TAMPERED)
  test(`M458 · a signed request with another ${what} is refused: ${wanted}`, async () => {
    assert.equal(await outcome(tamper(signed(platform.app, program.key, check()))), wanted)
  })

for (const [lacking, components] of [
  ['@method', ['@target-uri', 'authorization', 'content-digest']],
  ['@target-uri', ['@method', 'authorization', 'content-digest']],
  ['@target-uri', ['@method', '@path', 'authorization', 'content-digest']],
  ['authorization', ['@method', '@target-uri', 'content-digest']],
  ['content-digest', ['@method', '@target-uri', 'authorization']],
] as const)
  test(`M458 · ${components.join(' ')} is not enough: ${lacking} is missing`, async () => {
    const answer = await send(http, signed(platform.app, program.key, check(), { components }))
    assert.deepEqual([answer.json().code, answer.json().facts], ['signature.incomplete', { what: lacking }])
  })

for (const [seconds, wanted] of [
  [-301, '401 signature.out-of-time'],
  [-300, '200'],
  [300, '200'],
  [301, '401 signature.out-of-time'],
] as const)
  test(`M458 · a clock that stands ${seconds} seconds from the platform's: ${wanted}`, async () => {
    assert.equal(await outcome(signed(platform.app, program.key, read(), { created: NOW + seconds })), wanted)
  })

test('M458 · a signature that says when it is over is over then, and a short or missing nonce is none', async () => {
  const send = (how: Parameters<typeof signed>[3]) => outcome(signed(platform.app, program.key, read(), how))
  assert.equal(await send({ more: `;expires=${NOW + 5}` }), '200')
  assert.equal(await send({ more: `;expires=${NOW - 5}` }), '401 signature.out-of-time')
  assert.equal(await send({ nonce: 'kurz' }), '401 signature.incomplete')
})

test('M458 · a request is taken once: replayed it is refused, of twenty at once one passes, another program may use the same nonce', async () => {
  const once = signed(platform.app, program.key, read())
  assert.deepEqual([await outcome(once), await outcome(once)], ['200', '401 signature.replayed'])
  const nonce = 'one-and-the-same-nonce'
  const many = signed(platform.app, program.key, read(), { nonce })
  const answers = await Promise.all(Array.from({ length: 20 }, () => outcome(many)))
  assert.deepEqual(answers.filter(answer => answer === '200').length, 1)
  assert.ok(answers.every(answer => answer === '200' || answer === '401 signature.replayed'))
  const key = await makeKey(platform.app, programActorOf(program.programId), program.programId, 'hmac-sm3')
  assert.equal(await outcome(signed(platform.app, key, read(), { nonce })), '200')
})

test('M458 · a signature of another platform is worth nothing here', async () => {
  assert.equal(
    await outcome(signed(platform.app, program.key, read(), { origin: 'https://elsewhere.example' })),
    '401 signature.wrong',
  )
})

test('M458 · HMAC-SM3 with an SM3 digest of the body passes; the secret is kept sealed', async () => {
  const own = await makeProgram(platform.app, {}, 'hmac-sm3')
  const bearer = await tokenFor(http, platform.app, own)
  const request = check({
    url: '/api/v1/checks',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
  })
  assert.equal(await outcome(signed(platform.app, own.key, request, { hash: 'sm3', more: ';alg="hmac-sm3"' })), '200')
  assert.equal(await outcome(signed(platform.app, program.key, request)), '401 signature.key-unknown')
  const row = await platform.worker.db.row<{ material: Buffer }>(
    sql`select material from signing_key where key_id = ${own.key.keyId}`,
  )
  assert.ok(row && Buffer.isBuffer(own.key.secret) && row.material.length > 32 && !row.material.includes(own.key.secret))
})

describe('M458 · a file is sent signed', () => {
  const form = (source: string, rows: number): { body: Buffer; headers: Record<string, string> } => {
    const csv = `甲,乙\r\n${'1,2\r\n'.repeat(rows)}`
    const part = (head: string, text: string) => `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}\r\n`
    const body = Buffer.from(`${part('name="source"', source)}${part('name="file"; filename="a.csv"', csv)}--b--\r\n`)
    return { body, headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' } }
  }
  const deliveries = async () => (await platform.worker.db.row<{ n: number }>(sql`select count(*)::int as n from delivery`))?.n
  const source = (): string => {
    const found = [...platform.app.law.sources.values()].find(one => one.unit === 'market-regulation')
    assert.ok(found)
    return found.source
  }

  test('it is taken, and another byte in five megabytes refuses it before anything is settled', async () => {
    const sent = signed(platform.app, program.key, { method: 'POST', url: '/api/v1/deliveries', ...form(source(), 1_000_000) })
    const before = await deliveries()
    const altered = Buffer.from(sent.body as Buffer)
    altered[altered.length - 1000] = 0x33
    assert.equal(await outcome({ ...sent, body: altered }), '401 signature.body-altered')
    assert.equal(await deliveries(), before)
    const right = signed(platform.app, program.key, { method: 'POST', url: '/api/v1/deliveries', ...form(source(), 1_000_000) })
    assert.equal(await outcome(right), '202')
    assert.equal(await deliveries(), (before ?? 0) + 1)
  })

  test('what is added behind the last part belongs to the body, too', async () => {
    const { body, headers } = form(source(), 10)
    const sent = signed(platform.app, program.key, { method: 'POST', url: '/api/v1/deliveries', headers, body })
    assert.equal(await outcome({ ...sent, body: Buffer.concat([body, Buffer.from('more\r\n')]) }), '401 signature.body-altered')
  })
})

test('M458 · what was closed is closed at once: a key, a token of a lost key, a program', async () => {
  const own = await makeProgram(platform.app)
  const second = await makeKey(platform.app, programActorOf(own.programId), own.programId, 'ed25519')
  const bearer = await tokenFor(http, platform.app, { ...own, key: second })
  const request = { method: 'GET', url: '/api/v1/deliveries', headers: { authorization: `Bearer ${bearer}` } } as const
  assert.equal(await outcome(signed(platform.app, own.key, request)), '200')
  await endKey(platform.app, CONFIRMER, own.programId, { keyId: own.key.keyId })
  assert.equal(await outcome(signed(platform.app, own.key, request)), '401 signature.key-unknown')
  assert.equal(await outcome(signed(platform.app, second, request)), '200')
  await endKey(platform.app, CONFIRMER, own.programId, { keyId: second.keyId, isLost: true })
  assert.equal(await outcome(signed(platform.app, second, request)), '401 program.token-over')
  await closeProgram(platform.app, CONFIRMER, program.programId).then(() => undefined)
  assert.equal(await outcome(signed(platform.app, program.key, read())), '401 program.token-over')
})

test('M458 · in production a token made at the terminal opens what concerns nobody, and nothing else', async () => {
  const { app } = platform
  const made = await createToken(app, { name: '内部', unit: 'market-regulation', roles: ['program'], days: 1 })
  const headers = { authorization: `Bearer ${made.token}` }
  const request = { method: 'GET', url: '/api/v1/deliveries', headers } as const
  assert.equal(await outcome(request), '200')
  const door = await openApiDoor({ ...app, config: { ...app.config, production: true } })
  const answer = await send(door, request)
  assert.deepEqual([answer.statusCode, answer.json().code], [401, 'program.signature-needed'])
  await door.close()
})
