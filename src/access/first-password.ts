import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import { findSession } from '../http/session.ts'
import { findAccount, getAccount, loginKey } from './accounts.ts'
import { type Actor, ANYONE, SYSTEM } from './actor.ts'
import { refuseTry, takeTry, tryWentWell } from './brake.ts'
import { type Change, change } from './change.ts'
import { fitPassword } from './change-password.ts'
import { maskAddress } from './device.ts'
import { type FirstCode, findFirstCode, issueFirstCode, spendFirstCode } from './first-code.ts'
import { type Caller, openSession, type SignedIn } from './sessions.ts'
import { requirePasswordStill } from './still.ts'

/*
 * The first password of an account that somebody else opened. Nobody but the owner ever knows it: opening answers a code, the owner sets the
 * password with it, and until then no role of the account is in force (`role-grants.ts`).
 */

export type FirstPassword = {
  readonly login: string
  readonly code: string
  readonly password: string
  readonly caller: Caller
}

/**
 * Sets the first password with a first code: the account is activated, and its roles are in force from now on. Refuses `first-code.wrong` (422;
 * the same for a login that nobody has, for a code that is used and for one that is over), `access.locked` (429), `first-code.signed-in` (403)
 * in a browser where another account is signed in, and what `checkPassword` refuses: then the code is still good. Answers whose account it is.
 */
export async function setFirstPassword(app: App, first: FirstPassword): Promise<AccountId> {
  return (await setFirst(app, first)).accountId
}

/** Sets the first password and signs its owner in by it. Refuses what `setFirstPassword` does, and `access.wrong-login` (401) where it was reset at once. */
export async function beginWithFirstPassword(app: App, first: FirstPassword): Promise<SignedIn> {
  const account = await setFirst(app, first)
  const beginning = { accountId: account.accountId, assurance: 'password', caller: first.caller } as const
  return await openSession(app, beginning, made =>
    requirePasswordStill(made, account, { code: 'access.wrong-login', status: 401 }),
  )
}

async function setFirst(
  app: App,
  { login, code, password, caller }: FirstPassword,
): Promise<{ accountId: AccountId; password: string }> {
  const own = await takeTry(app, { step: 'first-code', login: loginKey(login), address: caller.address })
  const found = await findAccount(app.db, login)
  const open = await findFirstCode(app, found?.accountId ?? null, code)
  if (!open) return await refuseTry(app, own, 'first-code.wrong')
  await tryWentWell(app, own)
  const { accountId, codeNo, issuedBy } = open
  await refuseOtherSession(app, accountId, caller)
  const account = await getAccount(app.db, accountId)
  const kept = await fitPassword(app, account, password)
  const actor: Actor = { ...ANYONE, id: `account:${accountId}`, name: account.name, unit: account.unit }
  const detail = { codeNo, issuedBy, nearIssuer: await isNearIssuer(app.db, issuedBy, caller.address) }
  await change(app, actor, { deed: 'password.first', entity: actor.id, detail }, async made => {
    if (!(await holdDormant(made, accountId)) || !(await spendFirstCode(made, open)))
      throw new Refusal('first-code.wrong', null, {}, 422)
    await made.tx.run(
      sql`update account set password = ${kept}, password_at = ${made.at}, activated_at = ${made.at} where account_id = ${accountId}`,
    )
  })
  return { accountId, password: kept }
}

/**
 * Issues the first code of an account anew, for the operator's terminal: the first administrators have nobody who could confirm a reset.
 * Refuses `account.unknown` (404), `first-code.activated` where its owner has come already.
 */
export async function reissueFirstCode(
  app: App,
  login: string,
  actor: Actor = SYSTEM,
): Promise<FirstCode & { readonly accountId: AccountId }> {
  const found = await findAccount(app.db, login)
  if (!found) throw new NotFound('account.unknown')
  const { accountId } = found
  return await change(app, actor, { deed: 'first-code.issue', entity: `account:${accountId}` }, async made => {
    if (!(await holdDormant(made, accountId))) throw new Refusal('first-code.activated')
    return { accountId, ...(await issueFirstCode(app, made, accountId)) }
  })
}

/** Holds an open account that nobody has activated until the change ends; false where it is none. */
async function holdDormant({ tx }: Change, accountId: AccountId): Promise<boolean> {
  const row = await tx.row(
    sql`select from account where account_id = ${accountId} and activated_at is null and closed_at is null for update`,
  )
  return row !== undefined
}

/**
 * Whoever hands a code over must not be the one who uses it: it opens nothing in a browser where another account is signed in. Refuses
 * `first-code.signed-in` (403), and writes down whose session it was.
 */
export async function refuseOtherSession(app: App, accountId: AccountId, { before }: Caller): Promise<void> {
  const found = await findSession(app, before)
  if (!found || found.account.accountId === accountId) return
  await change(app, found.actor, { deed: 'first-code.refuse', entity: `account:${accountId}` }, async () => undefined)
  throw new NotAllowed('first-code.signed-in')
}

/** Whether the code is used from the network of a standing session of whoever issued it: a fact for the log that holds no address. */
async function isNearIssuer(query: Query, issuedBy: string, address: string): Promise<boolean> {
  const row = await query.row(sql`select from session
    where account_id = substring(${issuedBy} from '^account:([0-9]+)$')::bigint and network = ${maskAddress(address)} limit 1`)
  return row !== undefined
}
