import type { Change } from '../access/change.ts'
import { groupedCode, newCode } from '../access/typed-code.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'

/* Ten codes for whoever has lost the phone. They are shown once and kept as keyed digests. */

export const RECOVERY_CODES = 10
const LENGTH = 10
export const RECOVERY_CODE = /^[0-9A-HJKMNP-TV-Z]{10}$/

/** Makes ten new codes inside a change; those from before open no more. Answers them as they are shown, this once. */
export async function makeRecoveryCodes({ keys }: Pick<App, 'keys'>, made: Change, accountId: AccountId): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => newCode(LENGTH))
  const kept = codes.map(code => keys.keyedMac('session', textOf(accountId, code)))
  await made.tx.run(sql`delete from recovery_code where account_id = ${accountId}`)
  await made.tx.run(sql`insert into recovery_code (account_id, code_no, code_mac, mac_key, made_at)
    select ${accountId}, code_no, code_mac, mac_key, ${made.at}
    from unnest(${kept.map(one => one.mac)}::bytea[], ${kept.map(one => one.keyId)}::text[]) with ordinality as t (code_mac, mac_key, code_no)`)
  return codes.map(code => groupedCode(code, 5))
}

/** The number of the account's unused code that this is; undefined where it is none. `code` as `codeKey` gives it. */
export async function findRecoveryCode(
  { db, keys }: Pick<App, 'db' | 'keys'>,
  accountId: AccountId,
  code: string,
): Promise<number | undefined> {
  const rows = await db.rows<{ no: number; mac: Buffer }>(
    sql`select code_no as no, code_mac as mac from recovery_code where account_id = ${accountId} and used_at is null`,
  )
  return rows.find(({ mac }) => keys.isMac('session', textOf(accountId, code), mac))?.no
}

/** How many codes are left. */
export async function countRecoveryCodes(query: Query, accountId: AccountId): Promise<number> {
  const row = await query.row<{ count: number }>(
    sql`select count(*)::int as count from recovery_code where account_id = ${accountId} and used_at is null`,
  )
  return row?.count ?? 0
}

const textOf = (accountId: AccountId, code: string): string => `recovery-code ${accountId} ${code}`
