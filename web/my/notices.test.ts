import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openActivated } from '../../src/access/testing.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { type Database, openDatabase, sql } from '../../src/db/database.ts'
import { serveTestNotice } from '../../src/notices/testing.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openTestSubjects } from '../../src/reports/archive-testing.ts'
import { joined, readText } from '../../src/reports/testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../../src/testing-app.ts'
import { openVisitor, plain, type Visitor } from './testing.ts'

const PASSWORD = 'wo-de-wen-shu-1'
const EARLIER = new Date('2026-05-12T04:00:00Z')
let t: TestApp
let owner: Database
let http: FastifyInstance
let firm: SubjectId
let other: SubjectId

before(async () => {
  // The keys are as old as the oldest letter here.
  t = await openTestApp({ now: EARLIER })
  owner = openDatabase(t.database.url, { max: 1 })
  const [one, two] = await openTestSubjects(t.app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '某甲', kind: 'natural-person', document: '860101199003070019' },
  ])
  firm = one as SubjectId
  other = two as SubjectId
  for (const [login, subjectId] of [
    ['firm.one', firm],
    ['person', other],
  ] as const)
    await openActivated(t.app, { login, name: login, unit: null, roles: ['subject'], password: PASSWORD, subjectId })
  http = await openApiDoor(t.app)
  t.setNow(TEST_NOW)
})
after(async () => {
  await http.close()
  await owner.close()
  await t.close()
})

async function signIn(login: string, back: string): Promise<Visitor> {
  const visitor = openVisitor(http)
  await visitor.open(back)
  const inside = await visitor.send('/signin', { login, password: PASSWORD })
  assert.notEqual(inside.path, '/signin', plain(inside.html))
  return visitor
}
const steps = async (noticeId: number): Promise<number> =>
  (await owner.rows(sql`select from notice_service where notice_id = ${noticeId}`)).length

test('M205 · a firm is told of a letter, opens it, reads it with its last days, and takes the file', async () => {
  const facts = { matter: '拒不履行行政处罚决定', fact: '2026年9月起未缴纳罚款' }
  const { noticeId, number } = await serveTestNotice(t.app, firm, 'listing-decision', { facts: { fact: facts.fact } })
  const visitor = await signIn('firm.one', '/my')
  assert.match(plain((await visitor.open('/my')).html), /有2份文书还没有打开/)
  const list = await visitor.open('/my/notices')
  assert.ok(plain(list.html).includes(number) && plain(list.html).includes('未打开'))

  const before = await steps(noticeId)
  for (let i = 0; i < 2; i++) {
    const closed = await visitor.open(`/my/notices/${noticeId}`)
    assert.match(plain(closed.html), /打开即记录送达时间/)
    assert.ok(!closed.html.includes(facts.fact), 'the letter is not shown before it is opened')
  }
  assert.equal((await visitor.open(`/my/notices/${noticeId}/file`)).status, 409)
  assert.equal(await steps(noticeId), before, 'a look alone serves nothing')

  await visitor.open(`/my/notices/${noticeId}`)
  const letter = plain((await visitor.send('/my/notices/open')).html)
  for (const told of [
    facts.fact,
    number,
    '澜川市市场监督管理局',
    '送达日期2026-11-20',
    '行政复议：自送达之日起60日；2027年的放假安排尚未公布',
    '送达经过',
  ])
    assert.ok(letter.includes(told), `${told}: ${letter}`)
  const file = await visitor.open(`/my/notices/${noticeId}/file`)
  assert.equal(file.headers['content-type'], 'application/pdf')
  assert.ok(joined(await readText(file.bytes)).includes(facts.fact))
  assert.match(plain((await visitor.open('/my')).html), /有1份文书还没有打开/)
})

test('M205 · the last days of the remedies: sixty days, six months, moved from a day off; what no notice covers is not guessed', async () => {
  t.setNow(EARLIER)
  const { noticeId } = await serveTestNotice(t.app, firm, 'objection-answer')
  const visitor = await signIn('firm.one', '/my/notices')
  await visitor.open(`/my/notices/${noticeId}`)
  const told = plain((await visitor.send('/my/notices/open')).html)
  // The sixtieth day is Saturday the 11th of July; the six months end on Thursday the 12th of November.
  assert.match(told, /行政复议：最迟 2026-07-13（60日）/)
  assert.match(told, /行政诉讼：最迟 2026-11-12（6个月）/)
  t.setNow(TEST_NOW)
  const later = await serveTestNotice(t.app, firm, 'objection-answer')
  const again = await signIn('firm.one', '/my/notices')
  await again.open(`/my/notices/${later.noticeId}`)
  assert.match(plain((await again.send('/my/notices/open')).html), /2027年的放假安排尚未公布/)
})

test('another subject’s letter is not there, neither to be seen nor to be opened', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-notice')
  const visitor = await signIn('person', '/my/notices')
  assert.match(plain((await visitor.open('/my/notices')).html), /目前没有给您的文书/)
  assert.equal((await visitor.open(`/my/notices/${noticeId}`)).status, 404)
  assert.equal((await visitor.open(`/my/notices/${noticeId}/file`)).status, 404)
  await serveTestNotice(t.app, other, 'listing-notice')
  const own = await visitor.open('/my/notices')
  const [, mine] = /\/my\/notices\/(\d+)/.exec(own.html) ?? []
  await visitor.open(`/my/notices/${mine}`)
  assert.equal((await visitor.send('/my/notices/open', { noticeId: String(noticeId) })).status, 404)
})

test('where one wants to be reached is kept sealed, shown again, and mended where it is wrong', async () => {
  const visitor = await signIn('firm.one', '/my/notices')
  const empty = await visitor.open('/my/notices/address')
  assert.ok(empty.html.includes('name="telephone" value=""'))
  const wrong = await visitor.send('/my/notices/address', { telephone: '打电话', email: '', recipient: '', postal: '' })
  assert.equal(wrong.status, 422)
  assert.match(plain(wrong.html), /电话号码的写法不对/)
  assert.ok(wrong.html.includes('value="打电话"'))
  const kept = { telephone: '138 0000 0000', email: 'office@example.cn', recipient: '张某', postal: '澜川市某路1号' }
  assert.equal((await visitor.send('/my/notices/address', kept)).path, '/my/notices')
  const again = await visitor.open('/my/notices/address')
  for (const value of Object.values(kept)) assert.ok(again.html.includes(value), value)
  const raw = JSON.stringify(await owner.rows(sql`select * from service_address`))
  assert.ok(!raw.includes('某路') && !raw.includes('13800000000'))
})
