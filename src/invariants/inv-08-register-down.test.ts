import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { LightMyRequestResponse } from 'fastify'
import { ACCOUNT_PAGES } from '../../web/my/pages.ts'
import type { SubjectId } from '../base/id.ts'
import { serveTestNotice } from '../notices/testing.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Caller, type Doors, openDoors } from './doors.ts'
import { OWN_LOOK } from './doors-without-look.ts'
import { firm, penalty, registration } from './sent-rows.ts'
import { Outside, publishAll, send, subjectOf } from './testing.ts'

// Principle 8, for those who read what is their own: the subject in its account, the unit in what it sent. Without the register they read
// nothing either, and what they read is registered.

const NUMBER = '澜登〔2026〕1号'
const FACT = '秘三项事实'

let t: TestApp
let doors: Doors
let outside: Outside
let own: Caller
let clerk: Caller
let firmId: SubjectId
let deliveryId: number
let code: string
let requestId: number
let noticeId: number

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  outside = await Outside.open(t)
  await send(t.app, 'market-registration', [registration(1)])
  await send(t.app, 'ecology-penalty', [penalty(1, NUMBER, { 失信信息类别: 'Ⅰ类' })])
  // Refused for its day: the row stays as it was sent.
  const refused = await send(t.app, 'ecology-penalty', [penalty(2, '澜登〔2026〕2号', { 处罚决定日期: FACT })])
  deliveryId = refused.deliveryId
  assert.equal(refused.counts.refused, 1)
  await publishAll(t.app)
  firmId = await subjectOf(t.app, firm(1).code)
  own = await doors.signIn('self', ['subject'], firmId)
  clerk = await doors.signIn('ecology-environment', ['clerk'])
  const issued = await post(`/subjects/${firmId}/reports`, { kind: 'special', years: 3 })
  code = (issued.json() as { code: string }).code
  const lodged = await post('/rights/requests', { kind: 'explanation', text: '请说明公示期的规则' })
  requestId = (lodged.json() as { requestId: number }).requestId
  noticeId = (await serveTestNotice(t.app, firmId, 'listing-decision', { facts: { fact: FACT } })).noticeId
  await post(`/notices/mine/${noticeId}/opening`, {})
})
after(async () => {
  await outside.close()
  await doors.close()
  await t.close()
})

const open = (caller: Caller, url: string): Promise<LightMyRequestResponse> => doors.ask('api', caller, { method: 'GET', url })
const post = (url: string, payload: object): Promise<LightMyRequestResponse> =>
  doors.ask('api', own, { method: 'POST', url: `/api/v1${url}`, payload })

/** A read, and how many entries it leaves: looks at the subject, looks that found nobody. */
type OwnRead = { readonly name: string; readonly looks: number; readonly misses: number; ask(): Promise<LightMyRequestResponse> }
const api = (name: string, looks: number, misses: number, caller: () => Caller, url: () => string): OwnRead => ({
  ...{ name, looks, misses },
  ask: () => open(caller(), `/api/v1${url()}`),
})
const rowsOf = (what: string): OwnRead =>
  api(
    `GET /deliveries/:deliveryId/${what}`,
    0,
    what === 'warnings' ? 0 : 1,
    () => clerk,
    () => `/deliveries/${deliveryId}/${what}`,
  )
const mine = (name: string, url: string): OwnRead =>
  api(
    name,
    1,
    0,
    () => own,
    () => url,
  )

const READS: readonly OwnRead[] = [
  mine('GET /looks/mine', '/looks/mine'),
  mine('GET /reports', '/reports'),
  mine('GET /measures/mine', '/measures/mine'),
  mine('GET /notices/mine', '/notices/mine'),
  mine('GET /notices/address', '/notices/address'),
  ...(['', '/file'] as const).map(what =>
    api(
      `GET /notices/mine/:noticeId${what}`,
      1,
      0,
      () => own,
      () => `/notices/mine/${noticeId}${what}`,
    ),
  ),
  ...['faults', 'warnings', 'refusals'].map(rowsOf),
]

/** Pages that show nothing but what the subject asked for, granted or gave itself, or an empty form. */
const WITHOUT_LOOK =
  /^\/my\/(reports\/special|cases|(objections|repairs|commitments)\/new|rights(\/new)?|agents(\/invite)?|grants?(\/.+)?)$/
/** A grant of its own is asked about in its own tests. */
const PAGES = ACCOUNT_PAGES.filter(page => !/:(?!code|requestId|noticeId)/.test(page.path))
const addressOf = (path: string): string =>
  path.replace(':code', code).replace(':requestId', String(requestId)).replace(':noticeId', String(noticeId))

async function entries(): Promise<[number, number]> {
  const { 'public.look': looks = 0, 'public.look_miss': misses = 0 } = await outside.counts()
  return [looks, misses]
}

test('principle 8 · every door to what is one’s own is asked here', () => {
  assert.deepEqual(READS.map(one => one.name).sort(), Object.keys(OWN_LOOK).sort())
})

test('principle 8 · what one reads of one’s own is registered, and the list of who looked leaves it out', async () => {
  for (const read of READS) {
    const [looks, misses] = await entries()
    const answer = await read.ask()
    assert.equal(answer.statusCode, 200, `${read.name}: ${answer.body}`)
    assert.deepEqual(await entries(), [looks + read.looks, misses + read.misses], read.name)
  }
  const { looks } = (await open(own, '/api/v1/looks/mine')).json() as { looks: { outlet: string }[] }
  assert.deepEqual(
    looks.map(one => one.outlet),
    ['special-report'],
  )
  const [kept] = await outside.rows<{ ground: string }>(
    `select distinct ground from look where outlet = 'account' and shown = '{looks}'`,
  )
  assert.equal(kept?.ground, 'own')
})

test('principle 8 · a page of the account is a look, or it shows nothing that is kept', async () => {
  for (const { path } of PAGES) {
    const [looks] = await entries()
    const answer = await open(own, addressOf(path))
    assert.equal(answer.statusCode, 200, path)
    assert.equal((await entries())[0] > looks, !WITHOUT_LOOK.test(path), path)
  }
})

test('principle 8 · when the register cannot be written, nobody reads what is his own either, and nothing leaks', async () => {
  await outside.rows('revoke insert on look, look_miss from credit_look')
  const asked: { name: string; ask: () => Promise<LightMyRequestResponse> }[] = [
    ...READS.filter(one => one.looks + one.misses > 0),
    ...PAGES.filter(page => !WITHOUT_LOOK.test(page.path)).map(({ path }) => ({
      name: path,
      ask: () => open(own, addressOf(path)),
    })),
    { name: 'its own report', ask: () => open(own, `/my/reports/${code}/pdf`) },
    { name: 'a new report', ask: () => post(`/subjects/${firmId}/reports`, { kind: 'special', years: 3 }) },
  ]
  const sentence = t.app.words.say('look.register-down')
  const before = await entries()
  for (const { name, ask } of asked) {
    const answer = await ask()
    // The rows to mend stream: their first bytes come behind the entry.
    if (name.endsWith('/refusals')) assert.notEqual(answer.statusCode, 200, name)
    else {
      assert.equal(answer.statusCode, 503, `${name}: ${answer.body}`)
      assert.ok(answer.body.includes(sentence), name)
    }
    for (const secret of [NUMBER, FACT]) assert.ok(!answer.body.includes(secret), `${name} says ${secret}`)
  }
  assert.deepEqual(await entries(), before)
  await outside.rows('grant insert on look, look_miss to credit_look')
  for (const { name, ask } of asked) assert.ok((await ask()).statusCode < 300, `${name} reads again`)
})
