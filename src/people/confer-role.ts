import type { Actor, Role } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { requireFresh } from '../access/fresh.ts'
import {
  appendGrant,
  decideGrant,
  endGrants,
  type Grant,
  listGrants,
  lockAccount,
  standsWithin,
  waitsWithin,
} from '../access/role-grants.ts'
import { administersCity, clashing, mayBeHeldIn, namesOf, takesTwo } from '../access/role-rules.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { keptText } from '../subject/resident-numbers.ts'
import { organisationInScope } from './scope.ts'

/* Roles are conferred by two persons: one proposes, within what it administers, another decides. Taking a role away takes one. */

export type RoleWish = { readonly role: Role; readonly from: Day; readonly until: Day | null; readonly reason: string }

/**
 * Proposes a role for an account. A role that sees nothing beyond rules is in force at once; any other waits for the security administrator.
 * Refuses what is not the actor's to propose (`role.not-yours`, `organisation.not-yours`, `account.own`), what the account may not hold
 * (`role.not-of-unit`, `role.exclusive`, `role.held`), the same role while a proposal of it for some of these days waits
 * (`role.already-proposed`), and days that lie in the past or the wrong way round (`role.days`).
 */
export async function proposeRole(
  app: App,
  actor: Actor,
  accountId: AccountId,
  wish: RoleWish,
): Promise<{ grantNo: number; inForce: boolean }> {
  const rule = app.law.roles.get(wish.role)
  if (rule?.holder !== 'person') throw new Refusal('account.role-unknown', null, { role: wish.role, roles: staffRoles(app) }, 422)
  if (!rule.conferredBy.some(role => actor.roles.includes(role))) throw new NotAllowed('role.not-yours')
  const detail = { role: wish.role, from: wish.from, until: wish.until }
  return await change(app, actor, { deed: 'role.propose', entity: `account:${accountId}`, detail }, async made => {
    const account = await requireStaff(app, made, accountId)
    if (wish.from < made.today || (wish.until !== null && wish.until < wish.from)) throw new Refusal('role.days', null, {}, 422)
    await requireHoldable(app, made, accountId, account.unit, wish)
    await refuseProposedTwice(app, made, accountId, wish)
    const inForce = !takesTwo(app.law, wish.role)
    const grantNo = await appendGrant(made, accountId, { ...wish, reason: keptText(wish.reason, made.today) }, inForce)
    made.tell({ grantNo, inForce })
    return { grantNo, inForce }
  })
}

const staffRoles = (app: App): string =>
  [...app.law.roles.values()].flatMap(role => (role.holder === 'person' ? [role.name] : [])).join('、')

/** An open account of staff within the actor's scope, and not the actor's own. */
export async function requireStaff(app: App, made: Change, accountId: AccountId): Promise<{ unit: string; name: string }> {
  const account = await lockAccount(made.tx, accountId)
  if (!account || account.unit === OF_A_SUBJECT) throw new NotFound('account.unknown')
  await organisationInScope(app, made.actor, account.unit)
  if (made.actor.id === `account:${accountId}`) throw new Refusal('account.own')
  return account
}

/** What must hold when a role is proposed, and again when it is decided. */
async function requireHoldable(
  app: App,
  made: Change,
  accountId: AccountId,
  unit: string,
  wish: Omit<RoleWish, 'reason'>,
): Promise<void> {
  const { law } = app
  const { kind, name } = await organisationInScope(app, made.actor, unit)
  if (!mayBeHeldIn(law, wish.role, kind))
    throw new Refusal('role.not-of-unit', null, { role: law.roles.get(wish.role)?.name, unit: name })
  const standing = (await listGrants(made.tx, [accountId])).filter(one => standsWithin(one, wish.from, wish.until))
  if (standing.some(one => one.role === wish.role)) throw new Refusal('role.held', null, { role: law.roles.get(wish.role)?.name })
  const clash = standing.flatMap(one => clashing(law, [one.role, wish.role]) ?? [])
  if (clash[0] !== undefined && clash[1] !== undefined)
    throw new Refusal('role.exclusive', null, namesOf(law, [clash[0], clash[1]]))
}

/** One proposal at a time: `requireStaff` holds the account, so of two made at once the later one finds the first. */
async function refuseProposedTwice(app: App, made: Change, accountId: AccountId, wish: RoleWish): Promise<void> {
  const waiting = (await listGrants(made.tx, [accountId])).filter(one => waitsWithin(one, wish.from, wish.until))
  if (waiting.some(one => one.role === wish.role))
    throw new Refusal('role.already-proposed', null, { role: app.law.roles.get(wish.role)?.name })
}

export type GrantKey = { readonly accountId: AccountId; readonly grantNo: number }

/**
 * Confirms or refuses a proposed role. Refuses `people.own-proposal` to whoever proposed it, `account.own` to whom it is for,
 * `people.decided-before`, and what the account may not hold any more.
 */
export async function decideRole(app: App, actor: Actor, key: GrantKey, decision: 'confirmed' | 'refused'): Promise<void> {
  requireFresh(app, actor)
  const deed = { deed: 'role.decide', entity: `account:${key.accountId}`, detail: { grantNo: key.grantNo, decision } }
  await change(app, actor, deed, async made => {
    const account = await requireStaff(app, made, key.accountId)
    const found = await grantOf(made, key)
    if (found.decision !== null || found.endedAt !== null) throw new Refusal('people.decided-before')
    if (found.proposedBy === actor.id) throw new Refusal('people.own-proposal')
    if (decision === 'confirmed') await requireHoldable(app, made, key.accountId, account.unit, found)
    await decideGrant(made, key, decision)
    made.tell({ role: found.role })
  })
}

async function grantOf(made: Change, { accountId, grantNo }: GrantKey): Promise<Grant> {
  const found = (await listGrants(made.tx, [accountId])).find(one => one.grantNo === grantNo)
  if (!found) throw new NotFound('role.unknown')
  return found
}

/** Takes a role, or a proposal of one, away at once: the next request is made without it. Refuses `role.ended-before`. */
export async function endRole(app: App, actor: Actor, key: GrantKey, reason: string): Promise<void> {
  const deed = { deed: 'role.end', entity: `account:${key.accountId}`, detail: { grantNo: key.grantNo } }
  await change(app, actor, deed, async made => {
    await requireStaff(app, made, key.accountId)
    await refuseAdministrator(app, made, key.accountId)
    const { role } = await grantOf(made, key)
    const ended = await endGrants(made, key.accountId, [key.grantNo], keptText(reason, made.today))
    if (ended === 0) throw new Refusal('role.ended-before')
    made.tell({ role })
  })
}

/** An administrator of the city is touched by administrators of the city alone: no unit removes the one who watches it. */
export async function refuseAdministrator(app: App, made: Change, accountId: AccountId): Promise<void> {
  if (administersCity(app.law, made.actor.roles)) return
  const standing = (await listGrants(made.tx, [accountId])).filter(one => standsWithin(one, made.today, made.today))
  if (
    administersCity(
      app.law,
      standing.map(one => one.role),
    )
  )
    throw new NotAllowed('account.of-administrator')
}
