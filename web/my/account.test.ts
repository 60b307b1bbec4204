import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { look } from '../../src/access/look.ts'
import { openActivated } from '../../src/access/testing.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { annulTestRecord, openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { withdrawReport } from '../../src/reports/commands.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../../src/testing-app.ts'
import { openVisitor, plain, type Visitor } from './testing.ts'

const PASSWORD = 'wo-de-xin-yong-1'
const NAME = '澜川云麓食品有限公司'
let platform: TestApp
let http: FastifyInstance
let firm: SubjectId
let records: readonly FactId[]
let visitor: Visitor

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  const [one, other, person] = await openTestSubjects(app, [
    { name: NAME, uscc: inventedUscc('enterprise', 8) },
    { name: '澜川清禾印务有限公司', uscc: inventedUscc('enterprise', 9) },
    { name: '某甲', kind: 'natural-person', document: '860101199003070019' },
  ])
  firm = one as SubjectId
  records = await publishTestFacts(app, [penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')])
  const account = (login: string, subjectId: SubjectId | undefined) =>
    openActivated(app, {
      login,
      name: login,
      unit: null,
      roles: ['subject'],
      password: PASSWORD,
      subjectId: subjectId as SubjectId,
    })
  await account('firm.one', firm)
  await account('firm.other', other)
  await account('person', person)
  const clerk = { login: 'window', name: '窗口人员', unit: 'approval', roles: ['window-officer'], password: PASSWORD } as const
  await openActivated(app, clerk)
  http = await openApiDoor(app)
})
after(async () => {
  await http.close()
  await platform.close()
})

async function signIn(login: string, back = '/my'): Promise<Visitor> {
  visitor = openVisitor(http)
  await visitor.open(back)
  const inside = await visitor.send('/signin', { login, password: PASSWORD })
  assert.notEqual(inside.path, '/signin', plain(inside.html))
  return visitor
}

test('M143 · whoever is not signed in is led to the door, and to no other site from there', async () => {
  visitor = openVisitor(http)
  assert.equal((await visitor.open('/my/reports')).path, '/signin?back=%2Fmy%2Freports')
  const inside = await visitor.send('/signin', { login: 'firm.one', password: PASSWORD })
  assert.deepEqual([inside.status, inside.path], [200, '/my/reports'])
  for (const back of [
    'https://elsewhere.invalid/',
    '//elsewhere.invalid',
    '/my/../console',
    '/my\\@elsewhere.invalid',
    '/mystery',
  ]) {
    visitor = openVisitor(http)
    await visitor.open(`/signin?back=${encodeURIComponent(back)}`)
    const { path } = await visitor.send('/signin', { login: 'firm.one', password: PASSWORD })
    assert.ok(path === '/my' || path.startsWith('/my/'), `${back} → ${path}`)
  }
})

for (const [what, values, status, sentence] of [
  ['nothing', {}, 422, '请填写账号。'],
  ['no password', { login: 'firm.one' }, 422, '请填写密码。'],
  ['a wrong password', { login: 'firm.one', password: 'x' }, 401, '登录未通过：账号或密码不正确。'],
  ['a login that nobody has', { login: 'firm.none', password: 'x' }, 401, '登录未通过：账号或密码不正确。'],
] as const)
  test(`the door refuses ${what} in one sentence, keeps the login and gives no password back`, async () => {
    visitor = openVisitor(http)
    await visitor.open('/signin')
    const page = await visitor.send('/signin', values)
    assert.equal(page.status, status)
    assert.ok(plain(page.html).includes(sentence), plain(page.html))
    if ('login' in values) assert.ok(page.html.includes(`value="${values.login}"`))
    assert.match(page.html, /name="password" value=""/)
  })

test('the door has the brake of the API: after five wrong tries the right password waits too', async () => {
  visitor = openVisitor(http)
  await visitor.open('/signin')
  for (let i = 0; i < 5; i++) assert.equal((await visitor.send('/signin', { login: 'person', password: 'x' })).status, 401)
  const locked = await visitor.send('/signin', { login: 'person', password: PASSWORD })
  assert.equal(locked.status, 429)
  assert.match(plain(locked.html), /15分钟后可再登录/)
  platform.setNow(new Date(TEST_NOW.getTime() + 16 * 60_000))
  const inside = await visitor.send('/signin', { login: 'person', password: PASSWORD })
  assert.equal(inside.path, '/my')
  assert.match(plain(inside.html), /自然人的信息不向社会公示/)
  assert.ok(!inside.html.includes('href="/my/reports"'), 'nobody is led to a report that there is not')
  assert.ok(inside.html.includes('href="/my/rights/file"'))
  await visitor.open('/my/reports/special')
  const refused = await visitor.send('/my/reports/special', { years: '1' })
  assert.deepEqual([refused.status, plain(refused.html).includes('不能开具这种报告')], [422, true])
  platform.setNow(TEST_NOW)
})

test('a form that another site sends signs nobody in: its value is not in the cookie', async () => {
  visitor = openVisitor(http)
  await visitor.open('/signin')
  for (const values of [{ form: 'guessed' }, { form: '' }]) {
    const page = await visitor.send('/signin', { login: 'firm.one', password: PASSWORD, ...values })
    assert.equal(page.status, 403)
    assert.match(plain(page.html), /登录页面已过期/)
  }
  visitor.forget('mingxin_form')
  assert.equal((await visitor.send('/signin', { login: 'firm.one', password: PASSWORD })).status, 403)
})

test('M061 · the overview says whose account it is, what the registers say and where to go; nothing is kept on the way', async () => {
  await signIn('firm.one')
  const page = await visitor.open('/my')
  const text = plain(page.html)
  for (const part of [NAME, '账号：firm.one', '正在公示1条', '还没有开具过', '目前没有需要您办理的事项', '正在办理0件'])
    assert.ok(text.includes(part), part)
  for (const address of ['/my/reports', '/my/looks', `/subjects/${firm}`, '/my/records', '/my/cases'])
    assert.ok(page.html.includes(`href="${address}"`), address)
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.match(String(page.headers['content-security-policy']), /default-src 'self'/)
  assert.match(String(page.headers['x-robots-tag']), /noindex/)
  assert.doesNotMatch(page.html, /<script(?![^>]*src=)|\son[a-z]+="/)
})

test('M143 · M144 · M145 · M147 · a firm issues its special report by a form, downloads it and finds it again; the look is its own', async () => {
  await signIn('firm.one')
  const form = await visitor.open('/my/reports/special')
  assert.match(plain(form.html), /近2年2024-11-20至2026-11-19/)
  const issued = await visitor.send('/my/reports/special', {
    years: '2',
    domain: ['market-regulation'],
    purpose: '投标',
    businessNo: 'ZB-1',
  })
  assert.equal(issued.status, 200)
  assert.match(issued.path, /^\/my\/reports\/[0-9A-Z]{20}$/)
  const text = plain(issued.html)
  for (const part of ['有效', '2024-11-20至2026-11-19', '核验有效期至2026-12-20', '核验二维码', '给收到报告的一方'].filter(
    part => part !== '核验二维码',
  ))
    assert.ok(text.includes(part), part)
  assert.match(issued.html, /role="img" aria-label="核验二维码"><svg/)
  const code = issued.path.split('/').at(-1)
  const pdf = await visitor.open(`${issued.path}/pdf`)
  assert.match(String(pdf.headers['content-disposition']), /^attachment; filename="report-[0-9A-Z]+\.pdf"$/)
  const verified = (await http.inject({ url: `/api/v1/verify/${code}` })).json()
  assert.deepEqual([verified.state, verified.digest], ['valid', createHash('sha256').update(pdf.bytes).digest('hex')])
  const list = await visitor.open('/my/reports')
  assert.ok(list.html.includes(`href="/my/reports/${code}"`) && list.html.includes(`href="/verify/${code}"`))
  const looks = plain((await visitor.open('/my/looks')).html)
  for (const part of ['投标ZB-1', '本账号', '近30天登记在册的查看共2次']) assert.ok(looks.includes(part), looks)
})

for (const [what, values, sentence] of [
  ['no years', { purpose: '投标<b>' }, '请选择查询期'],
  ['years that nobody offers', { purpose: '投标<b>', years: '9' }, '不能选9年'],
  ['a domain that there is not', { purpose: '投标<b>', years: '1', domain: 'nowhere' }, '没有领域“nowhere”'],
  ['a purpose without end', { purpose: '投标<b>'.repeat(40), years: '1' }, '最多100个字'],
] as const)
  test(`${what} is refused in a sentence on the page, and what was typed stands there still, as text`, async () => {
    await signIn('firm.one')
    await visitor.open('/my/reports/special')
    const page = await visitor.send('/my/reports/special', values)
    assert.ok(page.status >= 400 && page.status < 500, String(page.status))
    assert.ok(plain(page.html).includes(sentence), plain(page.html))
    assert.ok(page.html.includes('value="投标&lt;b&gt;') && !page.html.includes('<b>投'))
    if (values.purpose.length < 100 && 'years' in values && values.years === '1')
      assert.match(page.html, /value="1" id="years" checked/)
  })

test('a form without its value does nothing and comes back filled in; with the value it then goes through', async () => {
  await signIn('firm.one')
  await visitor.open('/my/reports/special')
  const page = await visitor.send('/my/reports/special', { years: '3', purpose: '贷款' }, ['csrf'])
  assert.equal(page.status, 403)
  assert.match(plain(page.html), /页面已过期，这一次没有办理/)
  assert.ok(page.html.includes('value="贷款"') && /value="3" checked/.test(page.html))
  assert.match((await visitor.send('/my/reports/special', { years: '3' })).path, /^\/my\/reports\/[0-9A-Z]{20}$/)
})

test('whoever was away too long signs in and finds the form as it was filled in', async () => {
  await signIn('firm.one')
  await visitor.open('/my/reports/special')
  platform.setNow(new Date(TEST_NOW.getTime() + 61 * 60_000))
  const door = await visitor.send('/my/reports/special', { years: '2', domain: ['taxation', 'health'], purpose: '上市 & 融资' })
  assert.match(door.path, /^\/signin\?back=/)
  assert.match(plain(door.html), /已填的内容还在/)
  const form = await visitor.send('/signin', { login: 'firm.one', password: PASSWORD })
  assert.match(form.html, /value="2" checked/)
  assert.ok(form.html.includes('value="上市 &amp; 融资"'))
  for (const domain of ['taxation', 'health']) assert.ok(form.html.includes(`value="${domain}" checked`), domain)
  platform.setNow(TEST_NOW)
})

test('M144 · where the last working day is not known, the page says so before it asks anything', async () => {
  platform.setNow(new Date('2031-03-03T04:00:00Z'))
  await signIn('firm.one')
  const page = await visitor.open('/my/reports/special')
  assert.match(plain(page.html), /2031年放假安排尚未载入平台/)
  assert.doesNotMatch(page.html, /<form[^>]*action="\/my\/reports\/special"/)
  platform.setNow(TEST_NOW)
})

test('another firm sees nothing of it: not the page, not the file, not the list, not the looks', async () => {
  await signIn('firm.one')
  await visitor.open('/my/reports/special')
  const { path } = await visitor.send('/my/reports/special', { years: '1' })
  await signIn('firm.other')
  for (const address of [path, `${path}/pdf`, '/my/reports/none']) {
    const page = await visitor.open(address)
    assert.equal(page.status, 404, address)
    assert.match(plain(page.html), /没有找到这份报告/)
  }
  assert.match(plain((await visitor.open('/my/reports')).html), /还没有开具过报告/)
  assert.match(plain((await visitor.open('/my/looks')).html), /还没有登记过对本单位的查看/)
})

test('M461 · the firm reads who looked, why and what of it; the officer is not named', async () => {
  const officer = actorFor('approval', 'window-officer')
  const request = { actor: officer, outlet: 'check', purpose: '行政许可', businessNo: '许可9', shown: ['serious-lists'] }
  const { receipt } = await look(platform.app, request, [firm], { text: 'select 1 as one' })
  await signIn('firm.one')
  const text = plain((await visitor.open('/my/looks')).html)
  for (const part of [
    platform.app.law.units.get('approval')?.name ?? '',
    '行政许可许可9',
    '严重失信主体名单信息',
    '信用核查',
    receipt,
  ])
    assert.ok(text.includes(part), part)
  assert.ok(!text.includes(officer.id))
  assert.equal((await visitor.open('/my/looks?before=nonsense')).status, 400)
})

test('a person of a unit is told where its work is, and can sign out', async () => {
  await signIn('window')
  const page = await visitor.open('/my/reports')
  assert.equal(page.status, 403)
  assert.ok(page.html.includes('href="/console"'))
  assert.match(plain((await visitor.send('/my/sign-out')).html), /已退出登录/)
  assert.match((await visitor.open('/my')).path, /^\/signin/)
})

test('signing out ends the session for good, and only from these pages', async () => {
  await signIn('firm.one')
  await visitor.open('/my')
  const refused = await visitor.send('/my/sign-out', {}, ['csrf'])
  assert.equal(refused.status, 403)
  assert.equal((await visitor.open('/my')).status, 200)
  await visitor.send('/my/sign-out')
  assert.match((await visitor.open('/my/looks')).path, /^\/signin/)
})

test('an address that is no page of the account says so in one', async () => {
  await signIn('firm.one')
  const page = await visitor.open('/my/nothing')
  assert.equal(page.status, 404)
  assert.match(plain(page.html), /没有这个页面/)
})

test('what was taken away ends the report: the list says when and why, and the file is given no more', async () => {
  await signIn('firm.one')
  await visitor.open('/my/reports')
  const open = await visitor.send('/my/reports/public')
  assert.match(plain(open.html), /所载信息有变动即失效/)
  await visitor.open('/my/reports/special')
  const special = await visitor.send('/my/reports/special', { years: '1' })
  await withdrawReport(platform.app, actorFor('credit-office', 'credit-office'), special.path.split('/').at(-1) ?? '', '开错了')
  await annulTestRecord(platform.app, penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06'), records[0] as FactId)
  const list = plain((await visitor.open('/my/reports')).html)
  assert.match(list, /已被替代所载的信息2026-11-20有更正或者撤销/)
  assert.match(list, /已撤回主管单位2026-11-20撤回了这份报告：开错了/)
  for (const path of [open.path, special.path]) {
    assert.ok((await visitor.open(path)).html.includes('重新开具'))
    const gone = await visitor.open(`${path}/pdf`)
    assert.equal(gone.status, 410)
    assert.match(plain(gone.html), /请重新开具一份/)
  }
})
