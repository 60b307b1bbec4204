import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { setFirstPassword } from '../access/first-password.ts'
import { rolesOf } from '../access/role-grants.ts'
import { openTestAccount } from '../access/testing.ts'
import { day } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { decideRole, proposeRole } from './confer-role.ts'
import { readPeople, readProposals } from './directory.ts'
import { openAccount } from './manage-accounts.ts'

const WISH = { role: 'clerk', from: day('2026-11-20'), until: null, reason: '到岗' }
const caller = { address: '10.6.0.1', agent: '', before: '' }
let t: TestApp
let system: Actor
let security: Actor
let unitAdmin: Actor

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
const rolesNow = (accountId: AccountId) => rolesOf(t.app, accountId)

test('M458 · a role that two persons conferred gives nothing before the account’s owner has set a password', async () => {
  const { accountId, login, code } = await openAccount(t.app, system, {
    login: 'New-One',
    name: '未到岗',
    unit: 'market-regulation',
  })
  assert.equal(login, 'new-one', 'the login as it is kept stands on the sheet')
  const { grantNo } = await proposeRole(t.app, unitAdmin, accountId, WISH)
  assert.equal((await readProposals(t.app, security)).find(one => one.accountId === accountId)?.isActivated, false)
  await decideRole(t.app, security, { accountId, grantNo }, 'confirmed')
  const seen = async () => {
    const person = (await readPeople(t.app, system, 'market-regulation', { limit: 200 })).people.find(
      one => one.accountId === accountId,
    )
    return { isActivated: person?.isActivated, codeUntil: person?.codeUntil, state: person?.grants[0]?.state }
  }
  assert.deepEqual(await rolesNow(accountId), [])
  assert.deepEqual(await seen(), { isActivated: false, codeUntil: '2026-11-23T04:00:00.000Z', state: 'dormant' })
  await setFirstPassword(t.app, { login, code, password: 'yi-ge-ceshi-mima', caller })
  assert.deepEqual(await rolesNow(accountId), ['clerk'])
  assert.deepEqual(await seen(), { isActivated: true, codeUntil: null, state: 'in-force' })
})

test('M458 · opening an account asks for somebody who proved within ten minutes who it is', async () => {
  const freshAt = new Date(TEST_NOW.getTime() - 11 * 60_000)
  const stale: Actor = { ...system, session: { sessionId: 1, stage: 'whole', freshAt } }
  const wanted = { login: 'new-two', name: '新来的', unit: 'market-regulation' }
  await assert.rejects(openAccount(t.app, stale, wanted), { code: 'access.not-fresh' })
})
