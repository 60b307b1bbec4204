import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { SYSTEM } from '../../src/access/actor.ts'
import { change } from '../../src/access/change.ts'
import { openActivated } from '../../src/access/testing.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { setStanding } from '../../src/standing/commands.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { openTestApp, type TestApp } from '../../src/testing-app.ts'
import { openVisitor, plain, type Visitor } from './testing.ts'

const PASSWORD = 'wo-de-shuo-ming-1'
let platform: TestApp
let http: FastifyInstance
let firm: SubjectId
let other: FactId
let record: FactId

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  const subjects = await openTestSubjects(app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '澜川听澜食品有限公司', uscc: inventedUscc('enterprise', 9) },
  ])
  const [one, two] = subjects as [SubjectId, SubjectId]
  firm = one
  ;[record, other] = (await publishTestFacts(app, [
    penaltyOf(one, '示罚〔2026〕1号', '2026-05-06'),
    penaltyOf(two, '示罚〔2026〕2号', '2026-05-07'),
  ])) as [FactId, FactId]
  await openActivated(app, {
    login: 'firm.one',
    name: 'firm.one',
    unit: null,
    roles: ['subject'],
    password: PASSWORD,
    subjectId: one,
  })
  http = await openApiDoor(app)
})
after(async () => {
  await http.close()
  await platform.close()
})

async function signIn(back: string): Promise<Visitor> {
  const visitor = openVisitor(http)
  await visitor.open(back)
  const inside = await visitor.send('/signin', { login: 'firm.one', password: PASSWORD })
  assert.notEqual(inside.path, '/signin', plain(inside.html))
  return visitor
}

test('M257 · a firm writes what it has to say beside its record, sees it there, changes it and takes it back', async () => {
  const visitor = await signIn('/my/rights')
  const before = await visitor.open('/my/rights/file')
  assert.ok(before.html.includes(`/my/rights/comment?recordId=${record}`))
  const form = await visitor.open(`/my/rights/comment?recordId=${record}`)
  for (const part of [/示罚〔2026〕1号/, /2026-05-06/, /最多500个字/]) assert.match(plain(form.html), part)
  const empty = await visitor.send('/my/rights/comment', { text: ' ' })
  assert.equal(empty.status, 422)
  assert.match(plain(empty.html), /请填写“主体说明”/)
  const written = await visitor.send('/my/rights/comment', { text: '罚款已经缴清，\n<b>设备</b>已经更换。' })
  assert.match(written.path, /^\/my\/rights\/file/)
  const file = await visitor.open('/my/rights/file')
  assert.match(plain(file.html), /有主体说明/)
  assert.ok(
    file.html.includes('&lt;b>设备&lt;/b>已经更换') || file.html.includes('&lt;b&gt;设备&lt;/b&gt;已经更换'),
    'what is typed is no markup',
  )
  const again = await visitor.open(`/my/rights/comment?recordId=${record}`)
  assert.match(again.html, /罚款已经缴清/, 'the form begins with what was said')
  await visitor.send('/my/rights/comment/withdraw')
  assert.doesNotMatch(plain((await visitor.open('/my/rights/file')).html), /有主体说明|已经更换/)
})

test('principle 2 · what may not be collected is refused on the page, and what was typed stays in the form', async () => {
  const visitor = await signIn('/my/rights')
  await visitor.open(`/my/rights/comment?recordId=${record}`)
  const refused = await visitor.send('/my/rights/comment', { text: '法定代表人血型为AB型，与此无关。' })
  assert.equal(refused.status, 422)
  assert.match(refused.html, /与此无关/)
  assert.doesNotMatch(plain((await visitor.open('/my/rights/file')).html), /有主体说明/)
})

test('a number of another’s record names none: the page leads to one’s own records', async () => {
  const visitor = await signIn('/my/rights')
  const page = await visitor.open(`/my/rights/comment?recordId=${other}`)
  assert.match(plain(page.html), /请先在全部信息里找到那条记录/)
  assert.doesNotMatch(page.html, /textarea/)
})

test('M260 · a firm sees on its record that it is contested, since when and under which article', async () => {
  await change(platform.app, SYSTEM, { deed: 'test.case-step', entity: 'system' }, made =>
    setStanding(platform.app, made, { subjectId: firm, recordId: record }, { kind: 'contested', caseId: 1, basis: 'pipl#46' }),
  )
  const visitor = await signIn('/my/rights')
  const file = plain((await visitor.open('/my/rights/file')).html)
  assert.match(file, /异议处理中/)
  assert.match(file, /自2026-11-20起异议处理中。依据：.*第四十六条/)
})
