import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openActivated } from '../../src/access/testing.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { answerRequest } from '../../src/rights/answer.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../../src/testing-app.ts'
import { openVisitor, plain, type Visitor } from './testing.ts'

const PASSWORD = 'wo-de-quan-li-1'
let platform: TestApp
let http: FastifyInstance
let firm: SubjectId
let person: SubjectId
let record: FactId

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  const [one, other] = await openTestSubjects(app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '某甲', kind: 'natural-person', document: '860101199003070019' },
  ])
  firm = one as SubjectId
  person = other as SubjectId
  const records = await publishTestFacts(app, [penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')])
  record = records[0] as FactId
  for (const [login, subjectId] of [
    ['firm.one', firm],
    ['person', person],
  ] as const)
    await openActivated(app, { login, name: login, unit: null, roles: ['subject'], password: PASSWORD, subjectId })
  http = await openApiDoor(app)
})
after(async () => {
  await http.close()
  await platform.close()
})

async function signIn(login: string, back: string): Promise<Visitor> {
  const visitor = openVisitor(http)
  await visitor.open(back)
  const inside = await visitor.send('/signin', { login, password: PASSWORD })
  assert.notEqual(inside.path, '/signin', plain(inside.html))
  return visitor
}

test('M273 · a firm reads all that is kept about it on one page, and the file says how to have it mended', async () => {
  const visitor = await signIn('firm.one', '/my/rights')
  const file = await visitor.open('/my/rights/file')
  assert.equal(file.status, 200)
  assert.match(plain(file.html), /示罚〔2026〕1号/)
  assert.ok(file.html.includes(`/my/rights/new?kind=correction&amp;recordId=${record}`))
})

test('PIPL 46 · a correction is asked for, seen with its due day by both sides, and answered with reasons on the page', async () => {
  const visitor = await signIn('firm.one', '/my/rights')
  const form = await visitor.open(`/my/rights/new?kind=correction&recordId=${record}`)
  const named = [/示罚〔2026〕1号/, /城市管理/, /2026-05-06/]
  for (const part of named) assert.match(plain(form.html), part)
  assert.ok(!plain(form.html).includes(String(record)), 'the number that it has here is nobody’s to know')
  const faulty = await visitor.send('/my/rights/new', { field: '罚款金额' })
  assert.equal(faulty.status, 422)
  assert.match(plain(faulty.html), /请填写“应当是什么”/)
  for (const part of named) assert.match(plain(faulty.html), part)
  assert.ok(faulty.html.includes('value="罚款金额"'))
  const done = await visitor.send('/my/rights/new', { field: '罚款金额', shouldBe: '2.0万元' })
  assert.match(done.path, /^\/my\/rights\/requests\/\d+$/)
  assert.match(plain(done.html), /2026-12-01.*还有7个工作日/)
  const requestId = Number(done.path.split('/').at(-1))
  const clerk = actorFor('urban-management', 'clerk')
  await answerRequest(platform.app, clerk, { subjectId: firm, requestId }, { outcome: 'refused', text: '正本写的是2.5万元' })
  assert.match(plain((await visitor.open(done.path)).html), /未同意.*正本写的是2\.5万元/)
})

test('PIPL 46 · a number of another’s record names none: the form asks to choose one of one’s own', async () => {
  const visitor = await signIn('firm.one', '/my/rights')
  for (const recordId of ['999999999', 'x', '-1']) {
    const form = await visitor.open(`/my/rights/new?kind=correction&recordId=${recordId}`)
    assert.match(plain(form.html), /请先在全部信息里找到有误的那一条/)
    assert.ok(!form.html.includes('name="recordId"'))
  }
})

test('PIPL 47 · a firm is not offered a right of persons; a person is, and may take the request back', async () => {
  const firmsPage = await (await signIn('firm.one', '/my/rights')).open('/my/rights')
  assert.ok(!firmsPage.html.includes('kind=deletion'))
  const visitor = await signIn('person', '/my/rights')
  assert.ok((await visitor.open('/my/rights')).html.includes('kind=deletion'))
  await visitor.open('/my/rights/new?kind=deletion')
  const done = await visitor.send('/my/rights/new', { text: '请删除' })
  const back = await visitor.send('/my/rights/withdraw')
  assert.deepEqual([back.path, /已撤回/.test(plain(back.html))], [done.path, true])
})

test('PIPL 50 · a late answer is told calmly, and a day nobody knows is not guessed', async () => {
  const visitor = await signIn('person', '/my/rights')
  await visitor.open('/my/rights/new?kind=restriction')
  const done = await visitor.send('/my/rights/new', { text: '请停止使用' })
  platform.setNow(new Date('2026-12-28T04:00:00Z'))
  const again = await signIn('person', done.path)
  assert.match(plain((await again.open('/my/rights')).html), /已过期限，仍在办理/)
  const late = await again.open(done.path)
  assert.match(plain(late.html), /应于2026-12-11办结，澜川市社会信用体系建设办公室（虚构）已超期11个工作日。/)
  assert.ok(!late.html.includes('due.ics'), 'a day that has passed is no appointment')
  await again.open('/my/rights/new?kind=explanation')
  const unknown = await again.send('/my/rights/new', { text: '请说明' })
  assert.match(plain(unknown.html), /2027年放假安排尚未公布.*自2026-12-28起15个工作日/)
  platform.setNow(TEST_NOW)
})

test('ux 6 · a day to come unfolds how it was counted and goes into the subject’s own calendar, and into nobody else’s', async () => {
  const visitor = await signIn('person', '/my/rights')
  await visitor.open('/my/rights/new?kind=deletion')
  const done = await visitor.send('/my/rights/new', { text: '请说明依据' })
  assert.match(plain(done.html), /2026-12-11到期（还有15个工作日）/)
  assert.match(
    plain(done.html),
    /加入日历.*逐日怎么算.*2026-11-20 起算日，不计入2026-11-21至11-22 周末，不计2026-11-23至11-27 第1至5个工作日/,
  )
  const file = await visitor.open(`${done.path}/due.ics`)
  assert.deepEqual([file.status, file.headers['content-type']], [200, 'text/calendar; charset=utf-8'])
  assert.match(String(file.headers['content-disposition']), /^attachment; filename="GR20261120-\d+\.ics"$/)
  assert.match(file.bytes.toString(), /DTSTART;VALUE=DATE:20261211\r\n/)
  const other = await signIn('firm.one', '/my/rights')
  assert.equal((await other.open(`${done.path}/due.ics`)).status, 404)
  assert.equal((await visitor.open('/my/rights/requests/none/due.ics')).status, 404)
})

test('another subject’s request is not there', async () => {
  const visitor = await signIn('person', '/my/rights')
  await visitor.open('/my/rights/new?kind=portability')
  const done = await visitor.send('/my/rights/new', { text: '请转给某平台' })
  assert.match(done.path, /requests/)
  const other = await signIn('firm.one', '/my/rights')
  assert.equal((await other.open(done.path)).status, 404)
})
