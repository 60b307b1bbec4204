import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openActivated } from '../../src/access/testing.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { sql } from '../../src/db/database.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../../src/testing-app.ts'
import { openVisitor, plain, type Visitor } from './testing.ts'

const PASSWORD = 'lan-chuan-17-bamboo'
const FIRM = '澜川云麓食品有限公司'
const OTHER = '澜川清禾印务有限公司'
let platform: TestApp
let http: FastifyInstance

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  const [firm, other, person] = (await openTestSubjects(app, [
    { name: FIRM, uscc: inventedUscc('enterprise', 8) },
    { name: OTHER, uscc: inventedUscc('enterprise', 9) },
    { name: '某甲', kind: 'natural-person', document: '860101199003070019' },
  ])) as [SubjectId, SubjectId, SubjectId]
  await publishTestFacts(app, [
    penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06'),
    penaltyOf(other, '示罚〔2026〕2号', '2026-05-06'),
  ])
  const account = (login: string, name: string, subjectId?: SubjectId) =>
    openActivated(app, { login, name, unit: null, roles: ['subject'], password: PASSWORD, ...(subjectId ? { subjectId } : {}) })
  await account('head', '陆某', firm)
  await account('agent', '周某')
  await account('both', '吴某', other)
  await account('citizen', '某甲', person)
  http = await openApiDoor(app)
})
after(async () => {
  await http.close()
  await platform.close()
})

async function signIn(login: string, back = '/my'): Promise<Visitor> {
  const visitor = openVisitor(http)
  await visitor.open(back)
  await visitor.send('/signin', { login, password: PASSWORD })
  return visitor
}

async function invite(name: string, extent: readonly string[], until = '2027-03-31'): Promise<string> {
  const head = await signIn('head', '/my/agents/invite')
  const page = await head.send('/my/agents/invite', { agent: name, extent, until, mobile: '13800000000' })
  assert.equal(page.status, 200, plain(page.html))
  const code = /one-time-code[^>]*>([^<]+)</.exec(page.html)?.[1] ?? ''
  assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  assert.ok(!(await head.open('/my/agents')).html.includes(code), 'the code is shown once')
  return code
}

test('M061 · a firm’s head invites an agent; he redeems the code with his own account, sees what he may and nothing else', async () => {
  const code = await invite('周某', ['look.read-own'])
  const agent = await signIn('agent')
  assert.match(plain((await agent.open('/my')).html), /您的账号目前不代表任何主体/)
  await agent.open('/my/agents/accept')
  const inside = await agent.send('/my/agents/accept', { invitation: code.toLowerCase() })
  const text = plain(inside.html)
  assert.deepEqual([inside.path, text.includes(`代表：${FIRM}（经办人，至2027-03-31）`)], ['/my', true], text)
  assert.ok(!inside.html.includes('href="/my/reports"') && !inside.html.includes('href="/my/agents"'))
  assert.equal((await agent.open('/my/looks')).status, 200)
  for (const [path, permission] of [
    ['/my/reports', '出具自己的信用报告'],
    ['/my/reports/special', '出具自己的信用报告'],
    ['/my/grants', '同意、拒绝、撤回授权'],
    ['/my/rights', '提出个人信息权利请求、取自己的档案'],
    ['/my/agents', '指定和收回经办人'],
    ['/my/agents/invite', '指定和收回经办人'],
  ] as const) {
    const refused = await agent.open(path)
    assert.equal(refused.status, 403, path)
    assert.ok(plain(refused.html).includes(`您得到的授权不包括“${permission}”`), plain(refused.html))
  }
})

test('M062 · who speaks for two is asked for whom; a form drawn for the one is not sent for the other', async () => {
  const code = await invite('吴某', ['look.read-own', 'report.issue-own', 'subject.read-own'])
  const both = await signIn('both')
  await both.open('/my/agents/accept')
  await both.send('/my/agents/accept', { invitation: code })
  platform.setNow(new Date(TEST_NOW.getTime() + 60_000))
  const again = await signIn('both', '/my/reports')
  const asked = await again.open('/my/reports')
  assert.equal(asked.path, '/my/subject?back=%2Fmy%2Freports')
  for (const part of [FIRM, OTHER, '法定代表人', '经办人，至2027-03-31', '可以办理：看主体的情况，开具信用报告，看谁看过'])
    assert.ok(plain(asked.html).replaceAll('、', '，').includes(part.replaceAll('、', '，')), part)
  assert.match(plain((await again.send('/my/subject', {})).html), /请选择一个主体/)
  const value = (name: string): string =>
    new RegExp(`value="(\\d+)"[^>]*><span>${name}`).exec(asked.html)?.[1] ?? assert.fail(`${name} is not offered`)
  const chosen = await again.send('/my/subject', { mandate: value(OTHER) })
  assert.deepEqual([chosen.path, plain(chosen.html).includes(`代表：${OTHER}`)], ['/my/reports', true])
  const stale = /name="csrf" value="([^"]+)"/.exec(chosen.html)?.[1] ?? ''
  await again.open('/my/subject')
  await again.send('/my/subject', { mandate: value(FIRM) })
  await again.open('/my/reports')
  const refused = await again.send('/my/reports/public', { csrf: stale })
  assert.deepEqual([refused.status, /页面已过期/.test(plain(refused.html))], [403, true])
  platform.setNow(TEST_NOW)
})

test('the head sees agents and invitations, shortens and ends; thirty days before the end the overview says so', async () => {
  await invite('周某', ['report.issue-own'])
  const head = await signIn('head', '/my/agents')
  const page = await head.open('/my/agents')
  assert.match(plain(page.html), /等待兑换的邀请.*周某/)
  const mandate = /name="mandate" value="(\d+)"/.exec(page.html)?.[1] ?? ''
  const malformed = await head.send('/my/agents/shorten', { mandate, lastDay: 'soon' })
  assert.deepEqual([malformed.status, /请填写日期/.test(plain(malformed.html))], [422, true])
  const shortened = await head.send('/my/agents/shorten', { mandate, lastDay: '2026-12-10' })
  assert.match(plain(shortened.html), /至2026-12-10 即将到期/)
  assert.match(plain((await head.open('/my')).html), /授权即将到期.*2026-12-10到期/)
  await head.open('/my/agents')
  const ended = await head.send('/my/agents/end', { mandate })
  assert.match(plain(ended.html), /已终止的.*2026-11-20由主体终止/)
  await head.open('/my/agents')
  const withdrawn = await head.send('/my/agents/withdraw')
  assert.doesNotMatch(plain(withdrawn.html), /等待兑换的邀请/)
})

for (const [what, values, sentence] of [
  ['nothing', {}, '请填写经办人姓名'],
  ['no extent', { agent: '周某', until: '2027-01-01' }, '请至少选一项'],
  ['too long a term', { agent: '周某', until: '2029-01-01', extent: 'look.read-own' }, '最长两年'],
  ['a day that is over', { agent: '周某', until: '2026-01-01', extent: 'look.read-own' }, '早于今天'],
  ['a number that is none', { agent: '周某', until: '2027-01-01', extent: 'look.read-own', mobile: 'x' }, '手机号码只填数字'],
] as const)
  test(`an invitation with ${what} comes back with what to mend`, async () => {
    const head = await signIn('head', '/my/agents/invite')
    const page = await head.send('/my/agents/invite', values)
    assert.deepEqual([page.status, plain(page.html).includes(sentence)], [422, true], plain(page.html))
  })

test('a citizen has the same pages for himself; a code on paper makes an account', async () => {
  const citizen = await signIn('citizen')
  const text = plain((await citizen.open('/my')).html)
  assert.ok(text.includes('代表：某甲（本人）') && text.includes('自然人的信息不向社会公示'), text)
  const visitor = openVisitor(http)
  await visitor.open('/my/activate')
  const wrong = await visitor.send('/my/activate', { activation: 'AAAA', login: 'x.y.z', password: PASSWORD, again: PASSWORD })
  assert.deepEqual([wrong.status, /激活码不正确/.test(plain(wrong.html)), wrong.html.includes(PASSWORD)], [404, true, false])
  const differs = await visitor.send('/my/activate', { activation: 'AAAA', login: 'x.y.z', password: PASSWORD, again: 'y' })
  assert.match(plain(differs.html), /两次填写的密码不一样/)
  visitor.forget('mingxin_form')
  const foreign = await visitor.send('/my/activate', { activation: 'AAAA', login: 'x.y.z', password: PASSWORD, again: PASSWORD })
  assert.equal(foreign.status, 403)
  assert.equal((await platform.app.db.rows(sql`select from account where login = 'x.y.z'`)).length, 0)
})
