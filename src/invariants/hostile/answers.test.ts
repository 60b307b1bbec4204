import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { SESSION_COOKIE } from '../../http/session.ts'
import { openPortalDoor } from '../../platform/portal-door.ts'
import { openTestApp, type TestApp } from '../../testing-app.ts'
import { type Caller, type Doors, NOBODY, openDoors } from '../doors.ts'
import { firm, penalty } from '../sent-rows.ts'
import { send, subjectOf } from '../testing.ts'
import { type Route, routesOf } from './routes.ts'

// What every answer says, whatever was asked and whoever asks: each route of both doors over https, behind the front as a city has it.

const PUBLIC_URL = 'https://credit.example.invalid'
/** What is public: files named by their content for ever, others for a while, pages of the portal asked for again each time. */
const MAY_BE_KEPT = /no-store|^public, max-age=(?:31536000, immutable|86400|3600)$|^no-cache$/

let t: TestApp
let doors: Doors
let front: FastifyInstance
let routes: Route[]
let subjectId: number

before(async () => {
  t = await openTestApp()
  const https = { ...t, app: { ...t.app, publicUrl: PUBLIC_URL } }
  doors = await openDoors(https)
  const apiUrl = await doors.api.listen({ port: 0, host: '127.0.0.1' })
  const { law, now } = t.app
  front = await openPortalDoor({ databaseUrl: t.portalUrl, apiUrl, publicUrl: PUBLIC_URL, law, now, logLevel: 'silent' })
  await send(t.app, 'ecology-penalty', [penalty(1, '澜应〔2026〕1号')])
  subjectId = await subjectOf(t.app, firm(1).code)
  const found = [...routesOf(doors.api, 'api'), ...routesOf(doors.portal, 'portal')]
  routes = [...found.filter(route => !endsSession(route)), ...found.filter(endsSession)]
})
after(async () => {
  await front.close()
  await doors.close()
  await t.close()
})

const endsSession = ({ method, path }: Route): boolean => method !== 'GET' && /\/sessions|\/out$|sign-out/.test(path)

async function signedIn(): Promise<Caller[]> {
  const own = await subjectOf(t.app, firm(1).code)
  return [
    NOBODY,
    overHttps(await doors.signIn('credit-office', ['credit-office'])),
    overHttps(await doors.signIn('ecology-environment', ['clerk'])),
    overHttps(await doors.signIn('subject', ['subject'], own)),
  ]
}

function overHttps({ headers }: Caller): Caller {
  return { headers: { ...headers, cookie: (headers['cookie'] ?? '').replace(SESSION_COOKIE, `__Host-${SESSION_COOKIE}`) } }
}

let sender = 0
function ask(door: Route['door'], caller: Caller, request: InjectOptions): Promise<LightMyRequestResponse> {
  sender += 1
  const remoteAddress = `10.9.${sender >> 8}.${sender & 255}`
  const headers = { ...request.headers, ...caller.headers }
  return (door === 'portal' ? front : doors.api).inject({ ...request, headers, remoteAddress })
}

const pathOf = (path: string): string =>
  path.replace(':subjectId', String(subjectId)).replaceAll(/:\w+/g, '1').replaceAll('*', 'x')

/** Every route, each asked by everybody, with nothing in it; those that end a session come last. */
async function eachAnswer(judge: (answer: LightMyRequestResponse, told: string, route: Route) => void): Promise<void> {
  const callers = await signedIn()
  let given = 0
  for (const route of routes) {
    for (const [who, caller] of callers.entries()) {
      const { method } = route
      const body =
        method === 'GET' || method === 'DELETE' ? {} : { payload: '{}', headers: { 'content-type': 'application/json' } }
      const answer = await ask(route.door, caller, { method: method as 'GET', url: pathOf(route.path), ...body })
      if (answer.statusCode < 300 && who > 0) given += 1
      judge(answer, `${route.door} ${method} ${route.path} by ${who}: ${answer.statusCode}`, route)
    }
  }
  assert.ok(given > 100, `${given} answers with something in them`)
}

const said = ({ headers }: LightMyRequestResponse, name: string): string => String(headers[name] ?? '')

test('ASVS 3.4 · every answer of every route keeps browsers on https, loads and frames nothing foreign, guesses no type, tells no address', async () => {
  assert.ok(routes.length > 100, `${routes.length} routes`)
  await eachAnswer((answer, told) => {
    const policy = said(answer, 'content-security-policy')
    assert.match(said(answer, 'strict-transport-security'), /^max-age=31536000; includeSubDomains$/, told)
    assert.match(policy, /frame-ancestors 'none'/, told)
    assert.match(policy, /base-uri 'none'/, told)
    assert.match(policy, /object-src 'none'|default-src 'none'/, told)
    assert.doesNotMatch(policy, /unsafe-|\*|https?:/, told)
    assert.equal(said(answer, 'x-content-type-options'), 'nosniff', told)
    assert.match(said(answer, 'referrer-policy'), /^(?:no-referrer|same-origin)$/, told)
    assert.equal(said(answer, 'cross-origin-resource-policy'), 'same-origin', told)
    for (const name of Object.keys(answer.headers)) assert.doesNotMatch(name, /^access-control-|^server$|^x-powered-by$/, told)
  })
})

test('ASVS 14.3.2 · only what is public may be kept by a browser or on the way', async () => {
  await eachAnswer((answer, told, { door, path }) => {
    const cache = said(answer, 'cache-control')
    const isPublic = door === 'portal' || /^\/(?:console|\.well-known)\//.test(path)
    assert.match(cache, isPublic ? MAY_BE_KEPT : /no-store/, `${told} ${cache}`)
  })
})

test('ASVS 4.1.1 · every answer with a body says its type; text its character set; and it is what it says', async () => {
  await eachAnswer((answer, told) => {
    if (answer.rawPayload.length === 0) return
    const type = said(answer, 'content-type')
    assert.match(type, /^[a-z]+\/[a-z0-9.+-]+/, told)
    if (/^text\/|json|xml/.test(type) && !type.includes('ndjson')) assert.match(type, /; charset=utf-8$/i, `${told} ${type}`)
    if (/^application\/(?:problem\+)?json/.test(type)) assert.doesNotThrow(() => JSON.parse(answer.body), told)
    if (type.startsWith('text/html')) assert.match(answer.body, /^\s*<!doctype html>/i, told)
  })
})

test('ASVS 3.3 · every cookie that any answer sets is bound to this host over https, out of reach of scripts, and says who may send it', async () => {
  const names = new Set<string>()
  await eachAnswer((answer, told) => {
    for (const cookie of answer.cookies) {
      names.add(cookie.name)
      assert.match(cookie.name, /^__Host-/, told)
      assert.deepEqual([cookie.secure, cookie.httpOnly, cookie.path], [true, true, '/'], `${told} ${cookie.name}`)
      assert.match(String(cookie.sameSite), /^(?:Strict|Lax)$/, `${told} ${cookie.name}`)
      assert.equal('domain' in cookie, false, told)
    }
  })
  assert.ok(names.size >= 3, [...names].join())
})

for (const method of ['OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'QUERY'])
  test(`ASVS 13.4.4 · ${method} opens nothing at either door, and comes back to nobody`, async () => {
    for (const door of ['api', 'portal'] as const)
      for (const url of ['/', '/api/v1/sessions/me', '/my', '/console', '/healthz', '/openapi.json']) {
        const headers = { origin: 'https://elsewhere.invalid', 'access-control-request-method': 'POST', 'x-mark': 'mirror-me' }
        const answer = await ask(door, NOBODY, { method: method as 'OPTIONS', url, headers })
        assert.ok([400, 404, 405, 415, 501].includes(answer.statusCode), `${door} ${method} ${url} ${answer.statusCode}`)
        assert.doesNotMatch(answer.body, /mirror-me|elsewhere/)
        assert.equal(answer.headers['access-control-allow-origin'], undefined)
      }
  })

for (const path of [
  '/.git/config',
  '/.git/HEAD',
  '/.env',
  '/.svn/entries',
  '/package.json',
  '/src/config.ts',
  '/node_modules/fastify/package.json',
  '/console/assets/',
  '/console/assets/..%2f..%2f..%2fpackage.json',
  '/console/../package.json',
  '/assets/',
  '/keys/',
  '/logins.json',
  '/server-status',
  '/metrics',
  '/debug',
])
  test(`ASVS 13.4 · nothing of the machine, the repository or a folder is at ${path}`, async () => {
    for (const door of ['api', 'portal'] as const) {
      const answer = await ask(door, NOBODY, { method: 'GET', url: path })
      const isConsole = answer.statusCode === 200 && /^text\/html/.test(said(answer, 'content-type'))
      assert.ok(answer.statusCode >= 400 || (isConsole && path.startsWith('/console/')), `${door} ${answer.statusCode}`)
      assert.doesNotMatch(answer.body, /\[core\]|ref: refs|"dependencies"|readConfig|password|Index of/)
    }
  })

test('ASVS 14.3.1 · whoever signs out is told to forget what the browser kept', async () => {
  const leaving = overHttps(await doors.signIn('approval', ['window-officer']))
  const answer = await ask('api', leaving, { method: 'DELETE', url: '/api/v1/sessions/me' })
  assert.equal(answer.statusCode, 200)
  assert.equal(said(answer, 'clear-site-data'), '"cache"')
})

test('ASVS 3.4.2 · a page of another site may read nothing, with a session or without', async () => {
  for (const caller of await signedIn())
    for (const url of ['/api/v1/sessions/me', '/openapi.json', '/my', `/subjects/${subjectId}`]) {
      const answer = await ask('portal', caller, { method: 'GET', url, headers: { origin: 'https://elsewhere.invalid' } })
      assert.equal(answer.headers['access-control-allow-origin'], undefined, url)
      assert.equal(answer.headers['access-control-allow-credentials'], undefined, url)
    }
})
