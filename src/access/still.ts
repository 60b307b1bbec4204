import { NotAllowed, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { KeptAccount } from './accounts.ts'
import type { Change } from './change.ts'

/*
 * What was looked at before a change and must still be so in it. A password is verified, and a session found, outside the transaction; a reset
 * that is confirmed meanwhile ends both. These wait for it, or it for them: of the two one sees the other.
 */

type Verified = Pick<KeptAccount, 'accountId' | 'password'>

/** Refuses `code` unless the account is open and still has the password that was verified. Holds it until the change ends. */
export async function requirePasswordStill(
  { tx }: Change,
  { accountId, password }: Verified,
  { code, status }: { readonly code: string; readonly status: number },
): Promise<void> {
  const still = await tx.row(
    sql`select from account where account_id = ${accountId} and password = ${password} and closed_at is null for share`,
  )
  if (!still) throw new Refusal(code, null, {}, status)
}

/**
 * Refuses `access.session-over` (401) where the actor's session has ended since the door found it. Holds it until the change ends. Whoever locks the
 * account, too, locks that first.
 */
export async function requireSessionStill({ tx, actor }: Change): Promise<void> {
  const still = await tx.row(sql`select from session where session_id = ${actor.session?.sessionId ?? null} for update`)
  if (!still) throw new NotAllowed('access.session-over', 401)
}
