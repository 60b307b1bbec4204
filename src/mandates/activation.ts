import { createPromised } from '../access/accounts.ts'
import { ANYONE } from '../access/actor.ts'
import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { codeDigests, keptCode, newCode } from './one-time-code.ts'

/* The account that a binding at a window promises: a code on paper, with which the person chooses login and password himself. */

/** How long a code on paper may be redeemed. */
export const ACTIVATION_DAYS = 15

/** A new code for an account that is not activated, said once. */
export async function issueActivation(
  app: App,
  made: Change,
  accountId: AccountId,
  name: string,
): Promise<{ code: string; expiresAt: Date }> {
  const code = newCode()
  const { mac, keyId } = keptCode(app, 'activation', code)
  const expiresAt = new Date(made.at.getTime() + ACTIVATION_DAYS * 86_400_000)
  const sealed = app.keys.seal('data', Buffer.from(name), `account_activation:${accountId}`)
  await made.tx.run(sql`insert into account_activation (code_mac, mac_key, account_id, sealed, made_at, expires_at, act_id)
    values (${mac}, ${keyId}, ${accountId}, ${sealed}, ${made.at}, ${expiresAt}, ${made.actId})`)
  return { code, expiresAt }
}

type ActivationRow = { digest: Buffer; account_id: AccountId; sealed: Buffer }
type StateRow = { used_at: Date | null; expires_at: Date; is_active: boolean }

/**
 * Redeems a code: the account is made with this login and password, in one transaction. Refuses `activation.code-unknown`,
 * `activation.used`, `activation.over`, and what `createPromised` refuses; the code then stays good.
 */
export async function activateAccount(app: App, typed: string, login: string, password: string): Promise<AccountId> {
  const digests = codeDigests(app, 'activation', typed)
  const row = await app.db.row<ActivationRow>(
    sql`select code_mac as digest, account_id, sealed from account_activation where code_mac = any(${digests}::bytea[])`,
  )
  if (!row) throw new NotFound('activation.code-unknown')
  const { account_id: accountId, digest } = row
  const name = app.keys.open(row.sealed, `account_activation:${accountId}`).toString('utf8')
  const promised = { accountId, password, redeem: (made: Change) => redeem(made, accountId, digest) }
  await createPromised(app, { login, name, unit: null, roles: ['subject'] }, promised, ANYONE)
  return accountId
}

/** All codes of the account are locked: of two sent at once, or of two visits, one makes the account. */
async function redeem({ tx, at }: Change, accountId: AccountId, digest: Buffer): Promise<void> {
  await tx.run(sql`select from account_activation where account_id = ${accountId} order by code_mac for update`)
  const state =
    await tx.row<StateRow>(sql`select v.used_at, v.expires_at, exists (select from account a where a.account_id = v.account_id) as is_active
    from account_activation v where v.code_mac = ${digest}`)
  if (!state || state.used_at || state.is_active) throw new Refusal('activation.used')
  if (state.expires_at <= at) throw new Refusal('activation.over')
  await tx.run(sql`update account_activation set used_at = ${at} where code_mac = ${digest}`)
}
