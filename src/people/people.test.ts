import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { setFirstPassword } from '../access/first-password.ts'
import { organisationOf } from '../access/organisation-of.ts'
import { rolesOf } from '../access/role-grants.ts'
import { openTestAccount } from '../access/testing.ts'
import { addDays, type Day, day } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { decideRole, endRole, proposeRole } from './confer-role.ts'
import { readDirectory, readPeople, readProposals } from './directory.ts'
import { changeAccount, closeAccountOf, openAccount } from './manage-accounts.ts'
import { decideOrganisation, proposeOrganisation, proposeVersion } from './propose-organisation.ts'

const TODAY = day('2026-11-20')
let t: TestApp
let system: Actor
let security: Actor
let unitAdmin: Actor
let made = 0
const caller = { address: '10.6.0.1', agent: '', before: '' }

before(async () => {
  t = await openTestApp()
  system = await signedIn('credit-office', 'system-administrator')
  security = await signedIn('credit-office', 'security-administrator')
  unitAdmin = await signedIn('market-regulation', 'unit-administrator')
})
after(() => t.close())

/** An account with a role, as the door makes an actor of it just after signing in. */
async function signedIn(unit: string, role: string): Promise<Actor> {
  const accountId = await openTestAccount(t.app, { unit, roles: [role] })
  const session = { sessionId: accountId, stage: 'whole', freshAt: t.app.now() } as const
  return { ...actorFor(unit, role), id: `account:${accountId}`, session }
}

async function newcomer(unit = 'market-regulation'): Promise<AccountId> {
  const { accountId, login, code } = await openAccount(t.app, system, { login: `new-${++made}`, name: '新来的', unit })
  await setFirstPassword(t.app, { login, code, password: 'yi-ge-ceshi-mima', caller })
  return accountId
}

const wish = (role: string, from: Day = TODAY, until: Day | null = null) => ({ role, from, until, reason: '到岗' })
const rolesNow = (accountId: AccountId) => rolesOf(t.app, accountId)
const code = (n: number) => inventedUscc('enterprise', 5_000_000 + n)
const bank = (n: number) => ({ name: `澜川示例银行${n}`, uscc: code(n), kind: 'bank', parent: null, reason: '接入' }) as const

async function confer(accountId: AccountId, role: string): Promise<number> {
  const { grantNo, inForce } = await proposeRole(t.app, system, accountId, wish(role))
  if (!inForce) await decideRole(t.app, security, { accountId, grantNo }, 'confirmed')
  return grantNo
}

test('M458 · a role takes two persons: proposed by one, it gives nothing until another confirms it', async () => {
  const accountId = await newcomer()
  const { grantNo, inForce } = await proposeRole(t.app, unitAdmin, accountId, wish('clerk'))
  assert.equal(inForce, false)
  assert.deepEqual(await rolesNow(accountId), [])
  const waiting = (await readProposals(t.app, security)).find(one => one.accountId === accountId)
  assert.match(waiting?.what ?? '', /授予“报送员”，2026-11-20起，至长期/)
  assert.equal(waiting?.isYours, false)
  await decideRole(t.app, security, { accountId, grantNo }, 'confirmed')
  assert.deepEqual(await rolesNow(accountId), ['clerk'])
  await assert.rejects(decideRole(t.app, security, { accountId, grantNo }, 'refused'), { code: 'people.decided-before' })
  const acts = await t.worker.db.rows<{ deed: string; actor: string }>(
    sql`select deed, actor from act where entity = ${`account:${accountId}`} order by at, act_id`,
  )
  assert.deepEqual(acts, [
    { deed: 'account.create', actor: system.id },
    { deed: 'password.first', actor: `account:${accountId}` },
    { deed: 'role.propose', actor: unitAdmin.id },
    { deed: 'role.decide', actor: security.id },
  ])
})

test('the people of an organisation are listed page by page to the last, open accounts first', async () => {
  const ids = [await newcomer('health'), await newcomer('health'), await newcomer('health')]
  await closeAccountOf(t.app, system, ids[0] as AccountId, '离岗')
  const paged: number[] = []
  let after: string | undefined
  do {
    const { people, next } = await readPeople(t.app, system, 'health', { after, limit: 1 })
    paged.push(...people.map(one => one.accountId))
    after = next ?? undefined
  } while (after !== undefined)
  assert.deepEqual(paged, [ids[1], ids[2], ids[0]])
  await assert.rejects(readPeople(t.app, system, 'health', { after: 'x', limit: 1 }), { code: 'people.place' })
})

test('M458 · a proposal that is refused gives nothing', async () => {
  const accountId = await newcomer()
  const { grantNo } = await proposeRole(t.app, system, accountId, wish('clerk'))
  await decideRole(t.app, security, { accountId, grantNo }, 'refused')
  assert.deepEqual(await rolesNow(accountId), [])
  assert.equal(
    (await readPeople(t.app, system, 'market-regulation', { limit: 100 })).people.find(one => one.accountId === accountId)
      ?.grants[0]?.state,
    'refused',
  )
})

test('M458 · nobody confers a role on himself, and nobody confirms his own proposal; the database holds it too', async () => {
  const own = Number(unitAdmin.id.slice('account:'.length)) as AccountId
  await assert.rejects(proposeRole(t.app, unitAdmin, own, wish('clerk')), { code: 'account.own' })
  const accountId = await newcomer()
  const both: Actor = { ...security, roles: [...security.roles, 'system-administrator'] }
  const { grantNo } = await proposeRole(t.app, both, accountId, wish('clerk'))
  await assert.rejects(decideRole(t.app, both, { accountId, grantNo }, 'confirmed'), { code: 'people.own-proposal' })
  for (const by of [both.id, `account:${accountId}`]) {
    const forged = sql`update role_grant set decision = 'confirmed', decided_by = ${by}, decided_at = now() where account_id = ${accountId}`
    await assert.rejects(t.worker.db.run(forged), { code: '23514' })
  }
})

test('M458 · confirming asks for somebody who proved within ten minutes who it is', async () => {
  const accountId = await newcomer()
  const { grantNo } = await proposeRole(t.app, system, accountId, wish('clerk'))
  const stale: Actor = {
    ...security,
    session: { sessionId: 1, stage: 'whole', freshAt: new Date(TEST_NOW.getTime() - 11 * 60_000) },
  }
  await assert.rejects(decideRole(t.app, stale, { accountId, grantNo }, 'confirmed'), { code: 'access.not-fresh' })
})

test('principle 3 · a role begins and ends by its days; no job has to run', async () => {
  const accountId = await newcomer()
  const term = wish('clerk', addDays(TODAY, 1), addDays(TODAY, 2))
  const { grantNo } = await proposeRole(t.app, system, accountId, term)
  await decideRole(t.app, security, { accountId, grantNo }, 'confirmed')
  const on = async (days: number) => {
    t.setNow(new Date(TEST_NOW.getTime() + days * 86_400_000))
    return await rolesNow(accountId)
  }
  assert.deepEqual([await on(0), await on(1), await on(2), await on(3)], [[], ['clerk'], ['clerk'], []])
  await on(0)
})

test('a role that is taken away is gone at the next request', async () => {
  const accountId = await newcomer()
  const grantNo = await confer(accountId, 'clerk')
  await endRole(t.app, unitAdmin, { accountId, grantNo }, '离岗')
  assert.deepEqual(await rolesNow(accountId), [])
  await assert.rejects(endRole(t.app, security, { accountId, grantNo }, '离岗'), { code: 'role.ended-before' })
})

test('an administrator holds no role with data, and who holds one becomes no administrator', async () => {
  const accountId = await newcomer('credit-office')
  await confer(accountId, 'credit-office')
  for (const role of ['security-administrator', 'auditor', 'unit-administrator', 'privacy-officer'])
    await assert.rejects(proposeRole(t.app, system, accountId, wish(role)), { code: 'role.exclusive' })
  const other = await newcomer('credit-office')
  await confer(other, 'security-administrator')
  await assert.rejects(proposeRole(t.app, system, other, wish('clerk')), { code: 'role.exclusive' })
})

test('two proposals that exclude one another: the second one cannot be confirmed', async () => {
  const accountId = await newcomer('credit-office')
  const first = await proposeRole(t.app, system, accountId, wish('credit-office'))
  const second = await proposeRole(t.app, system, accountId, wish('auditor'))
  await decideRole(t.app, security, { accountId, grantNo: first.grantNo }, 'confirmed')
  await assert.rejects(decideRole(t.app, security, { accountId, grantNo: second.grantNo }, 'confirmed'), {
    code: 'role.exclusive',
  })
  assert.deepEqual(await rolesNow(accountId), ['credit-office'])
})

const wrong = [
  ['role.not-of-unit', 'credit-office', TODAY, null],
  ['role.days', 'clerk', addDays(TODAY, -1), null],
  ['role.days', 'clerk', TODAY, addDays(TODAY, -1)],
  ['account.role-unknown', 'king', TODAY, null],
  ['account.role-unknown', 'program', TODAY, null],
  ['account.role-unknown', 'subject', TODAY, null],
] as const
for (const [refusal, role, from, until] of wrong)
  test(`a proposal of ${role} from ${from} to ${until} is refused with ${refusal}`, async () => {
    await assert.rejects(proposeRole(t.app, system, await newcomer(), wish(role, from, until)), { code: refusal })
  })

test('M006 · a unit’s administrator administers the unit and those below it, and nobody else', async () => {
  const below = await newcomer('qilan-market-regulation')
  const { grantNo } = await proposeRole(t.app, unitAdmin, below, wish('clerk'))
  assert.ok(grantNo > 0)
  const elsewhere = await newcomer('ecology-environment')
  const notYours = { code: 'organisation.not-yours' }
  await assert.rejects(proposeRole(t.app, unitAdmin, elsewhere, wish('clerk')), notYours)
  await assert.rejects(closeAccountOf(t.app, unitAdmin, elsewhere, '离岗'), notYours)
  await assert.rejects(changeAccount(t.app, unitAdmin, below, { name: '某', unit: 'health', reason: '调动' }), notYours)
  await assert.rejects(openAccount(t.app, unitAdmin, { login: 'elsewhere', name: '某', unit: 'health' }), notYours)
  await assert.rejects(readPeople(t.app, unitAdmin, 'health', { limit: 100 }), notYours)
  const seen = (await readDirectory(t.app, unitAdmin)).organisations.map(one => one.id)
  assert.deepEqual(seen, ['market-regulation', 'qilan-market-regulation', 'lanze-market-regulation'])
  assert.ok((await readProposals(t.app, unitAdmin)).every(one => one.unitName.endsWith('市场监督管理局')))
  await assert.rejects(proposeRole(t.app, unitAdmin, below, wish('auditor')), { code: 'role.not-yours' })
})

test('no unit’s administrator touches an administrator of the city, and none of those closes another', async () => {
  const ofOffice = await signedIn('credit-office', 'unit-administrator')
  const theirs = Number(security.id.slice('account:'.length)) as AccountId
  const code = 'account.of-administrator'
  await assert.rejects(endRole(t.app, ofOffice, { accountId: theirs, grantNo: 1 }, '不要他'), { code })
  await assert.rejects(closeAccountOf(t.app, ofOffice, theirs, '不要他'), { code })
  await assert.rejects(closeAccountOf(t.app, system, theirs, '不要他'), { code })
})

test('moving to another unit ends every role; closing ends sessions and roles at once', async () => {
  const accountId = await newcomer()
  await confer(accountId, 'clerk')
  const moved = await changeAccount(t.app, system, accountId, { name: '某甲', unit: 'health', reason: '调动' })
  assert.equal(moved.endedRoles, 1)
  assert.deepEqual(await rolesNow(accountId), [])
  await confer(accountId, 'window-officer')
  await closeAccountOf(t.app, system, accountId, '离职')
  assert.deepEqual(await rolesNow(accountId), [])
  await assert.rejects(proposeRole(t.app, system, accountId, wish('clerk')), { code: 'account.unknown' })
})

test('M452 · a bank is registered by two persons; its people may then receive; closing it closes its accounts and tokens', async () => {
  const { organisationId, version } = await proposeOrganisation(t.app, system, bank(1))
  assert.equal(await organisationOf(t.app, organisationId), undefined)
  await assert.rejects(openAccount(t.app, system, { login: 'too-early', name: '某', unit: organisationId }), {
    code: 'organisation.unknown',
  })
  await assert.rejects(
    decideOrganisation(t.app, { ...system, session: security.session as never }, { organisationId, version }, 'confirmed'),
    {
      code: 'people.own-proposal',
    },
  )
  await decideOrganisation(t.app, security, { organisationId, version }, 'confirmed')
  assert.equal((await organisationOf(t.app, organisationId))?.name, '澜川示例银行1')
  const teller = await newcomer(organisationId)
  await confer(teller, 'receiver')
  await t.worker.db.run(
    sql`insert into access_token (token_hash, token_id, name, unit, roles, made_at) values ('\\x01', 1, '程序', ${organisationId}, '{program}', now())`,
  )
  const closing = await proposeVersion(t.app, system, organisationId, { state: 'closed', reason: '退出' })
  await decideOrganisation(t.app, security, closing, 'confirmed')
  assert.equal((await organisationOf(t.app, organisationId))?.isOpen, false)
  const [{ open } = { open: -1 }] = await t.worker.db.rows<{ open: number }>(
    sql`select (select count(*) from account where unit = ${organisationId} and closed_at is null) + (select count(*) from access_token where unit = ${organisationId} and closed_at is null) as open`,
  )
  assert.equal(open, 0)
  await assert.rejects(proposeVersion(t.app, system, organisationId, { state: 'closed', reason: '又' }), {
    code: 'organisation.closed',
  })
})

const unsound = [
  ['uscc.check-digit', { uscc: `${code(2).slice(0, 17)}${code(2).endsWith('A') ? 'B' : 'A'}` }],
  ['organisation.uscc-taken', { uscc: '91860100A51063610G' }],
  ['organisation.name-taken', { name: '市市场监管局' }],
  ['organisation.parent-unknown', { parent: 'nowhere' }],
] as const
for (const [refusal, change] of unsound)
  test(`an organisation is refused with ${refusal}`, async () => {
    await assert.rejects(proposeOrganisation(t.app, system, { ...bank(2), ...change }), { code: refusal })
  })

test('an organisation never stands below itself, is not closed above others, and has one proposal at a time', async () => {
  const register = async (n: number, parent: string | null): Promise<string> => {
    const proposed = await proposeOrganisation(t.app, system, { ...bank(n), parent })
    await decideOrganisation(t.app, security, proposed, 'confirmed')
    return proposed.organisationId
  }
  const head = await register(10, null)
  const branch = await register(11, head)
  await assert.rejects(proposeVersion(t.app, system, head, { ...bank(10), parent: branch, state: 'open' }), {
    code: 'organisation.parent-below',
  })
  await assert.rejects(proposeVersion(t.app, system, head, { state: 'closed', reason: '合并' }), {
    code: 'organisation.has-children',
  })
  await proposeVersion(t.app, system, branch, { ...bank(11), name: '澜川示例银行支行', parent: head, state: 'open' })
  await assert.rejects(proposeVersion(t.app, system, branch, { state: 'closed', reason: '撤并' }), {
    code: 'organisation.proposal-open',
  })
  await assert.rejects(proposeVersion(t.app, system, 'rural-bank', { state: 'closed', reason: '撤并' }), {
    code: 'organisation.of-city-file',
  })
})
