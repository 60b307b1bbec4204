import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import type { SubjectId } from '../base/id.ts'
import { openDatabase, sql } from '../db/database.ts'
import { answerProblems } from '../http/problem.ts'
import { hashToken, SESSION_COOKIE } from '../http/session.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { look, lookMiss, lookMisses } from './look.ts'
import { bindLooks } from './routes.ts'
import { openTestAccount } from './testing.ts'

let platform: TestApp
let http: FastifyInstance
const officer = actorFor('approval', 'window-officer')
const ME = 4001 as SubjectId
const OTHER = 4002 as SubjectId
const auditor = { authorization: 'Bearer mx_auditor' }
const clerk = { authorization: 'Bearer mx_clerk' }
const mine = { cookie: `${SESSION_COOKIE}=own-session` }

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  for (const [token, id, role] of [
    ['mx_auditor', 1, 'auditor'],
    ['mx_clerk', 2, 'clerk'],
  ] as const)
    await app.changes.run(
      sql`insert into access_token (token_hash, token_id, name, unit, roles, made_at) values (${hashToken(token)}, ${id}, '测试', 'approval', ${[role]}, ${app.now()})`,
    )
  await openTestAccount(app, { accountId: 9, login: 'own', name: '经办人', unit: 'subject', roles: ['subject'], subjectId: ME })
  await app.changes.run(
    sql`insert into session (token_hash, session_id, account_id, csrf, made_at, seen_at, ends_at, stage, assurance, device, network)
      values (${hashToken('own-session')}, 1, 9, 'x', ${app.now()}, ${app.now()}, ${new Date(TEST_NOW.getTime() + 60 * 24 * 3600_000)}, 'whole', 'password', '', '')`,
  )
  const nothing = { text: 'select 1 as one' }
  for (let i = 0; i < 5; i++) {
    platform.setNow(new Date(TEST_NOW.getTime() + i * 1000))
    const request = { actor: officer, outlet: 'check', purpose: '行政审批', businessNo: `审${i}`, shown: ['serious-lists'] }
    await look(app, request, [ME, OTHER], nothing)
  }
  const missed = { actor: officer, outlet: 'check', purpose: '招标投标', businessNo: '标1', shown: [] }
  await lookMiss(app, missed, 'name x')
  await lookMisses(app, { ...missed, outlet: 'check-batch' }, ['name y', 'name z'])
  http = Fastify()
  await http.register(cookie)
  http.setErrorHandler(answerProblems(app.words))
  bindLooks(http, app)
})
after(async () => {
  await http.close()
  await platform.close()
})

const read = async (address: string, headers: Record<string, string>) =>
  (await http.inject({ url: `/api/v1${address}`, headers })).json()

test('principle 8 · the auditor pages through the register, latest first, each entry once, misses among them', async () => {
  const seen: number[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: { looks: { lookId: number; found: boolean }[]; next: string | null } = await read(
      `/looks?limit=4${next ? `&before=${next}` : ''}`,
      auditor,
    )
    seen.push(...page.looks.map(entry => entry.lookId))
    next = page.next
  }
  assert.equal(seen.length, 13)
  assert.equal(new Set(seen).size, 13)
})

for (const [filter, count] of [
  ['businessNo=审3', 2],
  ['purpose=招标投标', 3],
  ['outlet=check-batch', 2],
  ['unit=approval', 13],
  ['unit=market-regulation', 0],
  ['unit=审批服务局', 13],
  ['unit=没有这个单位', 0],
  ['from=2026-11-20&until=2026-11-20', 13],
  ['until=2026-11-19', 0],
  ['from=2026-11-21', 0],
] as const)
  test(`principle 8 · the register filtered by ${filter} has ${count} entries`, async () => {
    const { looks } = await read(`/looks?${encodeURI(filter)}`, auditor)
    assert.equal(looks.length, count)
  })

test('M461 · one look is found by its receipt, misses too, and one person’s looks by who looked', async () => {
  const { looks } = await read('/looks', auditor)
  const rows = looks as { receipt: string; actor: string; found: boolean; businessNo: string }[]
  const [shown, missed] = [rows.find(one => one.found), rows.find(one => !one.found)]
  for (const one of [shown, missed]) {
    const same = (await read(`/looks?receipt=${one?.receipt}`, auditor)).looks as typeof rows
    assert.ok(same.length > 0 && same.every(it => it.receipt === one?.receipt && it.businessNo === one?.businessNo))
  }
  assert.equal((await read(`/looks?actor=${encodeURIComponent(officer.id)}`, auditor)).looks.length, 13)
  assert.equal((await read('/looks?actor=account:999', auditor)).looks.length, 0)
  assert.equal((await http.inject({ url: '/api/v1/looks?from=2026-13-01', headers: auditor })).statusCode, 400)
})

test('M8 · the subject finds looks by a part of the unit’s name or of the purpose; the sentence of thirty days counts all', async () => {
  for (const [filter, count] of [
    ['unit=审批', 5],
    ['unit=税务', 0],
    ['purpose=审批', 5],
    ['purpose=%25', 0],
    ['purpose=投标', 0],
  ] as const) {
    const { looks, last30Days } = await read(`/looks/mine?${encodeURI(filter).replaceAll('%2525', '%25')}`, mine)
    assert.deepEqual([filter, looks.length, last30Days], [filter, count, 5])
  }
})

test('principle 8 · reading the register is an act in the same transaction; what cannot be entered is not read', async () => {
  const acts = () => platform.worker.db.rows<{ actor: string }>(sql`select actor from act where deed = 'look.audit'`)
  const before1 = (await acts()).length
  await read('/looks', auditor)
  assert.equal((await acts()).length, before1 + 1)
  const admin = openDatabase(platform.database.superuserUrl, { max: 1 })
  await admin.run({ text: 'revoke insert on act from credit_app' })
  const refused = await http.inject({ url: '/api/v1/looks', headers: auditor })
  await admin.run({ text: 'grant insert on act to credit_app' })
  await admin.close()
  assert.deepEqual([refused.statusCode, refused.json().looks], [503, undefined])
})

test('M8 · the subject sees who looked at it: unit, purpose and number, no officer, nobody else’s entries', async () => {
  const { looks, last30Days, next } = await read('/looks/mine', mine)
  assert.deepEqual([looks.length, last30Days, next], [5, 5, null])
  assert.deepEqual(Object.keys(looks[0]).includes('actor'), false)
  assert.equal(looks[0].unitName, '澜川市行政审批服务局')
  assert.equal(looks[0].businessNo, '审4')
})

test('the register is the auditor’s alone; a place that is none is refused', async () => {
  assert.equal((await http.inject({ url: '/api/v1/looks', headers: clerk })).statusCode, 403)
  assert.equal((await http.inject({ url: '/api/v1/looks' })).statusCode, 401)
  assert.equal((await http.inject({ url: '/api/v1/looks/mine', headers: auditor })).statusCode, 403)
  assert.equal((await read('/looks?before=xyz', auditor)).code, 'look.place')
})

test('the auditor reads names: of the officer or the program, never of a subject’s own account, and of the kinds of data', async () => {
  const { app } = platform
  await openTestAccount(app, { accountId: 8, login: 'window', name: '窗口人员', unit: 'approval', roles: ['window-officer'] })
  const named = new Map<string, string | null>()
  for (const id of ['account:8', 'token:1', 'account:9']) {
    const businessNo = `名-${id}`
    const request = {
      actor: { ...officer, id },
      outlet: 'check',
      purpose: '行政审批',
      businessNo,
      shown: ['penalty-org', 'records'],
    }
    await look(app, request, [ME], { text: 'select 1 as one' })
    const { looks } = await read(`/looks?${encodeURI(`businessNo=${businessNo}`)}`, auditor)
    named.set(id, looks[0].actorName)
    assert.deepEqual(looks[0].shownNames, ['行政处罚信息（法人、非法人组织和个体工商户）', '各类记录'])
  }
  assert.deepEqual(
    [...named],
    [
      ['account:8', '窗口人员（window）'],
      ['token:1', '测试'],
      ['account:9', null],
    ],
  )
})
