import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql, type Tx } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { findAccount, getAccount, loginKey } from './accounts.ts'
import { type Actor, ANYONE } from './actor.ts'
import { refuseTry, takeTry, tryWentWell } from './brake.ts'
import { change } from './change.ts'
import { fitPassword } from './change-password.ts'
import { closeFirstCodes } from './first-code.ts'
import { refuseOtherSession } from './first-password.ts'
import { requireFresh } from './fresh.ts'
import { type Caller, endSessionsOf } from './sessions.ts'
import { codeKey, groupedCode, newCode } from './typed-code.ts'

/*
 * A new password for whoever has lost the old one. Two persons: the system administrator asks, the security administrator confirms and hands
 * over a code that opens once within a day. From the confirmation on the old password opens nothing. An account of staff that nobody has activated
 * gets a code anew in the same way, and its first code ends. Of a subject's own account two officers of one window do the same with its owner's
 * papers before them (src/mandates/account-reset.ts): administrators see nobody's papers.
 */

const HOURS_TO_CONFIRM = 72
const HOURS_TO_USE = 24
const CODE_LENGTH = 16

export type ResetAsked = { readonly reason: string; readonly takesFactor: boolean }

/** The window at which a subject's account is reset, and the document before the officer as its blind index under every key. */
export type AtWindow = { readonly unit: string; readonly kind: string; readonly values: readonly string[] }

/**
 * Asks for a reset. Refuses one's own (`reset.own`), `reset.open` where one waits already, and `reset.at-window` for a subject's account where
 * no window asks. Answers its number.
 */
export async function askReset(
  app: App,
  actor: Actor,
  accountId: AccountId,
  { reason, takesFactor }: ResetAsked,
  window: AtWindow | null = null,
): Promise<number> {
  requireFresh(app, actor)
  if (actor.id === `account:${accountId}`) throw new Refusal('reset.own')
  const account = await getAccount(app.db, accountId)
  if (account.unit === OF_A_SUBJECT && !window) throw new Refusal('reset.at-window')
  const resetId = await app.ids.next()
  await change(
    app,
    actor,
    { deed: 'reset.ask', entity: `account:${accountId}`, detail: { resetId, takesFactor } },
    async ({ tx, at }) => {
      await tx.run(sql`select account_id from account where account_id = ${accountId} for update`)
      if (
        await tx.row(
          sql`select reset_id from password_reset where account_id = ${accountId} and used_at is null and closed_at is null and ends_at > ${at}`,
        )
      )
        throw new Refusal('reset.open')
      await tx.run(sql`insert into password_reset (account_id, reset_id, reason, takes_factor, asked_by, asked_at, ends_at, unit, person_kind, person_value)
      values (${accountId}, ${resetId}, ${maskResidentNumbers(reason)}, ${takesFactor}, ${actor.id}, ${at}, ${hoursAfter(at, HOURS_TO_CONFIRM)},
        ${window?.unit ?? null}, ${window?.kind ?? null}, ${window?.values[0] ?? null})`)
    },
  )
  return resetId
}

type Open = { accountId: AccountId; askedBy: string; takesFactor: boolean; personKind: string; personValue: string }

/** One that waits for its second person. Of another window, or of the administrators, it is nobody's to know of. */
async function lockOpen(tx: Tx, resetId: number, at: Date, unit: string | null): Promise<Open> {
  const open = await tx.row<Open>(sql`select account_id as "accountId", asked_by as "askedBy", takes_factor as "takesFactor",
      person_kind as "personKind", person_value as "personValue" from password_reset
    where reset_id = ${resetId} and unit is not distinct from ${unit} and confirmed_at is null and closed_at is null and ends_at > ${at} for update`)
  if (!open) throw new NotFound('reset.unknown')
  return open
}

export type ResetConfirmed = { readonly code: string; readonly endsAt: Date; readonly takesFactor: boolean }

/**
 * Confirms a reset that another asked for: the old password and every session end at once, and the second factor with them where asking and
 * confirming both say that it goes: whoever put a passkey of his own there would sign in with it and stop the reset. Answers the code, this once. Refuses `reset.unknown` (404), `reset.same-person`, `reset.own`, and at a
 * window `reset.person-differs` (422): another document than the first officer's.
 */
export async function confirmReset(
  app: App,
  actor: Actor,
  resetId: number,
  takesFactor: boolean,
  window: AtWindow | null = null,
): Promise<ResetConfirmed> {
  requireFresh(app, actor)
  const code = newCode(CODE_LENGTH)
  return await change(app, actor, { deed: 'reset.confirm', entity: `reset:${resetId}` }, async made => {
    const { tx, at } = made
    const open = await lockOpen(tx, resetId, at, window?.unit ?? null)
    if (open.askedBy === actor.id) throw new Refusal('reset.same-person')
    if (window && !(open.personKind === window.kind && window.values.includes(open.personValue)))
      throw new Refusal('reset.person-differs', null, {}, 422)
    if (actor.id === `account:${open.accountId}`) throw new Refusal('reset.own')
    const takes = open.takesFactor && takesFactor
    const endsAt = hoursAfter(at, HOURS_TO_USE)
    const { mac, keyId } = app.keys.keyedMac('session', textOf(open.accountId, code))
    await tx.run(sql`update password_reset set confirmed_by = ${actor.id}, confirmed_at = ${at}, takes_factor = ${takes}, ends_at = ${endsAt},
      code_mac = ${mac}, mac_key = ${keyId} where reset_id = ${resetId}`)
    // Until the code is used, nobody has a password to it.
    await tx.run(sql`update account set password = null, password_at = ${at} where account_id = ${open.accountId}`)
    await closeFirstCodes(made, open.accountId)
    // Before the sessions: whoever signs in with a factor at this moment is waited for, and then his session ends, too.
    if (takes) await removeFactors(tx, open.accountId)
    made.tell({ accountId: open.accountId, takesFactor: takes, ended: await endSessionsOf(made, open.accountId, null) })
    return { code: groupedCode(code, 4), endsAt, takesFactor: takes }
  })
}

/**
 * Withdraws a reset until its code is used; whether it had been confirmed. Then its code opens nothing any more, and the old password and factors,
 * which ended with the confirmation, do not come back. Refuses `reset.unknown` (404), for another window's too.
 */
export async function closeReset(app: App, actor: Actor, resetId: number, unit: string | null = null): Promise<boolean> {
  return await change(app, actor, { deed: 'reset.close', entity: `reset:${resetId}` }, async made => {
    const { tx, at } = made
    const open = await tx.row<{ accountId: AccountId; wasConfirmed: boolean }>(
      sql`select account_id as "accountId", confirmed_at is not null as "wasConfirmed" from password_reset
        where reset_id = ${resetId} and unit is not distinct from ${unit} and used_at is null and closed_at is null and ends_at > ${at} for update`,
    )
    if (!open) throw new NotFound('reset.unknown')
    await tx.run(sql`update password_reset set closed_at = ${at} where reset_id = ${resetId}`)
    made.tell(open)
    return open.wasConfirmed
  })
}

export type ResetUse = { readonly login: string; readonly code: string; readonly password: string; readonly caller: Caller }

export type ResetUsed = { readonly isStaff: boolean; readonly tookFactor: boolean }

/**
 * Sets a new password with the code of a confirmed reset; answers whose it was and whether the second factor went
 * with the old one. Refuses `reset.code-wrong` (422), the same for a login that nobody has, `access.locked` (429), `first-code.signed-in` (403)
 * in a browser where another account is signed in, and what `checkPassword` refuses: then the code is still good.
 */
export async function spendReset(app: App, { login, code, password, caller }: ResetUse): Promise<ResetUsed> {
  const own = await takeTry(app, { step: 'reset', login: loginKey(login), address: caller.address })
  const found = await findAccount(app.db, login)
  // Asked for a login that nobody has, too: the answer takes as long.
  const open = await findConfirmed(app, found?.accountId ?? null)
  const isRight = open !== undefined && app.keys.isMac('session', textOf(open.accountId, codeKey(code)), open.codeMac)
  if (!open || !isRight) return await refuseTry(app, own, 'reset.code-wrong')
  await tryWentWell(app, own)
  await refuseOtherSession(app, open.accountId, caller)
  const account = await getAccount(app.db, open.accountId)
  const kept = await fitPassword(app, account, password)
  const actor: Actor = { ...ANYONE, id: `account:${open.accountId}`, name: account.name, unit: account.unit }
  return await change(app, actor, { deed: 'reset.use', entity: actor.id, detail: { resetId: open.resetId } }, async made => {
    const { tx, at } = made
    const used = await tx.run(sql`update password_reset set used_at = ${at}
      where account_id = ${open.accountId} and reset_id = ${open.resetId} and used_at is null and closed_at is null`)
    if (used === 0) throw new Refusal('reset.code-wrong', null, {}, 422)
    const set =
      await tx.run(sql`update account set password = ${kept}, password_at = ${at}, activated_at = coalesce(activated_at, ${at})
      where account_id = ${open.accountId} and closed_at is null`)
    if (set === 0) throw new Refusal('reset.code-wrong', null, {}, 422)
    // Once more: one may have been set up since, by whoever comes with another identity.
    if (open.takesFactor) await removeFactors(tx, open.accountId)
    await endSessionsOf(made, open.accountId, null)
    return { isStaff: account.unit !== OF_A_SUBJECT, tookFactor: open.takesFactor }
  })
}

type Confirmed = { accountId: AccountId; resetId: number; codeMac: Buffer; takesFactor: boolean }

async function findConfirmed({ db, now }: App, accountId: AccountId | null): Promise<Confirmed | undefined> {
  return await db.row<Confirmed>(sql`select account_id as "accountId", reset_id as "resetId", code_mac as "codeMac", takes_factor as "takesFactor" from password_reset
    where account_id = ${accountId} and confirmed_at is not null and used_at is null and closed_at is null and ends_at > ${now()} order by reset_id desc limit 1`)
}

async function removeFactors(tx: Tx, accountId: AccountId): Promise<void> {
  await tx.run(sql`delete from totp_factor where account_id = ${accountId}`)
  await tx.run(sql`delete from passkey where account_id = ${accountId}`)
  await tx.run(sql`delete from recovery_code where account_id = ${accountId}`)
}

export type OpenReset = {
  readonly resetId: number
  readonly accountId: number
  readonly login: string
  readonly name: string
  readonly reason: string
  readonly takesFactor: boolean
  readonly isActivated: boolean
  readonly askedBy: string
  readonly askedAt: Date
  readonly confirmedAt: Date | null
  readonly endsAt: Date
}

/** Resets of staff that wait for their confirmation or their use, oldest first: at most one an account, none older than three days. */
export async function listOpenResets({ db, now }: App): Promise<OpenReset[]> {
  return await db.rows<OpenReset>(sql`select r.reset_id as "resetId", r.account_id as "accountId", a.login, a.name, r.reason, r.takes_factor as "takesFactor",
      a.activated_at is not null as "isActivated", coalesce(b.name, r.asked_by) as "askedBy", r.asked_at as "askedAt", r.confirmed_at as "confirmedAt", r.ends_at as "endsAt"
    from password_reset r join account a using (account_id)
      left join account b on b.account_id = substring(r.asked_by from '^account:([0-9]+)$')::bigint
    where r.unit is null and r.used_at is null and r.closed_at is null and r.ends_at > ${now()} order by r.asked_at, r.reset_id`)
}

const textOf = (accountId: AccountId, code: string): string => `password-reset ${accountId} ${code}`
const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000)
