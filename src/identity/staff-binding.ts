import { randomBytes } from 'node:crypto'
import { findAccount, loginKey } from '../access/accounts.ts'
import { type Actor, SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { activateByIdentity } from '../access/first-code.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { hashToken, OF_A_SUBJECT } from '../http/session.ts'
import { type Comer, findBound, insertBinding } from './binding-store.ts'
import type { Claimed } from './claims.ts'
import { linkTo } from './provider-link.ts'
import { endSessionsFrom } from './session-store.ts'

/*
 * Staff that comes through a unified identity has an account already, made by an administrator; the provider only says who it is. Bound once,
 * by the employee number where the city's configuration names its claim, or by an invitation.
 */

export const INVITATION_DAYS = 3

/**
 * The account of a member of staff. Refuses `identity.staff-unknown` (bound to no account, and no way to one), `identity.invitation-over`,
 * `identity.account-taken` (the account belongs to another person of this provider), `identity.account-closed`.
 */
export async function bindStaff(
  app: App,
  made: Change,
  comer: Comer,
  { employeeNumber }: Extract<Claimed, { readonly as: 'staff' }>,
  invitationId: number | null,
): Promise<AccountId> {
  const bound = await findBound(made.tx, comer, 'staff')
  if (bound?.isClosed) throw new Refusal('identity.account-closed', null, {}, 403)
  if (bound) return bound.accountId
  const boundBy = invitationId === null ? 'employee-number' : 'invitation'
  const accountId =
    invitationId === null ? await byEmployeeNumber(made, employeeNumber) : await byInvitation(made, comer, invitationId)
  const taken =
    await made.tx.row(sql`select from federated_person where provider = ${comer.provider} and account_id = ${accountId}
    and holder = 'staff' and ended_at is null`)
  if (taken) throw new Refusal('identity.account-taken', null, {}, 403)
  await insertBinding(app, made, comer, { holder: 'staff', accountId, boundBy })
  await activateByIdentity(made, accountId)
  return accountId
}

async function byEmployeeNumber(made: Change, employeeNumber: string | null): Promise<AccountId> {
  const found = employeeNumber === null ? undefined : await findAccount(made.tx, loginKey(employeeNumber))
  const staff =
    found &&
    (await made.tx.row(sql`select from account where account_id = ${found.accountId} and unit <> ${OF_A_SUBJECT} for update`))
  if (!found || !staff) throw new Refusal('identity.staff-unknown', null, {}, 403)
  return found.accountId
}

async function byInvitation(made: Change, { provider }: Comer, invitationId: number): Promise<AccountId> {
  const row = await made.tx.row<{ account_id: AccountId }>(sql`update identity_invitation i set used_at = ${made.at}
    where invitation_id = ${invitationId} and provider = ${provider} and used_at is null and ends_at > ${made.at}
      and exists (select from account a where a.account_id = i.account_id and a.closed_at is null) returning account_id`)
  if (!row) throw new Refusal('identity.invitation-over', null, {}, 403)
  return row.account_id
}

export type Invitation = { readonly code: string; readonly endsAt: Date }

/**
 * An administrator invites whoever holds a staff account to come through a provider. The code is answered once and kept as a digest.
 * Throws `account.unknown`, `identity.provider-unknown`; refuses `identity.not-for-staff`, `account.subject-needed` for a subject's account.
 */
export async function inviteStaff(
  app: App,
  wanted: { login: string; provider: string },
  actor: Actor = SYSTEM,
): Promise<Invitation> {
  const { provider } = linkTo(app, wanted.provider)
  if (!provider.for.includes('staff')) throw new Refusal('identity.not-for-staff', null, { name: provider.name }, 422)
  const found = await findAccount(app.db, wanted.login)
  if (!found) throw new NotFound('account.unknown')
  const invitationId = await app.ids.next()
  const code = codeText(randomBytes(10))
  const endsAt = new Date(app.now().getTime() + INVITATION_DAYS * 86_400_000)
  const detail = { provider: provider.id, invitationId }
  await change(app, actor, { deed: 'identity.invite', entity: `account:${found.accountId}`, detail }, async made => {
    if (!(await made.tx.row(sql`select from account where account_id = ${found.accountId} and unit <> ${OF_A_SUBJECT}`)))
      throw new Refusal('identity.not-for-staff', null, { name: provider.name }, 422)
    await made.tx.run(sql`insert into identity_invitation (invitation_id, code_digest, provider, account_id, made_at, made_by, ends_at)
      values (${invitationId}, ${hashToken(codeKey(code))}, ${provider.id}, ${found.accountId}, ${made.at}, ${actor.id}, ${endsAt})`)
  })
  return { code, endsAt }
}

/** The invitation of a code, if it still stands. Refuses `identity.invitation-over`. */
export async function findInvitation(app: App, provider: string, code: string): Promise<number> {
  const row = await app.db.row<{ id: number }>(sql`select invitation_id as id from identity_invitation
    where code_digest = ${hashToken(codeKey(code))} and provider = ${provider} and used_at is null and ends_at > ${app.now()}`)
  if (!row) throw new Refusal('identity.invitation-over', null, {}, 403)
  return row.id
}

/** Ends what binds a staff account to a provider, and the sessions that began there. Throws `account.unknown`, `identity.binding-unknown`. */
export async function endStaffBinding(
  app: App,
  wanted: { login: string; provider: string },
  actor: Actor = SYSTEM,
): Promise<void> {
  const found = await findAccount(app.db, wanted.login)
  if (!found) throw new NotFound('account.unknown')
  const detail = { provider: wanted.provider }
  await change(app, actor, { deed: 'identity.unbind', entity: `account:${found.accountId}`, detail }, async made => {
    const ended = await made.tx.run(sql`update federated_person set ended_at = ${made.at}
      where account_id = ${found.accountId} and provider = ${wanted.provider} and holder = 'staff' and ended_at is null`)
    if (ended === 0) throw new NotFound('identity.binding-unknown')
    await endSessionsFrom(made, wanted.provider, found.accountId)
  })
}

/** Twenty characters in groups of five; typed or pasted, in either case. */
function codeText(bytes: Buffer): string {
  return (bytes.toString('hex').toUpperCase().match(/.{5}/g) ?? []).join('-')
}

function codeKey(code: string): string {
  return code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
}
