import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { day } from '../base/day.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { openApiDoor } from './api-door.ts'
import { openPortalDoor } from './portal-door.ts'

// What the public's door writes down, read as an operator reads it.

const PERSON = inventedResidentId(9, day('1984-02-29'))
const SECRETS = [PERSON, 'cookie-of-somebody', '203.0.113.77', encodeURIComponent('欧阳某某'), '欧阳某某']

let t: TestApp
let api: FastifyInstance
let portal: FastifyInstance
let lines: string[] = []

before(async () => {
  t = await openTestApp({ quotas: 'law' })
  api = await openApiDoor(t.app)
  await api.listen({ port: 0, host: '127.0.0.1' })
  const address = api.server.address()
  assert.ok(address && typeof address === 'object')
  portal = await openPortal(`http://127.0.0.1:${address.port}`)
})
after(async () => {
  await portal.close()
  await api.close()
  await t.close()
})

async function openPortal(apiUrl: string): Promise<FastifyInstance> {
  const { law, now } = t.app
  const log = { write: (line: string) => void lines.push(line) }
  return await openPortalDoor({ databaseUrl: t.portalUrl, apiUrl, publicUrl: 'http://127.0.0.1', law, now, log })
}

async function linesOf(door: FastifyInstance, url: string): Promise<Record<string, unknown>[]> {
  lines = []
  await door.inject({ url, remoteAddress: '203.0.113.77', headers: { cookie: 'mx=cookie-of-somebody' } })
  for (const line of lines) for (const secret of SECRETS) assert.ok(!line.includes(secret), `${url} ${line}`)
  return lines.map(line => JSON.parse(line) as Record<string, unknown>)
}

test('M458 · the portal’s log holds no address, query, name or number, whoever answers: the portal itself or the door behind', async () => {
  for (const query of [PERSON, encodeURIComponent('欧阳某某')])
    for (const path of [
      '/search?q=',
      '/reports?q=',
      '/code/',
      '/verify/',
      '/verify?code=',
      '/api/v1/subjects?q=',
      '/api/v1/subjects/',
      '/reports/',
      '/my?x=',
      '/signin?login=',
    ])
      await linesOf(portal, `${path}${query}`)
})

test('M458 · a refusal at the portal’s door is one line: which, where, how often is known, and nothing of what was asked', async () => {
  for (let i = 0; i < 40; i++) await linesOf(portal, `/subjects/${900_000 + i}`)
  const [line, ...more] = await linesOf(portal, `/search?q=${PERSON}`)
  assert.deepEqual(more, [])
  const { event, code, status, method, route, actor } = line ?? {}
  assert.deepEqual([event, code, status, method, route, actor], ['refused', 'rate.limited', 429, 'GET', '/search', null])
})

test('M458 · a fault is told with its number and its cause: the database that refuses, the door behind that is gone', async () => {
  const alone = await openPortal('http://127.0.0.1:9')
  const [gone] = (await linesOf(alone, `/api/v1/subjects?q=${PERSON}`)).filter(line => line['msg'] === 'unexpected fault')
  assert.ok(typeof gone?.['fault'] === 'string')
  assert.equal(gone['route'], '/api/*')
  await alone.close()
})
