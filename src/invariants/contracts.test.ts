import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { KINDS } from '../confirmations/kinds.ts'
import { SECOND_PERSON_ACTS, type SecondPersonAct } from '../http/endpoint.ts'
import { issueViews } from '../http/issues.ts'
import { bound } from '../http/serve.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Caller, type Doors, NOBODY, openDoors } from './doors.ts'
import { firm, penalty } from './sent-rows.ts'
import { Outside, send, subjectOf } from './testing.ts'

// What holds of every contract there is, and of whatever will be added.

/** What reading may write: who looked, that the auditor read, when a session was last seen, how often somebody asked. */
const WRITTEN_BY_READING = new Set(['look', 'look_miss', 'ledger_batch', 'act', 'session', 'quota_count'])

let t: TestApp
let doors: Doors
let outside: Outside
let callers: Caller[]
let subjectId: number

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  outside = await Outside.open(t)
  await send(t.app, 'ecology-penalty', [penalty(1, '澜约〔2026〕1号')])
  const subject = await subjectOf(t.app, firm(1).code)
  subjectId = subject
  callers = [
    NOBODY,
    await doors.signIn('credit-office', ['credit-office']),
    await doors.signIn('ecology-environment', ['clerk']),
    await doors.signIn('credit-office', ['auditor']),
    await doors.signIn('subject', ['subject'], subject),
    await doors.program('approval'),
  ]
})
after(async () => {
  await outside.close()
  await doors.close()
  await t.close()
})

/** Every object within a schema, as it is written in JSON Schema. */
function* objectsIn(schema: unknown): Generator<Record<string, unknown>> {
  if (typeof schema !== 'object' || schema === null) return
  const one = schema as Record<string, unknown>
  if (one['type'] === 'object') yield one
  for (const child of Object.values(one)) yield* objectsIn(child)
}

const asJson = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>

/** What a browser's authenticator says is handed whole to the library that verifies it; of a token request RFC 6749 3.2 wants unknown members ignored. */
const MAY_HOLD_MORE = /passkey|\/factor$|\/fresh$|\/oauth\/token$/

test('ASVS 15.3.3 · whatever a door reads is a closed set of members: nothing can be slipped in beside them', () => {
  assert.ok(bound.length > 100, `${bound.length} contracts`)
  const open = bound.filter(({ params, query, input, body }) =>
    [params, query, ...(body === 'json' || body === 'form' ? [input] : [])].some(schema =>
      [...objectsIn(asJson(schema))].some(one => 'properties' in one && one['additionalProperties'] !== false),
    ),
  )
  const named = open.map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(
    named.filter(one => !MAY_HOLD_MORE.test(one)),
    [],
  )
})

test('ASVS 14.2.1 · no address holds a secret or a number of a person: neither path nor query of any contract has a place for one', () => {
  const telling = /pass(?:word|phrase)|secret|token|session|csrf|documentNumber|idNumber|residentId|mobile|otp/i
  for (const { method, path, params, query } of bound)
    for (const schema of [params, query])
      for (const one of objectsIn(asJson(schema)))
        for (const name of Object.keys((one['properties'] ?? {}) as object)) {
          if (name === 'sessionId') continue // its number in the list of one's own sessions, not its token
          assert.doesNotMatch(name, telling, `${method} ${path}`)
        }
})

/** What stands in every table, as one digest each. */
async function digests(): Promise<Map<string, string>> {
  const tables = await outside.rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pub') order by 1`,
  )
  const found = new Map<string, string>()
  for (const { name } of tables) {
    const [row] = await outside.rows<{ digest: string }>(
      `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest from ${name} t`,
    )
    found.set(name.replace(/^public\./, ''), row?.digest ?? '')
  }
  return found
}

const addressOf = (path: string): string => `/api/v1${path.replace(':subjectId', String(subjectId)).replaceAll(/:\w+/g, '1')}`
const QUERIES = ['', '?purpose=%E8%A1%8C%E6%94%BF%E8%AE%B8%E5%8F%AF&businessNo=A-1', `?q=${encodeURIComponent(firm(1).code)}`]

test('ASVS 3.5.3 · asked by GET, no door changes anything but who looked and how often somebody asked', async () => {
  const [last] = await outside.rows<{ id: string }>('select max(act_id) as id from act')
  const held = await digests()
  assert.ok(held.size > 60, `${held.size} tables`)
  let answered = 0
  for (const { method, path } of bound.filter(one => one.method === 'GET'))
    for (const caller of callers)
      for (const query of QUERIES) {
        const answer = await doors.ask('api', caller, { method: method as 'GET', url: addressOf(path) + query })
        if (answer.statusCode === 200) answered += 1
      }
  assert.ok(answered > 50, `${answered} answers`)
  const changed = [...(await digests())].filter(([name, digest]) => digest !== held.get(name)).map(([name]) => name)
  assert.deepEqual(
    changed.filter(name => !WRITTEN_BY_READING.has(name.replace(/_\d{4}_\d\d$/, ''))),
    [],
  )
  assert.ok(changed.includes('look'), 'something was looked at')
  const deeds = await outside.rows<{ deed: string }>('select distinct deed from act where act_id > $1', [last?.id])
  for (const { deed } of deeds) assert.match(deed, /read|look|list|draft|audit/, 'an act that reading entered')
})

test('ASVS 3.5.3 · a HEAD, or a GET that names another method in a header or the query, is no other method', async () => {
  const office = callers[1] ?? NOBODY
  for (const request of [
    { method: 'GET', url: '/api/v1/sessions/me', headers: { 'x-http-method-override': 'DELETE' } },
    { method: 'GET', url: '/api/v1/sessions/me', headers: { 'x-method-override': 'DELETE', 'x-http-method': 'DELETE' } },
    { method: 'HEAD', url: '/api/v1/sessions/me' },
  ] as const)
    await doors.ask('api', office, request)
  assert.equal((await doors.ask('api', office, { method: 'GET', url: '/api/v1/sessions/me?_method=DELETE' })).statusCode, 400)
  assert.equal((await doors.ask('api', office, { method: 'GET', url: '/api/v1/sessions/me' })).statusCode, 200)
})

/** Refusals to whoever is the one himself, at doors that are nobody's second step: why another person is asked for. */
const ANOTHER_PERSON: Readonly<Record<string, string>> = {
  'account.own': 'nobody administers himself',
  'invitation.own': 'nobody is his own agent',
  'binding.own': 'nobody binds himself, neither as the first nor as the second officer',
  'look-alert.own': 'nobody judges his own looking; it is the auditor’s work list',
  'report.own-merged': 'a report of oneself',
  'reset.own': 'nobody resets himself',
}

test('M458 · every door that refuses whoever began an act names the act, so that it stands among the tasks of whoever may be the second', () => {
  const refuses = (door: { refuses: readonly string[] }) =>
    door.refuses.filter(code => /\.(own|own-.*|same-.*)$/.test(code) && !(code in ANOTHER_PERSON))
  const unnamed = bound.filter(door => refuses(door).length > 0 && door.secondPerson === null)
  assert.deepEqual(
    unnamed.map(door => `${door.method} ${door.path}`),
    [],
  )
  const seconds = bound.filter(door => door.secondPerson !== null)
  for (const door of seconds) {
    assert.equal(refuses(door).length, 1, `${door.path} refuses whoever began it`)
    assert.equal(door.needs, KINDS[door.secondPerson as SecondPersonAct].confirms, door.path)
    assert.ok(door.refuses.includes('access.not-fresh'), `${door.path} asks to prove anew who it is`)
  }
  assert.deepEqual(seconds.map(door => door.secondPerson).sort(), [...SECOND_PERSON_ACTS].sort(), 'and every act has its door')
})

for (const [name, payload, status] of [
  ['a member twice: the last one counts, and it alone is checked', '{"login":"nobody-here","password":"a","password":""}', 400],
  ['a prototype', '{"login":"nobody-here","password":"a","__proto__":{"roles":["credit-office"]}}', 400],
  ['a constructor', '{"login":"nobody-here","password":"a","constructor":{"prototype":{"roles":[]}}}', 400],
  ['a list in place of a text', '{"login":["nobody-here"],"password":"a"}', 400],
  ['an object in place of a text', '{"login":{"$ne":null},"password":"a"}', 400],
  ['a number in place of a text', '{"login":1,"password":true}', 400],
  ['a member that nobody asked for', '{"login":"nobody-here","password":"a","roles":["credit-office"]}', 400],
  ['two texts one after the other', '{"login":"nobody-here","password":"a"}{"login":"x"}', 400],
  ['what fits', '{"login":"nobody-here","password":"a"}', 401],
] as const)
  test(`ASVS 1.5.2 · 15.3.6 · a body with ${name}: ${status}`, async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await doors.ask('api', NOBODY, { method: 'POST', url: '/api/v1/sessions', payload, headers })
    assert.equal(answer.statusCode, status, answer.body)
    assert.equal(({} as Record<string, unknown>)['roles'], undefined)
  })

test('ASVS 15.3.7 · a parameter that comes twice is refused, not chosen from', async () => {
  const office = callers[1] ?? NOBODY
  for (const query of ['?purpose=a&purpose=b&businessNo=A-1', '?purpose[]=a&businessNo=A-1', '?purpose[x]=a&businessNo=A-1']) {
    const answer = await doors.ask('api', office, { method: 'GET', url: `/api/v1/subjects/${subjectId}/records${query}` })
    assert.ok(
      answer.statusCode === 400 || answer.statusCode === 404,
      `${query} ${answer.statusCode} ${answer.body.slice(0, 200)}`,
    )
  }
})

/** What no contract takes whole: nothing, everything of a wrong kind, too much. */
const HOSTILE = [undefined, null, 7, 'x', [], {}, { 证件号: 'x' }] as const

test('no door answers a malformed request in English or in the words of a program', () => {
  const { words } = t.app
  let read = 0
  for (const { method, path, params, query, input } of bound)
    for (const shape of [params, query, input]) {
      const fields = shape instanceof z.ZodObject ? Object.keys(shape.shape) : []
      const torn = [true, 1, -1, Number.POSITIVE_INFINITY, '', 'x'.repeat(100_000), [[]], { x: 1 }].map(value =>
        Object.fromEntries(fields.map(name => [name, value])),
      )
      for (const value of [...HOSTILE, ...torn])
        for (const { message: whole } of issueViews(shape.safeParse(value).error?.issues ?? [], words)) {
          // Values that may be given are named as they are written.
          const message = whole.replace(/^只能填下列之一：.*。$/, '只能填下列之一')
          read += 1
          assert.match(message, /^[\p{Script=Han}\p{P}\d\s]/u, `${method} ${path}: ${message}`)
          assert.doesNotMatch(
            message,
            /invalid|expected|received|too (big|small)|pattern|must|[a-z-]+\.[a-z]/i,
            `${method} ${path}: ${message}`,
          )
        }
    }
  assert.ok(read > 500, `${read} sentences`)
})
