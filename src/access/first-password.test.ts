import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { AccountId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { openPerson, type Person, personOf } from '../factors/testing.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { FIRST_CODE_DAYS } from './first-code.ts'
import { openSession } from './sessions.ts'

const OWN = 'zi-ji-xuan-de-mima-1'
const DAY_MINUTES = 24 * 60
let t: TestApp
let http: FastifyInstance
let system: Person
let security: Person
let made = 0

before(async () => {
  t = await openTestApp()
  http = await openApiDoor(t.app)
  const person = (role: string): Promise<Person> => openPerson(t, http, [role], { unit: 'credit-office' })
  system = await person('system-administrator')
  security = await person('security-administrator')
})
after(async () => {
  await http.close()
  await t.close()
})
beforeEach(async () => {
  t.setNow(TEST_NOW)
  await system.signIn()
  await security.signIn()
})

const later = (minutes: number): void => t.setNow(new Date(TEST_NOW.getTime() + minutes * 60_000))

type Opened = { readonly accountId: AccountId; readonly login: string; readonly code: string; readonly endsAt: string }

/** An account that the system administrator opened, and the browser of its owner. */
async function opened(unit = 'ecology-environment'): Promise<Opened & { owner: Person }> {
  const answer = await system.ask('POST', '/accounts', { login: `first-${++made}`, name: '新来的', unit })
  assert.equal(answer.statusCode, 201, answer.body)
  const account = answer.json<Opened>()
  return { ...account, owner: personOf(t, http, account.login, `10.8.${made}.1`) }
}

const redeem = (by: Person, { login, code }: Pick<Opened, 'login' | 'code'>, password = OWN): Promise<LightMyRequestResponse> =>
  by.ask('POST', '/accounts/first-password', { login, code, password })

async function confer(accountId: AccountId, role: string): Promise<void> {
  const wish = { role, from: '2026-11-20', until: null, reason: '到岗' }
  const { grantNo } = (await system.ask('POST', `/accounts/${accountId}/roles`, wish)).json<{ grantNo: number }>()
  const decided = await security.ask('POST', `/accounts/${accountId}/roles/${grantNo}/decision`, { decision: 'confirmed' })
  assert.equal(decided.statusCode, 200, decided.body)
}

const actsOf = (accountId: AccountId) =>
  t.worker.db.rows<{ deed: string; actor: string; detail: unknown }>(
    sql`select deed, actor, detail from act where entity = ${`account:${accountId}`} order by act_id`,
  )

test('ASVS 6.4.1 · M458 · opening an account answers a code and no password; its owner sets one, and only then comes in', async () => {
  const account = await opened()
  assert.deepEqual(Object.keys(account).sort(), ['accountId', 'code', 'endsAt', 'login', 'owner'])
  assert.match(account.code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  assert.equal(Date.parse(account.endsAt) - TEST_NOW.getTime(), FIRST_CODE_DAYS * 86_400_000)
  for (const guess of [account.code, account.login, ''])
    assert.notEqual((await account.owner.signIn(guess)).statusCode, 201, 'nothing opens it yet')
  assert.equal(
    (await redeem(account.owner, account, 'short')).json().code,
    'account.password-too-short',
    'and the code is still good',
  )
  assert.equal((await redeem(account.owner, { ...account, code: account.code.toLowerCase() })).statusCode, 200)
  assert.equal((await account.owner.signIn(OWN)).statusCode, 201)
  assert.equal((await redeem(account.owner, account)).json().code, 'first-code.wrong', 'it opens once')
})

test('M458 · a code is kept as a keyed digest only, and stands in no act and no later answer', async () => {
  const account = await opened()
  const bare = account.code.replaceAll('-', '')
  await redeem(account.owner, account)
  const kept = JSON.stringify(await t.worker.db.rows(sql`select c::text as row from first_code c`))
  const acts = JSON.stringify(await actsOf(account.accountId))
  const people = (await system.ask('GET', '/organisations/ecology-environment/people')).body
  for (const text of [kept, acts, people]) assert.ok(!text.includes(account.code) && !text.includes(bare) && !text.includes(OWN))
})

test('M458 · two who type the same code at once make one password', async () => {
  const account = await opened()
  const passwords = ['di-yi-ge-ren-mima-1', 'di-er-ge-ren-mima-2', 'di-san-ge-ren-mima-3']
  const answers = await Promise.all(passwords.map(password => redeem(account.owner, account, password)))
  assert.deepEqual(answers.map(answer => answer.statusCode).sort(), [200, 422, 422])
  const works = await Promise.all(passwords.map(async password => (await account.owner.signIn(password)).statusCode === 201))
  assert.equal(works.filter(Boolean).length, 1)
})

test('principle 11 · M458 · a role confirmed before its owner came is in force once he has set a password, and not for anybody before', async () => {
  const account = await opened('credit-office')
  await confer(account.accountId, 'security-administrator')
  // Even a session that somebody got hold of by whatever way may do nothing: no role is in force.
  const caller = { address: '10.8.0.9', agent: '', before: '' }
  const forced = await openSession(t.app, { accountId: account.accountId, assurance: 'federated', caller })
  assert.deepEqual([forced.actor.roles, forced.actor.permissions], [[], []])
  const waiting = await opened('credit-office')
  const wish = { role: 'auditor', from: '2026-11-20', until: null, reason: '到岗' }
  await system.ask('POST', `/accounts/${waiting.accountId}/roles`, { ...wish, role: 'credit-office' })
  const confirm = (by: string) =>
    http.inject({
      method: 'POST',
      url: `/api/v1/accounts/${waiting.accountId}/roles/1/decision`,
      headers: { authorization: `Bearer ${by}` },
      payload: { decision: 'confirmed' },
    })
  assert.equal((await confirm(forced.token)).json().code, 'access.not-allowed', 'it confirms nothing')
  await redeem(account.owner, account)
  const { roles } = (await account.owner.signIn(OWN)).json<{ roles: string[] }>()
  assert.deepEqual(roles, ['security-administrator'])
  assert.equal((await confirm(account.owner.token())).statusCode, 200)
})

test('M458 · whoever opened an account is refused when he uses its code himself, signed in; it is written down who tried', async () => {
  const account = await opened()
  const own = await redeem(system, account)
  assert.deepEqual([own.statusCode, own.json().code], [403, 'first-code.signed-in'])
  // Leaving the CSRF value out makes nobody of a sender elsewhere; not here.
  const bare = await http.inject({
    method: 'POST',
    url: '/api/v1/accounts/first-password',
    cookies: { mingxin_session: system.token() },
    payload: { login: account.login, code: account.code, password: OWN },
  })
  assert.deepEqual([bare.statusCode, bare.json().code], [403, 'first-code.signed-in'])
  const other = await openPerson(t, http, ['clerk'])
  await other.signIn()
  assert.equal((await redeem(other, account)).json().code, 'first-code.signed-in', 'nor in the session of anybody else')
  assert.equal((await redeem(account.owner, account)).statusCode, 200, 'the code was not lost by that')
  const numberOf = async ({ login }: Person) =>
    `account:${(await t.worker.db.row<{ id: number }>(sql`select account_id as id from account where login = ${login}`))?.id}`
  const refused = (await actsOf(account.accountId)).filter(act => act.deed === 'first-code.refuse')
  assert.deepEqual(
    refused.map(act => act.actor),
    [await numberOf(system), await numberOf(system), await numberOf(other)],
  )
})

test('principle 11 · M458 · using a code is an act that names its number, who issued it and whether that person was near, and no address', async () => {
  const account = await opened()
  await redeem(account.owner, account)
  const near = await opened()
  const beside = personOf(t, http, near.login, '10.7.99.99')
  await redeem(beside, near)
  const last = async ({ accountId }: Opened) => (await actsOf(accountId)).at(-1)
  const [own] = await t.worker.db.rows<{ id: number }>(sql`select account_id as id from account where login = ${system.login}`)
  const fact = { codeNo: 1, issuedBy: `account:${own?.id}` }
  assert.deepEqual(await last(account), {
    deed: 'password.first',
    actor: `account:${account.accountId}`,
    detail: { ...fact, nearIssuer: false },
  })
  assert.deepEqual((await last(near))?.detail, { ...fact, nearIssuer: true })
  const acts = JSON.stringify([await actsOf(account.accountId), await actsOf(near.accountId)])
  assert.doesNotMatch(acts, /10\.[78]\./)
})

test('ASVS 6.4.1 · a code is over after its days, a wrong one is refused like a login that nobody has, five wrong ones lock', async () => {
  const late = await opened()
  later(FIRST_CODE_DAYS * DAY_MINUTES - 1)
  const inTime = await redeem(late.owner, late, 'short')
  assert.equal(inTime.json().code, 'account.password-too-short')
  later(FIRST_CODE_DAYS * DAY_MINUTES)
  const over = await redeem(late.owner, late)
  t.setNow(TEST_NOW)
  const account = await opened()
  const wrong = await redeem(account.owner, { ...account, code: '0000-0000-0000-0000' })
  const nobody = await redeem(account.owner, { ...account, login: 'nobody-here' })
  assert.deepEqual([wrong.statusCode, wrong.json()], [422, nobody.json()])
  assert.deepEqual(over.json(), wrong.json())
  for (let i = 0; i < 4; i++) await redeem(account.owner, { ...account, code: '0000-0000-0000-0000' })
  const locked = await redeem(account.owner, account)
  assert.deepEqual([locked.statusCode, locked.json().code], [429, 'access.locked'])
  later(16)
  assert.equal((await redeem(account.owner, account)).statusCode, 200)
})

test('M458 · a lapsed code is issued anew by two administrators; the first code ends with that, and the new one activates', async () => {
  const account = await opened()
  await confer(account.accountId, 'clerk')
  const asked = await system.ask('POST', `/accounts/${account.accountId}/password-resets`, { reason: '启用码过期' })
  const { resetId } = asked.json<{ resetId: number }>()
  const [listed] = (await security.ask('GET', '/password-resets')).json<{ resets: { isActivated: boolean }[] }>().resets
  assert.equal(listed?.isActivated, false)
  assert.equal(
    (await system.ask('POST', `/password-resets/${resetId}/confirm`, {})).statusCode,
    403,
    'one person alone gets none',
  )
  const { code } = (await security.ask('POST', `/password-resets/${resetId}/confirm`, {})).json<{ code: string }>()
  assert.equal((await redeem(account.owner, account)).json().code, 'first-code.wrong', 'the first code is over')
  const use = (by: Person) => by.ask('POST', '/password-resets/use', { login: account.login, code, password: OWN })
  assert.equal((await use(security)).json().code, 'first-code.signed-in', 'whoever confirmed does not use it')
  assert.equal((await use(account.owner)).statusCode, 200)
  assert.deepEqual((await account.owner.signIn(OWN)).json().roles, ['clerk'])
})

test('a closed account is not activated', async () => {
  const account = await opened()
  await system.ask('POST', `/accounts/${account.accountId}/closing`, { reason: '不来了' })
  assert.equal((await redeem(account.owner, account)).json().code, 'first-code.wrong')
})

test('the database holds no password of an account that nobody has activated', async () => {
  const { accountId } = await opened()
  const forged = sql`update account set password = 'known' where account_id = ${accountId}`
  await assert.rejects(t.worker.db.run(forged), { code: '23514' })
  const two = sql`insert into first_code (account_id, code_no, code_mac, mac_key, issued_by, issued_at, ends_at)
    values (${accountId}, 9, '\\x00', 'none', 'system', now(), now())`
  await assert.rejects(t.worker.db.run(two), { code: '23505' }, 'one code at a time')
})
