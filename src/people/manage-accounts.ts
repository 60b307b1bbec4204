import { createAccount, loginKey, type NewlyOpened } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { changeAccountRow, closeAccounts } from '../access/close-accounts.ts'
import { requireFresh } from '../access/fresh.ts'
import { endGrants, listGrants, standsWithin } from '../access/role-grants.ts'
import { administersCity } from '../access/role-rules.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { keptText, maskResidentNumbers } from '../subject/resident-numbers.ts'
import { requireStaff } from './confer-role.ts'
import { organisationInScope } from './scope.ts'

/* Accounts of staff: made without a role, changed and closed by whoever administers their unit. */

/**
 * Opens an account without roles and without a password; the code with which its owner sets one is answered this once. Refuses
 * `access.not-fresh`, `organisation.not-yours` and what an account refuses.
 */
export async function openAccount(
  app: App,
  actor: Actor,
  { login, name, unit }: { readonly login: string; readonly name: string; readonly unit: string },
): Promise<NewlyOpened & { readonly login: string }> {
  requireFresh(app, actor)
  await organisationInScope(app, actor, unit)
  return { ...(await createAccount(app, { login, name, unit, roles: [] }, actor)), login: loginKey(login) }
}

/** Gives an account another name, or moves it to another unit, which ends all its roles. Both units must be the actor's to administer. */
export async function changeAccount(
  app: App,
  actor: Actor,
  accountId: AccountId,
  to: { readonly name: string; readonly unit: string; readonly reason: string },
): Promise<{ accountId: AccountId; endedRoles: number }> {
  return await change(app, actor, { deed: 'account.change', entity: `account:${accountId}` }, async made => {
    const account = await requireStaff(app, made, accountId)
    await refuseCityAdministrator(app, made, accountId)
    if (!(await organisationInScope(app, actor, to.unit)).isOpen)
      throw new Refusal('account.unit-unknown', null, { unit: to.unit }, 422)
    await changeAccountRow(made, accountId, { name: maskResidentNumbers(to.name), unit: to.unit })
    const endedRoles = account.unit === to.unit ? 0 : await endAll(made, accountId, to.reason)
    made.tell({ from: account.unit, to: to.unit, endedRoles })
    return { accountId, endedRoles }
  })
}

/** Closes an account for good: its sessions and roles end at once. */
export async function closeAccountOf(app: App, actor: Actor, accountId: AccountId, reason: string): Promise<void> {
  await change(app, actor, { deed: 'account.close', entity: `account:${accountId}` }, async made => {
    await requireStaff(app, made, accountId)
    await refuseCityAdministrator(app, made, accountId)
    await closeAccounts(made, [accountId])
    await endAll(made, accountId, reason)
    made.tell({ reason: keptText(reason, made.today) })
  })
}

/** Whoever administers the city is first relieved of that by the security administrator: no administrator removes another by himself. */
async function refuseCityAdministrator(app: App, made: Change, accountId: AccountId): Promise<void> {
  const standing = (await listGrants(made.tx, [accountId])).filter(one => standsWithin(one, made.today, null))
  if (
    administersCity(
      app.law,
      standing.map(one => one.role),
    )
  )
    throw new NotAllowed('account.of-administrator')
}

async function endAll(made: Change, accountId: AccountId, reason: string): Promise<number> {
  const standing = (await listGrants(made.tx, [accountId])).filter(one => one.endedAt === null && one.decision !== 'refused')
  return await endGrants(
    made,
    accountId,
    standing.map(one => one.grantNo),
    keptText(reason, made.today),
  )
}
