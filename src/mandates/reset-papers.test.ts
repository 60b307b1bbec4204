import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Statement, sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { listAccountResets } from './account-reset.ts'
import { openTestOfficer, openTestPerson, type TestPerson } from './testing.ts'
import { listBindings } from './views.ts'

let platform: TestApp
let http: FastifyInstance
let firms: readonly SubjectId[]
let made = 700
const PERSONS = ['苗某甲', '苗某乙', '苗某甲'] as const

before(async () => {
  platform = await openTestApp()
  const wanted = ['澜川云苗食品有限公司', '澜川云苗贸易有限公司', '澜川云苗物流有限公司'].map((name, i) => ({
    name,
    uscc: inventedUscc('enterprise', 40 + i),
  }))
  firms = await openTestSubjects(platform.app, wanted)
  await publishTestFacts(
    platform.app,
    firms.map((firm, i) => penaltyOf(firm, `示罚〔2026〕4${i}号`, '2026-05-06')),
  )
  for (const [i, firm] of firms.entries())
    await platform.worker.db.run(
      sql`update pub.subject set card = card || jsonb_build_object('legalRepresentative', ${PERSONS[i]}::text) where subject_id = ${firm}`,
    )
  http = await openApiDoor(platform.app)
})
after(async () => {
  await http.close()
  await platform.close()
})
beforeEach(() => platform.setNow(TEST_NOW))

const officer = (name: string): Promise<TestPerson> => openTestOfficer(platform.app, http, name, 'approval')
const papersOf = (name: string) => ({
  name,
  documentKind: 'resident-id',
  documentNumber: inventedResidentId(++made, day('1980-05-06')),
})
const ask = (by: TestPerson, papers: object) => by.ask('POST', '/account-resets', papers)
const confirm = (by: TestPerson, resetId: number, papers: object) => by.ask('POST', `/account-resets/${resetId}/confirm`, papers)
const resetOf = (answer: { body: object }): number => (answer.body as { resetId: number }).resetId

/** What the register has of this officer's looks that found nobody. */
async function missesOf({ accountId }: TestPerson): Promise<{ asked: Buffer; purpose: string; businessNo: string }[]> {
  return await platform.worker.db.rows(sql`select asked, purpose, business_no as "businessNo" from look_miss
    where actor = ${`account:${accountId}`} order by look_id`)
}

async function speaksFor(person: TestPerson, subjectId: SubjectId, until: string | null = null): Promise<number> {
  const mandateId = await platform.app.ids.next()
  await platform.worker.db.run(sql`insert into mandate (subject_id, mandate_id, account_id, capacity, extent, valid_from, valid_until, bound_by, made_at, act_id)
    values (${subjectId}, ${mandateId}, ${person.accountId}, ${until ? 'agent' : 'legal-representative'}, ${until ? ['report.own'] : null},
      '2026-01-01', ${until}, 'operator', ${TEST_NOW}, 1)`)
  return mandateId
}

test('M458 · an account that speaks for two firms is not handed to the representative of one; ended and lapsed mandates do not count', async () => {
  const clerk = await officer('窗口戊')
  const [first, second, third] = firms as [SubjectId, SubjectId, SubjectId]
  const head = await openTestPerson(platform.app, http, '澜川云苗食品有限公司', first)
  const papers = { ...papersOf('苗某甲'), login: head.login }
  const codeOf = async () => (await ask(clerk, papers)).body.code
  const mandateId = await speaksFor(head, second)
  assert.equal(await codeOf(), 'reset.person-unmatched')
  assert.equal((await ask(clerk, { ...papersOf('苗某乙'), login: head.login })).body.code, 'reset.person-unmatched')
  await platform.worker.db.run(sql`insert into mandate_end (subject_id, mandate_id, act_id, at, why, ended_by)
    values (${second}, ${mandateId}, 2, ${TEST_NOW}, 'principal', 'account:1')`)
  await speaksFor(head, third)
  await speaksFor(head, second, '2026-02-01')
  assert.equal((await ask(clerk, papers)).status, 201, 'every firm of today names him')
})

test('M458 · an agent’s mandate counts, too, and a firm that names nobody: neither is handed on by another firm’s name', async () => {
  const clerk = await officer('窗口己')
  const [first, second] = firms as [SubjectId, SubjectId]
  const head = await openTestPerson(platform.app, http, '澜川云苗食品有限公司', first)
  await speaksFor(head, second, '2027-06-30')
  assert.equal((await ask(clerk, { ...papersOf('苗某甲'), login: head.login })).body.code, 'reset.person-unmatched')
  const nobody = await openTestPerson(platform.app, http, '澜川云苗贸易有限公司')
  assert.equal((await ask(clerk, { ...papersOf('苗某乙'), login: nobody.login })).body.code, 'reset.person-unmatched')
})

test('principle 8 · papers that fit no account are registered as a look, by a keyed digest; after five the officer waits, right papers too', async () => {
  const clerk = await officer('窗口庚')
  const holder = await openTestPerson(platform.app, http, '苗某丙')
  const right = { ...papersOf('苗某丙'), login: holder.login }
  for (let i = 0; i < 5; i += 1) {
    const wrong = i === 0 ? papersOf('苗某丁') : { ...papersOf('苗某丁'), login: i === 1 ? 'nobody.at.all' : holder.login }
    assert.equal((await ask(clerk, wrong)).body.code, 'reset.person-unmatched')
  }
  const misses = await missesOf(clerk)
  assert.deepEqual(
    misses.map(miss => [miss.purpose, miss.asked.length]),
    Array.from({ length: 5 }, () => ['窗口重置账号', 16]),
  )
  assert.equal(new Set(misses.map(miss => miss.asked.toString('hex'))).size, 5)
  const locked = await ask(clerk, right)
  assert.deepEqual([locked.status, locked.body.code], [429, 'reset.locked'])
  assert.equal((await missesOf(clerk)).length, 5)
  const colleague = await officer('窗口辛')
  assert.equal((await ask(colleague, right)).status, 201, 'a colleague works on')
  platform.setNow(new Date(TEST_NOW.getTime() + 16 * 60_000))
  const after = await ask(await officer('窗口壬'), papersOf('苗某丁'))
  assert.equal(after.body.code, 'reset.person-unmatched')
})

test('principle 8 · at the confirmation, too: another name and another document are registered and counted; a right answer gives no new guesses', async () => {
  const [clerk, second] = [await officer('窗口癸'), await officer('窗口子')]
  const holder = await openTestPerson(platform.app, http, '苗某戊')
  const right = { ...papersOf('苗某戊'), login: holder.login }
  const { login: _, ...papers } = right
  const resetId = resetOf(await ask(clerk, right))
  assert.deepEqual(await missesOf(clerk), [], 'what fits is an act')
  assert.equal((await confirm(second, resetId, papersOf('苗某己'))).body.code, 'reset.person-unmatched')
  assert.equal((await confirm(second, resetId, papersOf('苗某戊'))).body.code, 'reset.person-differs')
  const businessNo = `确认重置${resetId}时核对`
  assert.deepEqual(
    (await missesOf(second)).map(miss => miss.businessNo),
    [businessNo, businessNo],
  )
  assert.equal((await ask(second, right)).body.code, 'reset.open', 'papers that fit')
  for (let i = 0; i < 3; i += 1) assert.equal((await ask(second, papersOf('苗某己'))).body.code, 'reset.person-unmatched')
  assert.equal((await confirm(second, resetId, papers)).body.code, 'reset.locked')
  platform.setNow(new Date(TEST_NOW.getTime() + 16 * 60_000))
  assert.equal((await confirm(second, resetId, papers)).body.code, 'access.not-fresh', 'the lock is over')
})

const LISTS: readonly (readonly [string, (app: App) => Promise<unknown>])[] = [
  ['resets', app => listAccountResets(app, actorFor('approval', 'window-officer'), { limit: 50 })],
  ['bindings', app => listBindings(app, actorFor('approval', 'window-officer'), { limit: 50 })],
]
for (const [what, list] of LISTS)
  test(`a window’s list of ${what} finds who began them by the key of accounts, without reading all accounts`, async () => {
    const asked: Statement[] = []
    const { app, worker } = platform
    const rows = async (statement: Statement) => {
      asked.push(statement)
      return []
    }
    await list({ ...app, db: { ...app.db, rows: rows as typeof app.db.rows } })
    const [statement] = asked
    assert.ok(statement)
    const plan = await worker.db.transaction(async tx => {
      await tx.run(sql`set local enable_seqscan = off`)
      return await tx.rows({ text: `explain (format json) ${statement.text}`, values: statement.values ?? [] })
    })
    assert.match(JSON.stringify(plan), /"Index Cond":"\(account_id = \(\\?"?substring/)
  })

test('an officer’s count is his own: the owner of the account is not locked out by it', async () => {
  const clerk = await officer('窗口丑')
  const holder = await openTestPerson(platform.app, http, '苗某庚')
  for (let i = 0; i < 6; i += 1) await ask(clerk, { ...papersOf('苗某辛'), login: holder.login })
  const payload = { login: holder.login, password: 'lan-chuan-17-bamboo' }
  assert.equal((await http.inject({ method: 'POST', url: '/api/v1/sessions', payload })).statusCode, 201)
})
