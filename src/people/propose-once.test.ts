import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { openTestAccount } from '../access/testing.ts'
import { addDays, type Day, day } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { decideRole, proposeRole } from './confer-role.ts'
import { readProposals } from './directory.ts'

const TODAY = day('2026-11-20')
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

const newcomer = (): Promise<AccountId> => openTestAccount(t.app, { unit: 'market-regulation', roles: [] })
const wish = (role: string, from: Day = TODAY, until: Day | null = null) => ({ role, from, until, reason: '到岗' })

test('M458 · a role proposed twice at once for the same days is proposed once', async () => {
  const accountId = await newcomer()
  const both = await Promise.allSettled([1, 2].map(() => proposeRole(t.app, unitAdmin, accountId, wish('clerk'))))
  const refusals = both.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
  assert.deepEqual(
    refusals.map(one => [one.code, one.status]),
    [['role.already-proposed', 409]],
  )
  assert.equal((await readProposals(t.app, security)).filter(one => one.accountId === accountId).length, 1)
})

test('M458 · a waiting proposal bars the same role for days it covers, not for others, and not once it is refused', async () => {
  const accountId = await newcomer()
  const end = addDays(TODAY, 30)
  const { grantNo } = await proposeRole(t.app, system, accountId, wish('clerk', TODAY, end))
  const code = 'role.already-proposed'
  await assert.rejects(proposeRole(t.app, system, accountId, wish('clerk', end)), { code })
  await assert.rejects(proposeRole(t.app, unitAdmin, accountId, wish('clerk', addDays(TODAY, 3), addDays(TODAY, 4))), { code })
  await proposeRole(t.app, system, accountId, wish('clerk', addDays(end, 1)))
  await decideRole(t.app, security, { accountId, grantNo }, 'refused')
  await proposeRole(t.app, system, accountId, wish('clerk', TODAY, end))
})
