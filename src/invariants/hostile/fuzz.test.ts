import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { day } from '../../base/day.ts'
import type { DeliveryId } from '../../base/id.ts'
import { sql } from '../../db/database.ts'
import { runLine } from '../../intake/line.ts'
import { publishSubjects } from '../../publication/publish.ts'
import { inventedResidentId } from '../../subject/invented.ts'
import { openTestApp, type TestApp } from '../../testing-app.ts'
import { type Caller, type Doors, NOBODY, openDoors } from '../doors.ts'
import { firm, penalty, personPenalty } from '../sent-rows.ts'
import { Outside, runs, send, subjectOf, waitingOf } from '../testing.ts'
import { hostileFiles, multipartOf } from './files.ts'
import { type Known, requestFor } from './requests.ts'
import { type Route, routesOf } from './routes.ts'

// Hostile input over every way in: no fault, no secret, no trace of the inside in an answer, no growth of memory, nothing changed behind it.

/** Together, and at least of each route. */
const ALL = 20_500
const OF_EACH_ROUTE = 150
const SEED = 20_261_122
const ACCOUNTS =
  'select login, password, closed_at, array(select role from role_grant g where g.account_id = a.account_id order by role) as roles from account a order by login'
const SECRET = '秘而不宣之事实'
const INSIDE = [
  /\bat (?:async )?[\w.<>]+ \(/,
  /\.ts:\d+/,
  /node_modules/,
  /\b(?:select|insert|update|delete) .{0,80}\b(?:from|into|set|where)\b/i,
  /relation "|column "|syntax error at|invalid input syntax|duplicate key/,
  /\/(?:tmp|work|root|home|var|usr)\//,
  /credit_(?:app|door|look|owner)/,
  /-----BEGIN/,
  /root:x:0/,
]

let t: TestApp
let doors: Doors
let outside: Outside
let callers: Caller[]
let routes: Route[]
let known: Known

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  outside = await Outside.open(t)
  await send(t.app, 'ecology-penalty', [
    penalty(1, '澜毒〔2026〕1号', { 失信信息类别: 'Ⅰ类', 违法事实: SECRET }),
    penalty(2, '澜毒〔2026〕2号'),
  ])
  const person = inventedResidentId(5, day('1991-05-06'))
  await send(t.app, 'transport-penalty-person', [personPenalty(person, '澜毒个〔2026〕1号', { 违法事实: SECRET })])
  const asked = await send(t.app, 'ecology-penalty', [penalty(1, '澜毒〔2026〕问号', { 行政相对人名称: '另名有限公司' })])
  const subjectIds = await Promise.all([1, 2].map(n => subjectOf(t.app, firm(n).code)))
  await publishSubjects(t.worker, subjectIds)
  callers = [
    NOBODY,
    await doors.signIn('credit-office', ['credit-office']),
    await doors.signIn('approval', ['window-officer']),
    await doors.signIn('ecology-environment', ['clerk']),
    await doors.signIn('credit-office', ['auditor']),
    await doors.signIn('subject', ['subject'], subjectIds[0]),
    await doors.program('approval'),
  ]
  routes = [...routesOf(doors.api, 'api'), ...routesOf(doors.portal, 'portal')]
  const waitingId = (await waitingOf(t.app, asked.deliveryId))[0]?.waiting_id
  known = {
    subjectId: subjectIds,
    deliveryId: [asked.deliveryId],
    waitingId: [waitingId],
    subject: [firm(1).code, firm(2).name],
    q: [firm(1).name, firm(2).code],
    source: ['ecology-penalty', 'market-penalty'],
    item: ['penalty-org'],
    purpose: ['行政审批'],
    businessNo: ['审-77'],
    documentNumber: [person],
  }
})
after(async () => {
  await outside.close()
  await doors.close()
  await t.close()
})

const answered: Record<number, number> = {}
let sender = 0

async function ask(route: Route, caller: Caller, request: InjectOptions): Promise<LightMyRequestResponse> {
  // Every request has a sender of its own: the brake on one address is tried elsewhere, and would hide what lies behind it.
  sender += 1
  const remoteAddress = `10.${sender >> 16}.${(sender >> 8) & 255}.${sender & 255}`
  const headers = { ...caller.headers, ...request.headers }
  const answer = await doors.ask(route.door, caller, { ...request, headers, remoteAddress })
  answered[answer.statusCode] = (answered[answer.statusCode] ?? 0) + 1
  return answer
}

/** What an answer to a hostile request may be. `mayKnow`: whoever asks may read the record, so it is no secret from him. */
function judge(answer: LightMyRequestResponse, told: string): void {
  assert.ok(answer.statusCode < 500, `${told}: ${answer.statusCode} ${answer.body.slice(0, 400)}`)
  assert.equal(answer.headers['x-content-type-options'], 'nosniff', told)
  if (answer.statusCode >= 400) {
    assert.ok(!answer.body.includes(SECRET), `${told}: a refusal that tells`)
    for (const trace of INSIDE) assert.doesNotMatch(answer.body, trace, `${told}: a refusal that shows the inside`)
  }
  assert.equal(answer.headers['set-cookie']?.toString().includes('a=b') ?? false, false, told)
}

const tell = (route: Route, request: InjectOptions): string =>
  `${route.door} ${route.method} ${route.path} ← ${JSON.stringify({ url: String(request.url).slice(0, 300), headers: request.headers, payload: String(request.payload ?? '').slice(0, 300) })}`

test('M458 · M464 · hostile input over every way in gives no fault, no trace of the inside, and changes nothing behind it', {
  timeout: 1_800_000,
}, async () => {
  assert.ok(routes.length > 60, `${routes.length} routes`)
  for (const one of routes.filter(route => route.path.startsWith('/api/'))) assert.ok(one.endpoint, `${one.path} has no contract`)
  const accounts = await outside.rows(ACCOUNTS)
  const free = heapAfterSweep()
  let asked = 0
  const grown: number[] = []
  const faults: string[] = []
  for (const route of routes) {
    const told = fc.asyncProperty(fc.constantFrom(...callers), requestFor(route, known), async (caller, request) => {
      asked += 1
      judge(await ask(route, caller, request), tell(route, request))
    })
    const found = await fc.check(told, {
      ...runs(Math.max(OF_EACH_ROUTE, Math.ceil(ALL / routes.length))),
      endOnFailure: true,
      seed: SEED,
    })
    if (found.failed) faults.push(String(found.errorInstance))
    grown.push(heapAfterSweep() - free)
  }
  console.log(
    `  ${asked} hostile requests over ${routes.length} routes: ${JSON.stringify(answered)}; heap ${megabytes(Math.min(...grown.slice(-10)))} MB more at the end`,
  )
  assert.deepEqual(faults, [])
  // What an answer holds may go a sweep later; what never goes is there after each of the last ten routes.
  assert.ok(Math.min(...grown.slice(-10)) < 40e6, `memory grew: ${grown.map(megabytes).join(' ')}`)
  assert.deepEqual(await outside.rows(ACCOUNTS), accounts)
  assert.equal(({} as Record<string, unknown>)['admin'], undefined)
  assert.equal((await doors.ask('api', NOBODY, { method: 'GET', url: '/healthz' })).statusCode, 200)
})

test('M458 · every hostile file is refused or settled: bombs, torn archives, endless lines, names with paths', {
  timeout: 600_000,
}, async () => {
  const clerk = callers[3] ?? NOBODY
  for (const file of hostileFiles()) {
    const sent = multipartOf({ ...file, name: file.name.replaceAll('\u0000', '%00') }, { source: 'ecology-penalty' })
    const before = process.memoryUsage().rss
    const answer = await doors.ask('api', clerk, {
      method: 'POST',
      url: '/api/v1/deliveries',
      payload: sent.body,
      headers: { 'content-type': sent.type },
    })
    assert.ok(answer.statusCode < 500, `${file.name}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    if (answer.statusCode >= 400) continue
    const { deliveryId, fileName } = answer.json() as { deliveryId: DeliveryId; fileName: string }
    assert.doesNotMatch(fileName, /[/\\\u0000]|\.\./, file.name)
    await runLine(t.worker, deliveryId)
    const row = await t.worker.db.row<{ state: string; refusal: unknown }>(
      sql`select state, refusal from delivery_state where delivery_id = ${deliveryId}`,
    )
    assert.match(row?.state ?? '', /^(refused|settled)$/, file.name)
    assert.ok(
      process.memoryUsage().rss - before < 300e6,
      `${file.name} took ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`,
    )
  }
})

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}

function heapAfterSweep(): number {
  setFlagsFromString('--expose-gc')
  const sweep = runInNewContext('gc') as () => void
  sweep()
  return process.memoryUsage().heapUsed
}
