import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createToken } from '../access/accounts.ts'
import type { App } from '../app.ts'
import type { QuotaRule } from '../law/quota-model.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openPortalDoor } from '../platform/portal-door.ts'
import { makeProgram, send, signed, tokenFor } from '../programs/testing.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'

/* What a caller reads of its quota, and hears when it is used up. */

let platform: TestApp
let app: App
let http: FastifyInstance

function limited(changes: Readonly<Record<string, Partial<QuotaRule>>>): App {
  const quotas = new Map([...platform.app.law.quotas].map(([id, rule]) => [id, { ...rule, ...changes[id] }]))
  return { ...platform.app, law: { ...platform.app.law, quotas } }
}

before(async () => {
  platform = await openTestApp({ quotas: 'law' })
  app = limited({
    'program-standard': { perMinute: 4, perDay: 6 },
    anonymous: { perMinute: 30, misses: 5 },
    token: { perMinute: 3 },
  })
  http = await openApiDoor(app)
})
after(async () => {
  await http.close()
  await platform.close()
})

test('M458 · a program reads what is left, and hears when to come again: first of the minute, then of the day', async () => {
  const program = await makeProgram(app)
  const token = await tokenFor(http, app, program)
  const ask = () =>
    send(
      http,
      signed(app, program.key, { method: 'GET', url: '/api/v1/programs/self', headers: { authorization: `Bearer ${token}` } }),
    )
  const first = await ask()
  assert.deepEqual(
    ['ratelimit-policy', 'ratelimit', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'].map(
      name => first.headers[name],
    ),
    ['"minute";q=4;w=60, "day";q=6;w=86400', '"minute";r=3;t=60, "day";r=5;t=43200', '4', '3', '60'],
  )
  for (let i = 0; i < 3; i++) assert.equal((await ask()).statusCode, 200)
  platform.setNow(new Date(TEST_NOW.getTime() + 15_000))
  const over = await ask()
  assert.deepEqual([over.statusCode, over.headers['retry-after'], over.json().code], [429, '45', 'rate.limited'])
  assert.match(over.json().title, /45秒后再试/)
  platform.setNow(new Date(TEST_NOW.getTime() + 60_000))
  assert.deepEqual([(await ask()).statusCode, (await ask()).statusCode], [200, 200])
  const late = await ask()
  assert.deepEqual([late.statusCode, late.headers['retry-after']], [429, String(43_200 - 60)])
  platform.setNow(TEST_NOW)
})

test('M458 · two processes of the door count one caller', async () => {
  const other = await openApiDoor({ ...app, db: { ...app.db } })
  const made = await createToken(app, { name: '内部', unit: 'market-regulation', roles: ['program'], days: 1 })
  const statuses: number[] = []
  for (const door of [http, other, http, other, http]) {
    const answer = await door.inject({ url: '/api/v1/deliveries', headers: { authorization: `Bearer ${made.token}` } })
    statuses.push(answer.statusCode)
  }
  assert.deepEqual(statuses, [200, 200, 200, 429, 429])
  await other.close()
})

test('M458 · nobody walks through numbers: an address that finds nothing is stopped, another is not, and neither stands in the database', async () => {
  const tries = async (remoteAddress: string, count: number) => {
    const statuses: number[] = []
    for (let i = 0; i < count; i++)
      statuses.push((await http.inject({ url: `/api/v1/subjects/${900_000 + i}`, remoteAddress })).statusCode)
    return statuses
  }
  const statuses = await tries('203.0.113.9', 8)
  assert.deepEqual([statuses.filter(one => one === 404).length, statuses.filter(one => one === 429).length], [5, 3])
  assert.deepEqual(await tries('203.0.113.10', 1), [404])
  await http.inject({ url: '/healthz' })
  const rows = await app.changes.rows<{ who: string }>({ text: 'select who from quota_count' })
  assert.ok(rows.some(row => row.who.startsWith('misses address:')) && rows.every(row => !row.who.includes('203.0.113')))
})

test('M458 · the portal stops whoever tries verification codes, says when to come again, and goes on answering others', async () => {
  const portal = await openPortalDoor({
    databaseUrl: platform.portalUrl,
    apiUrl: 'http://127.0.0.1:9',
    publicUrl: 'http://127.0.0.1',
    law: app.law,
    now: app.now,
  })
  const page = (url: string, remoteAddress: string) => portal.inject({ url, remoteAddress })
  const statuses: number[] = []
  for (let i = 0; i < 8; i++) statuses.push((await page(`/subjects/${900_000 + i}`, '203.0.113.9')).statusCode)
  assert.deepEqual(statuses, [404, 404, 404, 404, 404, 429, 429, 429])
  const over = await page('/', '203.0.113.9')
  assert.deepEqual([over.statusCode, over.headers['retry-after']], [429, '60'])
  assert.match(over.body, /查询过于频繁，请60秒后再试/)
  assert.equal((await page('/', '203.0.113.10')).statusCode, 200)
  await portal.close()
})
