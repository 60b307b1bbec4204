import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import type { Change } from './change.ts'
import { codeKey, groupedCode, newCode } from './typed-code.ts'

/* The code with which the owner of an account that somebody else opened sets its first password (`first-password.ts`). */

/**
 * How long a first code is good. Whoever hands it over could read it, so it lives only as long as a reset waits for its confirmation and an
 * invitation of staff stands: over a weekend (ASVS 5.0 6.4.1: a first secret ends after a short time or its first use).
 */
export const FIRST_CODE_DAYS = 3
/** Characters of a first code, five bits each. */
const CODE_LENGTH = 16

export type FirstCode = { readonly code: string; readonly endsAt: Date }

/** A new first code inside a change, answered this once; the one before it opens nothing any more. */
export async function issueFirstCode({ keys }: Pick<App, 'keys'>, made: Change, accountId: AccountId): Promise<FirstCode> {
  const code = newCode(CODE_LENGTH)
  const endsAt = new Date(made.at.getTime() + FIRST_CODE_DAYS * 86_400_000)
  await closeFirstCodes(made, accountId)
  const { mac, keyId } = keys.keyedMac('session', textOf(accountId, code))
  await made.tx.run(sql`insert into first_code (account_id, code_no, code_mac, mac_key, issued_by, issued_at, ends_at)
    select ${accountId}, coalesce(max(code_no), 0) + 1, ${mac}, ${keyId}, ${made.actor.id}, ${made.at}, ${endsAt}::timestamptz
    from first_code where account_id = ${accountId}`)
  return { code: groupedCode(code, 4), endsAt }
}

/** Ends the open first code of an account: another way to its owner takes its place. */
export async function closeFirstCodes({ tx, at }: Change, accountId: AccountId): Promise<void> {
  await tx.run(
    sql`update first_code set closed_at = ${at} where account_id = ${accountId} and used_at is null and closed_at is null`,
  )
}

/** A person who comes by a unified identity activates the account it is bound to: a first password is not needed then. */
export async function activateByIdentity(made: Change, accountId: AccountId): Promise<void> {
  await closeFirstCodes(made, accountId)
  await made.tx.run(sql`update account set activated_at = ${made.at} where account_id = ${accountId} and activated_at is null`)
}

export type OpenCode = { readonly accountId: AccountId; readonly codeNo: number; readonly issuedBy: string }

/** The first code of an account that stands today, if it is the one that was typed. Without an account it takes the same time. */
export async function findFirstCode(app: App, accountId: AccountId | null, typed: string): Promise<OpenCode | undefined> {
  const open = await app.db.row<OpenCode & { codeMac: Buffer }>(
    sql`select account_id as "accountId", code_no as "codeNo", code_mac as "codeMac", issued_by as "issuedBy" from first_code
      where account_id = ${accountId} and used_at is null and closed_at is null and ends_at > ${app.now()}`,
  )
  return open && app.keys.isMac('session', textOf(open.accountId, codeKey(typed)), open.codeMac) ? open : undefined
}

/** Marks a first code as used inside a change; false where it was used or closed meanwhile. */
export async function spendFirstCode({ tx, at }: Change, { accountId, codeNo }: OpenCode): Promise<boolean> {
  const used = await tx.run(sql`update first_code set used_at = ${at}
    where account_id = ${accountId} and code_no = ${codeNo} and used_at is null and closed_at is null`)
  return used > 0
}

const textOf = (accountId: AccountId, code: string): string => `first-code ${accountId} ${code}`
