import { getAccount } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import type { Change } from '../access/change.ts'
import { requireFresh } from '../access/fresh.ts'
import { accountIdOf, endSessionsOf, hasFactor, needsFactor, raiseSession } from '../access/sessions.ts'
import { requireSessionStill } from '../access/still.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { makeRecoveryCodes } from './recovery.ts'

/* What every kind of second factor shares: who may set one up, and what happens when the first one counts and when the last one goes. */

/**
 * Whether the actor may set a factor up now. A session that stands before the factor may, if the account has none yet: else whoever knows the
 * password could give himself another. A whole one must be fresh. Answers the account.
 */
export async function requireMayEnrol(app: App, actor: Actor): Promise<AccountId> {
  const accountId = accountIdOf(actor)
  if (actor.session?.stage === 'factor') {
    if (await hasFactor(app.db, accountId)) throw new NotAllowed('access.factor-needed')
  } else requireFresh(app, actor)
  return accountId
}

/** What enrolling a factor answers: the new recovery codes with the first factor, and the session's new token. */
export type Enrolled = { readonly recoveryCodes: readonly string[] | null; readonly token: string }

/**
 * Takes the session on after a factor was enrolled, inside the same change: another token, the other sessions end (they never gave the
 * factor), recovery codes where there are none. `isFirst`: the account had no factor that counts, asked under the account's lock.
 */
export async function afterEnrolment(app: App, made: Change, accountId: AccountId, isFirst: boolean): Promise<Enrolled> {
  const sessionId = made.actor.session?.sessionId
  if (sessionId === undefined) throw new NotAllowed('access.own-account-only')
  // Two sessions that both stood before the factor: only the one that enrols first is let in by it.
  if (made.actor.session?.stage === 'factor' && !isFirst) throw new NotAllowed('access.factor-needed')
  const token = await raiseSession(made, sessionId)
  if (!isFirst) return { recoveryCodes: null, token }
  await endSessionsOf(made, accountId, sessionId)
  return { recoveryCodes: await makeRecoveryCodes(app, made, accountId), token }
}

/**
 * Locks the account against another enrolment at the same moment, and answers whether it has no factor yet. Refuses `access.session-over` (401)
 * where the session has ended: what a reset leaves is nobody's to change who was in before it.
 */
export async function lockForFactor(made: Change, accountId: AccountId): Promise<{ isFirst: boolean }> {
  const row = await made.tx.row(
    sql`select account_id from account where account_id = ${accountId} and closed_at is null for update`,
  )
  if (!row) throw new NotAllowed('access.session-over', 401)
  await requireSessionStill(made)
  return { isFirst: !(await hasFactor(made.tx, accountId)) }
}

/** After a factor was removed, inside the same change: refuses `factor.last-needed` where none is left and one is needed; else the codes go, too. */
export async function afterRemoval(app: App, made: Change, accountId: AccountId): Promise<void> {
  if (await hasFactor(made.tx, accountId)) return
  if (needsFactor(app, (await getAccount(made.tx, accountId)).unit)) throw new Refusal('factor.last-needed')
  await made.tx.run(sql`delete from recovery_code where account_id = ${accountId}`)
}
