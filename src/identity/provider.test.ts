import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { plain } from '../../web/my/testing.ts'
import { createAccount } from '../access/accounts.ts'
import { setFirstPassword } from '../access/first-password.ts'
import { sql } from '../db/database.ts'
import { endStaffBinding, inviteStaff } from './staff-binding.ts'
import { openTestBrowser, type Seen, type TestBrowser } from './testing-browser.ts'
import { ADULT, FIRM, openProvince, type Province } from './testing-province.ts'

/* A real provider (oidc-provider) in a process of its own, and the platform as its relying party: who comes in, and as whom. */

let province: Province
before(async () => {
  province = await openProvince()
})
after(() => province?.close())
const signIn: Province['signIn'] = (...given) => province.signIn(...given)
const me: Province['me'] = browser => province.me(browser)
const countOf: Province['countOf'] = table => province.countOf(table)

test('M061 · a person signs in by the unified identity, becomes a subject, and nothing of its number is kept but the index', async () => {
  const browser = openTestBrowser()
  const welcome = await signIn('person', 'subjects', browser)
  assert.equal(welcome.status, 200, plain(welcome.text))
  assert.match(plain(welcome.text), /登录成功/)
  assert.equal(welcome.headers.get('refresh'), '0; url=/my')
  const home = await browser.open(`${province.platform.address}/my`)
  assert.match(plain(home.text), /某甲/)
  const { app } = province.platform
  const rows = await app.changes.rows<{ subject_id: number; origin: string }>(
    sql`select subject_id, origin from subject where kind = 'natural-person'`,
  )
  assert.deepEqual(
    rows.map(row => row.origin),
    ['signed-in'],
  )
  assert.deepEqual(await app.changes.rows(sql`select from person_secret where subject_id = ${rows[0]?.subject_id}`), [])
  const tables = await app.changes.rows<{ name: string }>({
    text: "select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'select')",
  })
  for (const { name } of tables)
    assert.deepEqual(await app.changes.rows({ text: `select from ${name} t where t::text like '%${ADULT}%'` }), [], name)
})

test('M061 · the same person comes again: the same account, no second subject; by two factors the session says so', async () => {
  const [one, other, strong] = [openTestBrowser(), openTestBrowser(), openTestBrowser()]
  await signIn('person', 'subjects', one)
  const before = [await countOf('subject'), await countOf('account')]
  await signIn('person', 'subjects', other)
  assert.deepEqual([await countOf('subject'), await countOf('account')], before)
  const [first, second] = [await me(one), await me(other)]
  assert.equal(first['id'], second['id'])
  assert.deepEqual([first['assurance'], first['step']], ['federated-single', 'whole'])
  await signIn('strong', 'subjects', strong)
  assert.deepEqual([(await me(strong))['assurance'], (await me(strong))['subjectId']], ['federated', first['subjectId']])
})

for (const [what, login, door, sentence] of [
  ['a real-name level below the one asked for', 'low', 'subjects', '实名等级不够'],
  ['PIPL 31 · a minor, who is no subject', 'minor', 'subjects', '未满十八周岁的人不是本平台的主体'],
  ['a name that is not the bearer’s', 'renamed', 'subjects', '登记的姓名与认证的姓名不一致'],
  ['a number that is none', 'torn', 'subjects', '“id_number”不是有效的身份证件号码'],
  ['no number at all', 'nobody', 'subjects', '没有给出“id_number”'],
  ['an agent whom nobody gave a mandate', 'agent', 'subjects', '经办人须先有本单位的授权'],
  ['a capacity that the city has no word for', 'unsaid', 'subjects', '没有说明您是法定代表人还是经办人'],
  ['an organisation of which nothing is registered', 'newfirm', 'subjects', '还没有这个单位的登记信息'],
  ['staff that no account is bound to', 'invited', 'staff', '还没有绑定工作人员账号'],
  ['an employee number that is a subject’s login', 'firm-login', 'staff', '还没有绑定工作人员账号'],
] as const)
  test(`M061 · ${what} is refused in a sentence, and nothing is left behind`, async () => {
    const before = [
      await countOf('subject'),
      await countOf('account'),
      await countOf('session'),
      await countOf('federated_person'),
    ]
    const browser = openTestBrowser()
    const page = await signIn(login, door, browser)
    assert.ok(page.status >= 400 && page.status < 500, String(page.status))
    assert.ok(plain(page.text).includes(sentence), plain(page.text))
    assert.ok(page.text.includes(`href="${door === 'staff' ? '/console/sign-in' : '/signin'}"`))
    assert.doesNotMatch(page.text, /\d{17}[\dX]/)
    const after = [
      await countOf('subject'),
      await countOf('account'),
      await countOf('session'),
      await countOf('federated_person'),
    ]
    assert.deepEqual(after, before)
    assert.equal((await browser.open(`${province.platform.address}/my`)).url.includes('/signin'), true)
  })

test('M061 · a firm comes by its legal representative, whom the unified code binds to it', async () => {
  const browser = openTestBrowser()
  await signIn('head', 'subjects', browser)
  assert.deepEqual([(await me(browser))['subjectId'], (await me(browser))['name']], [province.firm, '某甲'])
  assert.match(plain((await browser.open(`${province.platform.address}/my`)).text), new RegExp(FIRM))
  const bound = await province.platform.app.changes.rows<{ capacity: string; bound_by: string }>(
    sql`select capacity, bound_by from mandate where subject_id = ${province.firm} and bound_by = 'oidc'`,
  )
  assert.deepEqual(bound, [{ capacity: 'legal-representative', bound_by: 'oidc' }])
})

test('M458 · staff comes to the account of its employee number, and to none that another person has', async () => {
  const browser = openTestBrowser()
  const welcome = await signIn('officer', 'staff', browser)
  assert.equal(welcome.headers.get('refresh'), '0; url=/console')
  const { unit, roles, assurance, step } = await me(browser)
  assert.deepEqual(
    { unit, roles, assurance, step },
    { unit: 'approval', roles: ['window-officer'], assurance: 'federated', step: 'whole' },
  )
  assert.match(plain((await signIn('usurper', 'staff')).text), /已经绑定了另一个人的认证身份/)
})

test('M458 · staff without an employee number is bound by an administrator’s invitation, once', async () => {
  const { code } = await inviteStaff(province.platform.app, { login: 'audit.one', provider: 'province' })
  const browser = openTestBrowser()
  const refused = await signIn('invited', 'staff', browser)
  assert.ok(refused.text.includes('href="/signin/oidc/province/invitation"'))
  const form = async (typed: string, who: TestBrowser): Promise<Seen> => {
    await who.open(`${province.platform.address}/signin/oidc/province/invitation`)
    return await who.send('/signin/oidc/province/invitation', { code: typed })
  }
  assert.match(plain((await form('AAAAA-BBBBB-CCCCC-DDDDD', browser)).text), /邀请码不对、已经用过，或者已过期/)
  // Signed in at the provider already: it leads back at once.
  const welcome = await form(code.toLowerCase(), browser)
  assert.match(plain(welcome.text), /登录成功/)
  assert.deepEqual([(await me(browser))['unit'], (await me(browser))['roles']], ['audit-office', ['auditor']])
  assert.match(plain((await form(code, openTestBrowser())).text), /邀请码不对、已经用过，或者已过期/)
  assert.match(plain((await signIn('invited', 'staff')).text), /登录成功/)
  await endStaffBinding(province.platform.app, { login: 'audit.one', provider: 'province' })
  assert.equal((await me(browser))['code'], 'access.sign-in-needed')
  assert.match(plain((await signIn('invited', 'staff')).text), /还没有绑定工作人员账号/)
})

test('M458 · an account that nobody has activated is activated by the identity bound to it, and its first code opens nothing then', async () => {
  const { app } = province.platform
  const { code } = await createAccount(app, { login: 'audit.two', name: '审计人员', unit: 'audit-office', roles: ['auditor'] })
  const invitation = await inviteStaff(app, { login: 'audit.two', provider: 'province' })
  const browser = openTestBrowser()
  await signIn('invited', 'staff', browser)
  await browser.open(`${province.platform.address}/signin/oidc/province/invitation`)
  await browser.send('/signin/oidc/province/invitation', { code: invitation.code })
  assert.deepEqual((await me(browser))['roles'], ['auditor'])
  const caller = { address: '10.0.0.8', agent: '', before: '' }
  const late = setFirstPassword(app, { login: 'audit.two', code, password: 'wo-de-mima-hen-chang', caller })
  await assert.rejects(late, { code: 'first-code.wrong' })
})

test('whoever breaks off at the provider is told so', async () => {
  const browser = openTestBrowser()
  await browser.open(`${province.platform.address}/signin/oidc/province?door=subjects`)
  const page = await browser.send('/interaction/', { cancel: '1' })
  assert.deepEqual([page.status, /没有在某省统一身份认证完成登录/.test(plain(page.text))], [400, true])
})
