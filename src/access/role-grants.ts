import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { type Query, type Row, sql, type Tx } from '../db/database.ts'
import { type Role, SYSTEM } from './actor.ts'
import type { Change } from './change.ts'

/*
 * Roles of an account, computed from the days, the decision and the end of each grant, and from the instant at which the account's owner first
 * came: no flag says who holds what, and no job has to run for a role to stop.
 */

/** SQL: whether the grant `g` is in force on a day. `day` is SQL of type date. */
const inForceSql = (day: string): string =>
  `g.decision = 'confirmed' and g.ended_at is null and g.valid_from <= ${day} and (g.valid_until is null or g.valid_until >= ${day})`

/**
 * SQL for the roles of an account on a day, as text[]: `rolesSql('a.account_id', '$2::date')`. None is in force before the account's owner has
 * come: whoever opened it must not be able to act by it.
 */
export function rolesSql(account: string, day: string): string {
  return `array(select distinct g.role from role_grant g join account h using (account_id)
    where g.account_id = ${account} and h.activated_at is not null and ${inForceSql(day)} order by 1)`
}

/** The roles of an account today. */
export async function rolesOf(app: App, accountId: AccountId): Promise<readonly Role[]> {
  const row = await app.db.row<{ roles: Role[] }>({
    name: 'roles-of-account',
    text: `select ${rolesSql('$1::bigint', '$2::date')} as roles`,
    values: [accountId, legalDay(app.now(), app.city.zone)],
  })
  return row?.roles ?? []
}

export type NewGrant = {
  readonly role: Role
  readonly from: Day
  readonly until: Day | null
  readonly reason: string
}

/** Appends a proposal to an account's grants; its number. A role that takes no second person is in force by the platform's own decision. */
export async function appendGrant(made: Change, accountId: AccountId, grant: NewGrant, needsNobody: boolean): Promise<number> {
  const decided = needsNobody ? { decision: 'confirmed', by: SYSTEM.id, at: made.at } : { decision: null, by: null, at: null }
  const row = await made.tx.row<{ no: number }>(
    sql`insert into role_grant (account_id, grant_no, role, valid_from, valid_until, reason, proposed_by, proposed_at, decision, decided_by, decided_at)
      select ${accountId}, coalesce(max(grant_no), 0) + 1, ${grant.role}, ${grant.from}::date, ${grant.until}::date, ${grant.reason}, ${made.actor.id}, ${made.at},
        ${decided.decision}, ${decided.by}, ${decided.at}::timestamptz from role_grant where account_id = ${accountId} returning grant_no as no`,
  )
  return row?.no ?? 0
}

export type Grant = {
  readonly accountId: AccountId
  readonly grantNo: number
  readonly role: Role
  readonly from: Day
  readonly until: Day | null
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'refused' | null
  readonly decidedBy: string | null
  readonly endedAt: Date | null
}

/** All grants of these accounts, oldest first; without accounts, all proposals that wait. */
export async function listGrants(query: Query, accountIds: readonly AccountId[] | null): Promise<Grant[]> {
  return await query.rows<Grant & Row>(
    sql`select account_id as "accountId", grant_no as "grantNo", role, valid_from as "from", valid_until as until, reason, proposed_by as "proposedBy",
        proposed_at as "proposedAt", decision, decided_by as "decidedBy", ended_at as "endedAt" from role_grant
      where case when ${accountIds}::bigint[] is null then decision is null and ended_at is null else account_id = any(${accountIds}) end
      order by proposed_at, account_id, grant_no`,
  )
}

/** Whether a grant gives its role on one of the days from `from` to `until` (null: for ever). */
export function standsWithin(grant: Grant, from: Day, until: Day | null): boolean {
  return grant.decision === 'confirmed' && grant.endedAt === null && overlaps(grant, from, until)
}

/** Whether a grant is a proposal that nobody has decided or taken back yet, for one of the days from `from` to `until` (null: for ever). */
export function waitsWithin(grant: Grant, from: Day, until: Day | null): boolean {
  return grant.decision === null && grant.endedAt === null && overlaps(grant, from, until)
}

const overlaps = (grant: Grant, from: Day, until: Day | null): boolean =>
  (grant.until === null || grant.until >= from) && (until === null || grant.from <= until)

/** Holds an open account until the change ends, so that two grants of one account are judged one after the other. */
export async function lockAccount(
  tx: Tx,
  accountId: AccountId,
): Promise<{ readonly unit: string; readonly name: string } | undefined> {
  return await tx.row<{ unit: string; name: string }>(
    sql`select unit, name from account where account_id = ${accountId} and closed_at is null for update`,
  )
}

/** Writes the decision about a proposal. */
export async function decideGrant(
  made: Change,
  { accountId, grantNo }: Pick<Grant, 'accountId' | 'grantNo'>,
  decision: 'confirmed' | 'refused',
): Promise<void> {
  await made.tx.run(sql`update role_grant set decision = ${decision}, decided_by = ${made.actor.id}, decided_at = ${made.at}
    where account_id = ${accountId} and grant_no = ${grantNo} and decision is null`)
}

/** Ends grants of an account, proposals too; how many stood. */
export async function endGrants(
  made: Change,
  accountId: AccountId,
  grantNos: readonly number[],
  reason: string,
): Promise<number> {
  return await made.tx.run(sql`update role_grant set ended_at = ${made.at}, ended_by = ${made.actor.id}, end_reason = ${reason}
    where account_id = ${accountId} and grant_no = any(${grantNos}::integer[]) and ended_at is null`)
}
