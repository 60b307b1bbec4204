import type { AccountId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import type { Change } from './change.ts'

/** Closes accounts for good and ends their sessions at once; how many were open. */
export async function closeAccounts(made: Change, accountIds: readonly AccountId[]): Promise<number> {
  const closed = await made.tx.run(
    sql`update account set closed_at = ${made.at} where account_id = any(${accountIds}::bigint[]) and closed_at is null`,
  )
  await made.tx.run(sql`delete from session where account_id = any(${accountIds}::bigint[])`)
  return closed
}

/** Closes every account and every token of an organisation, for the act's detail. */
export async function closeEverythingOf(made: Change, organisation: string): Promise<{ accounts: number; tokens: number }> {
  const rows = await made.tx.rows<{ accountId: AccountId }>(
    sql`select account_id as "accountId" from account where unit = ${organisation} and closed_at is null`,
  )
  const accounts = await closeAccounts(
    made,
    rows.map(row => row.accountId),
  )
  const tokens = await made.tx.run(
    sql`update access_token set closed_at = ${made.at} where unit = ${organisation} and closed_at is null`,
  )
  return { accounts, tokens }
}

/** Gives an account another name or another unit. */
export async function changeAccountRow(
  made: Change,
  accountId: AccountId,
  to: { readonly name: string; readonly unit: string },
): Promise<void> {
  await made.tx.run(sql`update account set name = ${to.name}, unit = ${to.unit} where account_id = ${accountId}`)
}
