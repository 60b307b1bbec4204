import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import type { WindowResetView } from './reset-contract.ts'
import { openTestOfficer, openTestPerson, TEST_PASSWORD, type TestPerson } from './testing.ts'

let platform: TestApp
let http: FastifyInstance
let one: TestPerson
let two: TestPerson
let elsewhere: TestPerson
let firm: SubjectId
const FIRM = inventedUscc('enterprise', 8)
const NEW_PASSWORD = 'qing-chen-kan-yun-8'
let made = 500

type Papers = { name: string; documentKind: string; documentNumber: string }
type Answer = { code: string; login: string; resetId: number; resets: WindowResetView[]; takesFactor: boolean; title: string }

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  ;[firm] = (await openTestSubjects(app, [{ name: '澜川云麓食品有限公司', uscc: FIRM }])) as [SubjectId]
  await publishTestFacts(app, [penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')])
  http = await openApiDoor(app)
  one = await openTestOfficer(app, http, '窗口甲', 'approval')
  two = await openTestOfficer(app, http, '窗口乙', 'approval')
  elsewhere = await openTestOfficer(app, http, '窗口丁', 'ecology-environment')
})
after(async () => {
  await http.close()
  await platform.close()
})
beforeEach(() => platform.setNow(TEST_NOW))

const later = (minutes: number): void => platform.setNow(new Date(TEST_NOW.getTime() + minutes * 60_000))
const papersOf = (name: string): Papers => ({
  name,
  documentKind: 'resident-id',
  documentNumber: inventedResidentId(++made, day('1980-05-06')),
})
async function at(officer: TestPerson, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
  const { status, body } = await officer.ask(method, path, payload)
  return { status, body: body as unknown as Answer }
}
const ask = (papers: object, officer = one) => at(officer, 'POST', '/account-resets', papers)
const confirm = (resetId: number, papers: object, officer = two) =>
  at(officer, 'POST', `/account-resets/${resetId}/confirm`, papers)

async function use(login: string, code: string): Promise<number> {
  const payload = { login, code, password: NEW_PASSWORD }
  return (await http.inject({ method: 'POST', url: '/api/v1/password-resets/use', payload })).statusCode
}
async function signsIn(login: string, password: string): Promise<number> {
  return (await http.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login, password } })).statusCode
}

/** Somebody bound at the window by his document, with an account of this login. */
async function bound(login: string, name: string): Promise<Papers> {
  const papers = papersOf(name)
  const wish = { ...papers, capacity: 'self', uscc: null, evidenceKind: 'identity-document', evidenceNumber: '证-1' }
  const opened = await one.ask('POST', '/bindings', wish)
  const done = await two.ask('POST', `/bindings/${opened.body.bindingId}/confirm`, papers)
  const payload = { code: done.body.activation?.code ?? '', login, password: TEST_PASSWORD }
  assert.equal((await http.inject({ method: 'POST', url: '/api/v1/accounts/activations', payload })).statusCode, 201)
  return papers
}

test('M458 · two officers of one window reset the account of whoever stands before them with his document; the login is found by it', async () => {
  const papers = await bound('lu.yi', '陆某乙')
  const asked = await ask(papers)
  assert.deepEqual([asked.status, asked.body.login], [201, 'lu.yi'], JSON.stringify(asked.body))
  const { resetId } = asked.body
  assert.equal(await signsIn('lu.yi', TEST_PASSWORD), 201, 'asking alone changes nothing')
  assert.equal((await confirm(resetId, papers, one)).body.code, 'reset.same-person')
  assert.deepEqual(
    [(await confirm(resetId, papers, elsewhere)).body.code, (await at(elsewhere, 'GET', '/account-resets')).body.resets],
    ['reset.unknown', []],
  )
  assert.equal((await at(elsewhere, 'DELETE', `/account-resets/${resetId}`)).body.code, 'reset.unknown')
  assert.equal((await confirm(resetId, { ...papers, name: '陆某丙' })).body.code, 'reset.person-unmatched')
  assert.equal((await confirm(resetId, papersOf('陆某乙'))).body.code, 'reset.person-unmatched')
  const [shown] = (await at(two, 'GET', '/account-resets')).body.resets
  assert.deepEqual([shown?.login, shown?.person, shown?.state, shown?.isOwn], ['lu.yi', '陆**', 'open', false])
  const done = await confirm(resetId, papers)
  assert.deepEqual([done.status, done.body.login, done.body.takesFactor], [200, 'lu.yi', false], JSON.stringify(done.body))
  assert.equal(await signsIn('lu.yi', TEST_PASSWORD), 401, 'the old password is over')
  assert.equal((await confirm(resetId, papers)).body.code, 'reset.unknown', 'confirmed once')
  assert.equal(await use('lu.yi', done.body.code), 200)
  assert.equal(await use('lu.yi', done.body.code), 422, 'used once')
  assert.equal(await signsIn('lu.yi', NEW_PASSWORD), 201)
  const acts = JSON.stringify(await platform.worker.db.rows(sql`select deed, detail from act where deed like 'reset.%'`))
  for (const secret of [papers.name, papers.documentNumber, done.body.code]) assert.ok(!acts.includes(secret))
})

test('M458 · an account opened without a document is known by its holder’s or the registered representative’s name; the second document is the first', async () => {
  await platform.worker.db.run(
    sql`update pub.subject set card = card || '{"legalRepresentative": "陆某丁"}' where subject_id = ${firm}`,
  )
  const head = await openTestPerson(platform.app, http, '澜川云麓食品有限公司', firm)
  const papers = papersOf('陆某丁')
  const asked = await ask({ ...papers, login: head.login, takesFactor: true })
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  assert.equal((await confirm(asked.body.resetId, papersOf('陆某丁'))).body.code, 'reset.person-differs')
  const done = await confirm(asked.body.resetId, { ...papers, takesFactor: true })
  assert.deepEqual([done.status, done.body.takesFactor], [200, true], JSON.stringify(done.body))
})

const strangers: readonly (readonly [string, (papers: Papers) => object])[] = [
  ['a login nobody has', papers => ({ ...papers, login: 'nobody.at.all' })],
  ['another person’s login', papers => ({ ...papersOf(papers.name), login: 'wang.yi' })],
  ['his login under another name', papers => ({ ...papers, name: '汪某丙', login: 'wang.yi' })],
  ['a colleague’s account', papers => ({ ...papers, login: two.login })],
  ['a document that no account is known by', () => papersOf('汪某乙')],
]
test('M458 · whatever does not fit is refused in the same words: a window is no place to find out who has an account', async () => {
  const papers = await bound('wang.yi', '汪某乙')
  const clerk = await openTestOfficer(platform.app, http, '窗口丙', 'approval')
  const titles = new Set<string>()
  for (const [what, typed] of strangers) {
    const answer = await ask(typed(papers), clerk)
    assert.deepEqual([answer.status, answer.body.code], [422, 'reset.person-unmatched'], what)
    titles.add(answer.body.title)
  }
  assert.equal(titles.size, 1)
  const own = await openTestOfficer(platform.app, http, '汪某乙', 'approval')
  assert.equal((await ask(papers, own)).body.code, 'reset.own')
})

test('M458 · administrators, who see nobody’s papers, do not reset a subject’s account; nor do they see the window’s', async () => {
  const papers = await bound('su.yi', '苏某乙')
  const officerOf = (role: string) => openTestOfficer(platform.app, http, role, 'credit-office', role)
  const [system, security] = [await officerOf('system-administrator'), await officerOf('security-administrator')]
  const row = await platform.worker.db.row<{ id: number }>(sql`select account_id as id from account where login = 'su.yi'`)
  const refused = await at(system, 'POST', `/accounts/${row?.id}/password-resets`, { reason: '忘记密码' })
  assert.equal(refused.body.code, 'reset.at-window')
  const { resetId } = (await ask(papers)).body
  assert.equal((await ask(papers)).body.code, 'reset.open')
  assert.deepEqual((await at(security, 'GET', '/password-resets')).body.resets, [])
  assert.equal((await at(security, 'POST', `/password-resets/${resetId}/confirm`, {})).body.code, 'reset.unknown')
  assert.equal((await at(one, 'DELETE', `/account-resets/${resetId}`)).status, 200)
  assert.equal((await confirm(resetId, papers)).body.code, 'reset.unknown', 'withdrawn')
  const again = (await ask(papers)).body
  const { code } = (await confirm(again.resetId, papers)).body
  assert.equal((await at(one, 'DELETE', `/account-resets/${again.resetId}`)).status, 200, 'until its code is used')
  assert.equal(await use('su.yi', code), 422)
})

test('M458 · a screen that was left is not enough to ask for a reset or to confirm one', async () => {
  const papers = await bound('fang.yi', '方某乙')
  const { resetId } = (await ask(papers)).body
  later(11)
  assert.equal((await confirm(resetId, papers)).body.code, 'access.not-fresh')
  assert.equal((await ask(papers)).body.code, 'access.not-fresh')
})

test('PIPL 9 · its owner is told of a reset and stops one that he never asked for, confirmed or not', async () => {
  const { app } = platform
  const holder = await openTestPerson(app, http, '何某乙')
  const papers = papersOf('何某乙')
  const told = async (): Promise<string[]> =>
    ((await at(holder, 'GET', '/account/resets')).body.resets as unknown as { state: string }[]).map(reset => reset.state)
  assert.deepEqual(await told(), [])
  const { resetId } = (await ask({ ...papers, login: holder.login })).body
  assert.deepEqual(await told(), ['asked'])
  const other = await openTestPerson(app, http, '何某丙')
  assert.equal((await at(other, 'DELETE', `/account/resets/${resetId}`)).body.code, 'reset.unknown')
  later(30)
  assert.equal((await at(holder, 'DELETE', `/account/resets/${resetId}`)).status, 200, 'a stop asks for no fresh proof')
  assert.deepEqual(await told(), ['stopped'])
  assert.equal(await signsIn(holder.login, TEST_PASSWORD), 201)
  platform.setNow(TEST_NOW)
  const again = (await ask({ ...papers, login: holder.login })).body
  const { code } = (await confirm(again.resetId, papers)).body
  assert.equal((await at(holder, 'DELETE', `/account/resets/${again.resetId}`)).status, 200)
  assert.equal(await use(holder.login, code), 422, 'a stopped code opens nothing')
})
