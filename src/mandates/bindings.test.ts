import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { endFormerRepresentatives } from './record.ts'
import { openTestOfficer, type TestAnswer, type TestPerson } from './testing.ts'

let platform: TestApp
let http: FastifyInstance
let one: TestPerson
let two: TestPerson
let three: TestPerson
let elsewhere: TestPerson
const FIRM = inventedUscc('enterprise', 8)
let firm: SubjectId
let made = 0

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  ;[firm] = (await openTestSubjects(app, [{ name: '澜川云麓食品有限公司', uscc: FIRM }])) as [SubjectId]
  http = await openApiDoor(app)
  one = await openTestOfficer(app, http, '窗口甲', 'approval')
  two = await openTestOfficer(app, http, '窗口乙', 'approval')
  three = await openTestOfficer(app, http, '窗口丙', 'approval')
  elsewhere = await openTestOfficer(app, http, '窗口丁', 'ecology-environment')
})
after(async () => {
  await http.close()
  await platform.close()
})

type Papers = { name: string; documentKind: string; documentNumber: string; birth?: string }
const person = (name: string, birth = '1980-05-06'): Papers => ({
  name,
  documentKind: 'resident-id',
  documentNumber: inventedResidentId(++made, day(birth)),
})
const forFirm = (papers: Papers, more: object = {}) => ({
  ...papers,
  capacity: 'legal-representative',
  uscc: FIRM,
  evidenceKind: 'business-licence',
  evidenceNumber: '照-2026-0001',
  ...more,
})
const forSelf = (papers: Papers) => ({
  ...papers,
  capacity: 'self',
  uscc: null,
  evidenceKind: 'identity-document',
  evidenceNumber: '证-1',
})
const open = (wish: object, officer = one) => officer.ask('POST', '/bindings', wish)
const confirm = (bindingId: number, papers: Papers, officer = two) =>
  officer.ask('POST', `/bindings/${bindingId}/confirm`, papers)

async function activated(code: string, login: string): Promise<number> {
  const payload = { code, login, password: 'lan-chuan-17-bamboo' }
  const answer = await http.inject({ method: 'POST', url: '/api/v1/accounts/activations', payload })
  return answer.statusCode
}

test('M062 · two officers bind a legal representative; the act names both, no personal value; the code on paper makes the account once', async () => {
  const papers = person('陆某甲')
  const opened = await open(forFirm(papers))
  assert.equal(opened.status, 201, JSON.stringify(opened.body))
  assert.match(opened.body.receipt, /^H/)
  assert.equal((await confirm(opened.body.bindingId, papers, one)).body.code, 'binding.same-officer')
  assert.equal((await confirm(opened.body.bindingId, papers, elsewhere)).body.code, 'binding.unknown')
  const done = await confirm(opened.body.bindingId, papers)
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const code = done.body.activation?.code ?? ''
  assert.deepEqual(await Promise.all([activated(code, 'lu.one'), activated(code, 'lu.two')]).then(all => all.sort()), [201, 409])
  assert.equal(await activated(code, 'lu.three'), 409)
  const acts = await platform.worker.db.rows<{
    deed: string
    actor: string
    detail: { openedBy?: string; confirmedBy?: string }
  }>(sql`select deed, actor, detail from act where deed like 'binding.%' or deed like 'account.create'`)
  const act = acts.find(each => each.deed === 'binding.confirm')
  assert.deepEqual([act?.detail.openedBy, act?.detail.confirmedBy], [`account:${one.accountId}`, `account:${two.accountId}`])
  const kept = JSON.stringify(acts) + JSON.stringify(await platform.worker.db.rows(sql`select * from binding`))
  for (const secret of [papers.name, papers.documentNumber, '照-2026-0001', code]) assert.ok(!kept.includes(secret), secret)
  const [looked] = await platform.worker.db.rows(sql`select purpose, business_no from look where subject_id = ${firm}`)
  assert.deepEqual(looked, { purpose: '窗口绑定', business_no: '照-2026-0001' })
})

test('two officers who press at once make one act; the other is told that it is settled', async () => {
  const papers = person('陆某乙')
  const { bindingId } = (await open(forFirm(papers))).body
  const answers = await Promise.all([confirm(bindingId, papers), confirm(bindingId, papers, three)])
  assert.deepEqual(answers.map(answer => answer.body.code ?? 'bound').sort(), ['binding.settled', 'bound'])
  const acts = await platform.worker.db.rows(
    sql`select from act where deed = 'binding.confirm' and entity = ${`binding:${bindingId}`}`,
  )
  assert.equal(acts.length, 1)
})

test('what the second officer types must be what the first one typed; a day later it is over; a withdrawn one stays withdrawn', async () => {
  const papers = person('陆某丙')
  const { bindingId } = (await open(forFirm(papers))).body
  for (const wrong of [person('陆某丙'), { ...papers, name: '陆某丁' }])
    assert.equal((await confirm(bindingId, wrong)).body.code, 'binding.person-differs')
  platform.setNow(new Date(TEST_NOW.getTime() + 24 * 3_600_000))
  assert.equal((await confirm(bindingId, papers)).body.code, 'binding.over')
  platform.setNow(TEST_NOW)
  assert.equal((await two.ask('DELETE', `/bindings/${bindingId}`, {})).status, 200)
  assert.equal((await confirm(bindingId, papers)).body.code, 'binding.settled')
  const { bindings } = (await two.ask('GET', '/bindings')).body
  const listed = bindings.find(each => each.bindingId === bindingId)
  assert.deepEqual([listed?.state, listed?.person, listed?.openedByName, listed?.isOwn], ['withdrawn', '陆**', '窗口甲', false])
  assert.deepEqual((await elsewhere.ask('GET', '/bindings')).body.bindings, [])
  const paged: number[] = []
  for (let next: number | null = Number.MAX_SAFE_INTEGER; next !== null; ) {
    const page: TestAnswer = (await two.ask('GET', `/bindings?limit=1&before=${next}`)).body
    paged.push(...page.bindings.map(binding => binding.bindingId))
    next = page.next
  }
  assert.deepEqual(
    paged,
    bindings.map(binding => binding.bindingId),
    'page by page the same, to the last',
  )
})

for (const [what, wish, code] of [
  ['a minor', () => forSelf(person('小某', '2008-11-21')), 'mandate.minor'],
  ['a person under the officer’s own name', () => forFirm(person('窗口甲')), 'binding.own'],
  ['a code that nobody has', () => forFirm(person('陆某'), { uscc: inventedUscc('enterprise', 77) }), 'binding.subject-unknown'],
  ['no code for an organisation', () => forFirm(person('陆某'), { uscc: null }), 'binding.code-missing'],
  [
    'a document without a birth day',
    () => forSelf({ name: '外某', documentKind: 'passport', documentNumber: 'E12345678' }),
    'binding.birth-missing',
  ],
  [
    'an agent without an end',
    () => forFirm(person('周某'), { capacity: 'agent', extent: ['look.read-own'] }),
    'mandate.until-missing',
  ],
  [
    'an agent with nothing to do',
    () => forFirm(person('周某'), { capacity: 'agent', until: '2027-01-01' }),
    'mandate.extent-missing',
  ],
  [
    'an agent for too long',
    () => forFirm(person('周某'), { capacity: 'agent', extent: ['look.read-own'], until: '2029-01-01' }),
    'mandate.too-long',
  ],
] as const)
  test(`the window refuses ${what} before anything is kept: ${code}`, async () => {
    const count = () => platform.worker.db.row(sql`select count(*) as n from binding`)
    const before_ = await count()
    assert.equal((await open(wish())).body.code, code)
    assert.deepEqual(await count(), before_)
  })

test('民法典 17 · who turns eighteen today is bound for himself; his file is opened at the confirmation and found again', async () => {
  const papers = person('某成年', '2008-11-20')
  const opened = await open(forSelf(papers))
  const done = await confirm(opened.body.bindingId, papers)
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const subject = await platform.worker.db.row(sql`select kind, origin from subject where subject_id = ${done.body.subjectId}`)
  assert.deepEqual(subject, { kind: 'natural-person', origin: 'window' })
  // A second visit: the same person, the same file, another code on paper, and the mandate that he has.
  const again = await open(forSelf(papers))
  const second = await confirm(again.body.bindingId, papers)
  assert.deepEqual([second.body.subjectId, second.body.mandateId], [done.body.subjectId, done.body.mandateId])
  assert.equal(await activated(second.body.activation?.code ?? '', 'cheng.nian'), 201)
  assert.equal(await activated(done.body.activation?.code ?? '', 'cheng.nian.2'), 409)
})

test('a number that is known under another name stops at the confirmation', async () => {
  const papers = person('某改名')
  await confirm((await open(forSelf(papers))).body.bindingId, papers)
  const other = { ...papers, name: '某新名' }
  const { bindingId } = (await open(forSelf(other))).body
  assert.equal((await confirm(bindingId, other)).body.code, 'binding.name-differs')
})

test('a person has one account: a second binding adds a subject to it, and no code is handed out', async () => {
  const papers = person('陆某戊')
  const first = await confirm((await open(forSelf(papers))).body.bindingId, papers)
  assert.equal(await activated(first.body.activation?.code ?? '', 'lu.wu'), 201)
  const agent = forFirm(papers, {
    capacity: 'agent',
    extent: ['look.read-own'],
    until: '2027-01-01',
    evidenceKind: 'authorisation-letter',
  })
  const second = await confirm((await open(agent)).body.bindingId, papers)
  assert.equal(second.body.activation, null)
  const rows = await platform.worker.db.rows(
    sql`select m.capacity from mandate m join account a using (account_id) where a.login = 'lu.wu' order by m.capacity`,
  )
  assert.deepEqual(rows, [{ capacity: 'agent' }, { capacity: 'self' }])
})

test('a new legal representative takes the place of the one before; agents of the firm stay (民法典 61)', async () => {
  const [before_, after_, agent] = [person('陆旧'), person('陆新'), person('周留')]
  for (const papers of [before_]) await confirm((await open(forFirm(papers))).body.bindingId, papers)
  const terms = { capacity: 'agent', extent: ['look.read-own'], until: '2027-01-01', evidenceKind: 'authorisation-letter' }
  await confirm((await open(forFirm(agent, terms))).body.bindingId, agent)
  await confirm((await open(forFirm(after_))).body.bindingId, after_)
  const standing = await platform.worker.db.rows<{
    capacity: string
    count: number
  }>(sql`select capacity, count(*) as count from mandate m
    where subject_id = ${firm} and not exists (select from mandate_end e where e.mandate_id = m.mandate_id) group by 1 order by 1`)
  assert.deepEqual(standing.find(row => row.capacity === 'legal-representative')?.count, 1)
  assert.ok((standing.find(row => row.capacity === 'agent')?.count ?? 0) > 0)
})

test('M061 · the register names another representative: the former one’s mandate ends in that transaction, agents stay, the same name ends nothing', async () => {
  const { app, worker } = platform
  const [other] = (await openTestSubjects(worker, [{ name: '澜川清禾印务有限公司', uscc: inventedUscc('enterprise', 9) }])) as [
    SubjectId,
  ]
  await worker.db.run(sql`update subject_card set legal_representative = '陆 旧' where subject_id = ${other}`)
  const wish = (papers: Papers, more: object = {}) => forFirm(papers, { uscc: inventedUscc('enterprise', 9), ...more })
  assert.equal((await open(wish(person('陆新')))).body.code, 'mandate.not-representative')
  const [head, agent] = [person('陆旧'), person('周留')]
  await confirm((await open(wish(head))).body.bindingId, head)
  const terms = { capacity: 'agent', extent: ['look.read-own'], until: '2027-01-01', evidenceKind: 'authorisation-letter' }
  await confirm((await open(wish(agent, terms))).body.bindingId, agent)
  const ended = () =>
    worker.db.rows(
      sql`select m.capacity, e.why from mandate_end e join mandate m using (subject_id, mandate_id) where e.subject_id = ${other}`,
    )
  const register = (representative: string | null) =>
    change(app, SYSTEM, { deed: 'test.register', entity: 'system' }, made =>
      endFormerRepresentatives(made, [{ subjectId: other, representative }]),
    )
  for (const same of ['陆旧', ' 陆　旧', null]) await register(same)
  assert.deepEqual(await ended(), [])
  await register('陆新')
  await register('陆更新')
  assert.deepEqual(await ended(), [{ capacity: 'legal-representative', why: 'representative-changed' }])
})

test('principle 4 · the window of a company that supplies water binds nobody and resets nobody’s account', async () => {
  const officer = await openTestOfficer(platform.app, http, '营业厅甲', 'water-group')
  const papers = person('某甲')
  const refused = [
    await open(forSelf(papers), officer),
    await confirm(1, papers, officer),
    await officer.ask('POST', '/account-resets', { ...papers, login: 'nobody', takesFactor: false }),
    await officer.ask('POST', '/account-resets/1/confirm', { ...papers, takesFactor: false }),
  ]
  assert.deepEqual(
    refused.map(({ status, body }) => [status, body.code]),
    refused.map(() => [403, 'window.not-of-government']),
  )
})
