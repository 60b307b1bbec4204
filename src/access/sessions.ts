import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, NotFound } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import { FACTOR_MINUTES, findSession, hashToken, IDLE_MINUTES, newToken, OF_A_SUBJECT, SESSION_HOURS } from '../http/session.ts'
import { getAccount } from './accounts.ts'
import type { Actor, Assurance } from './actor.ts'
import { type Change, change } from './change.ts'
import { deviceFamily, maskAddress } from './device.ts'
import { nextStep, type Step, stageOf } from './next-step.ts'

/* Sessions: how one begins, rises by the second factor, is listed to its owner and ends. */

/** Who asks, as far as the network shows: address, User-Agent, and the session this browser had before ('' for none). */
export type Caller = { readonly address: string; readonly agent: string; readonly before: string }

/** A session at its beginning or after a step: its new token and CSRF value, who it is, what comes next. */
export type SignedIn = { readonly token: string; readonly csrf: string; readonly actor: Actor; readonly step: Step }

/** The account that an actor is. Refuses (403) programs, the public and the platform itself. */
export function accountIdOf({ id }: Pick<Actor, 'id'>): AccountId {
  const [, number] = /^account:([0-9]+)$/.exec(id) ?? []
  if (number === undefined) throw new NotAllowed('access.own-account-only')
  return Number(number) as AccountId
}

/** Whether an account of this unit must have a second factor: everybody's but a subject's own. In production no city leaves that open. */
export function needsFactor({ config, city }: Pick<App, 'config' | 'city'>, unit: string): boolean {
  return unit !== OF_A_SUBJECT && (config.production || city.secondFactor === 'required')
}

/** Whether an account has a second factor that counts: recovery codes alone are none. */
export async function hasFactor(query: Query, accountId: number): Promise<boolean> {
  const row = await query.row<{ has: boolean }>({
    name: 'has-factor',
    text: `select exists (select from totp_factor where account_id = $1 and confirmed_at is not null)
      or exists (select from passkey where account_id = $1) as has`,
    values: [accountId],
  })
  return row?.has ?? false
}

/** Whether an account has a passkey: where it has none, none is asked for. */
export async function hasPasskey(query: Query, accountId: number): Promise<boolean> {
  const row = await query.row<{ has: boolean }>(sql`select exists (select from passkey where account_id = ${accountId}) as has`)
  return row?.has ?? false
}

/** Whether an account has a password: one for which another identity answers may have none. */
export async function hasPassword(query: Query, accountId: number): Promise<boolean> {
  const row = await query.row<{ has: boolean }>(
    sql`select password is not null as has from account where account_id = ${accountId}`,
  )
  return row?.has ?? false
}

/** What an account that was made sure of in this way has to do next. */
export async function stepOf(app: App, assurance: Assurance, accountId: AccountId): Promise<Step> {
  const { unit } = await getAccount(app.db, accountId)
  return nextStep({ assurance, hasFactor: await hasFactor(app.db, accountId), needsFactor: needsFactor(app, unit) })
}

export type Beginning = {
  readonly accountId: AccountId
  readonly assurance: Assurance
  readonly caller: Caller
  /** When another made sure of the owner, null: nobody knows. Left out: just now, here. */
  readonly freshAt?: Date | null
}

/**
 * Begins a session of an account whose owner was made sure of in this way; every way in ends here. `also` is done in the same transaction.
 * The session this browser had before ends. A password that still needs a factor is good for twenty minutes and for nothing but that.
 */
export async function openSession(
  app: App,
  { accountId, assurance, caller, freshAt }: Beginning,
  also: (made: Change) => Promise<void> = async () => undefined,
): Promise<SignedIn> {
  const step = await stepOf(app, assurance, accountId)
  const isWhole = stageOf(step) === 'whole'
  const [token, csrf] = [newToken('mxs'), randomUUID()]
  const deed = { deed: 'session.begin', entity: `account:${accountId}`, detail: { assurance, step } }
  await change(app, await accountActor(app, accountId), deed, async made => {
    await also(made)
    if (caller.before !== '') await made.tx.run(sql`delete from session where token_hash = ${hashToken(caller.before)}`)
    await made.tx.run(sql`insert into session (token_hash, session_id, account_id, csrf, made_at, seen_at, ends_at, stage, assurance, fresh_at, device, network)
      values (${hashToken(token)}, ${made.actId}, ${accountId}, ${csrf}, ${made.at}, ${made.at}, ${endOf(made.at, isWhole)}, ${stageOf(step)}, ${assurance},
        ${isWhole ? (freshAt === undefined ? made.at : freshAt) : null}, ${deviceFamily(caller.agent)}, ${maskAddress(caller.address)})`)
  })
  return { token, csrf, actor: await actorOfToken(app, token), step }
}

/**
 * Raises a session to `two-factor` inside a change: it gets another token and CSRF value, so that a token from before the second factor
 * opens nothing. Answers the new token. Refuses `access.session-over` (401) where it has ended meanwhile.
 */
export async function raiseSession(made: Change, sessionId: number): Promise<string> {
  const token = newToken('mxs')
  const raised =
    await made.tx.run(sql`update session set token_hash = ${hashToken(token)}, csrf = ${randomUUID()}, stage = 'whole',
    assurance = 'two-factor', fresh_at = ${made.at}, seen_at = ${made.at}, ends_at = greatest(ends_at, ${endOf(made.at, true)})
    where session_id = ${sessionId}`)
  if (raised === 0) throw new NotAllowed('access.session-over', 401)
  return token
}

/** Renews a whole session inside a change by what its owner was made sure of before. Answers its new token. */
export async function renewSession(made: Change, sessionId: number): Promise<string> {
  const token = newToken('mxs')
  const renewed =
    await made.tx.run(sql`update session set token_hash = ${hashToken(token)}, csrf = ${randomUUID()}, fresh_at = ${made.at},
    seen_at = ${made.at} where session_id = ${sessionId} and stage = 'whole'`)
  if (renewed === 0) throw new NotAllowed('access.session-over', 401)
  return token
}

/** A session as it stands after its change: what the door answers, and the cookie it sets. */
export async function sessionOfToken(app: App, token: string): Promise<SignedIn> {
  const found = await findSession(app, token)
  if (!found) throw new NotAllowed('access.session-over', 401)
  const step =
    found.actor.session?.stage === 'whole' ? 'whole' : await stepOf(app, found.actor.assurance, found.account.accountId)
  return { token, csrf: found.csrf, actor: found.actor, step }
}

const actorOfToken = async (app: App, token: string): Promise<Actor> => (await sessionOfToken(app, token)).actor

function endOf(at: Date, isWhole: boolean): Date {
  return new Date(at.getTime() + (isWhole ? SESSION_HOURS * 60 : FACTOR_MINUTES) * 60_000)
}

/** The account itself, before it has a session: no role and no permission. */
async function accountActor(app: App, accountId: AccountId): Promise<Actor> {
  const { name, unit } = await getAccount(app.db, accountId)
  return { id: `account:${accountId}`, name, unit, roles: [], permissions: [], subjectId: null, assurance: 'none' }
}

/** Ends the session of a token; false where it had ended before. */
export async function endSession(app: App, actor: Actor, token: string): Promise<boolean> {
  return await change(app, actor, { deed: 'session.end', entity: actor.id }, async made => {
    return (await made.tx.run(sql`delete from session where token_hash = ${hashToken(token)}`)) > 0
  })
}

export type OwnSession = {
  readonly sessionId: number
  readonly since: Date
  readonly seenAt: Date
  /** `Edge · Windows`, or ''. */
  readonly device: string
  readonly network: string
  readonly isThis: boolean
}

/** The sessions of the actor's own account that stand, the one in use first. */
export async function listOwnSessions(app: App, actor: Actor): Promise<OwnSession[]> {
  const now = app.now()
  const rows = await app.db.rows<
    Omit<OwnSession, 'isThis'>
  >(sql`select session_id as "sessionId", made_at as since, seen_at as "seenAt", device, network
    from session where account_id = ${accountIdOf(actor)} and ends_at > ${now} and seen_at > ${new Date(now.getTime() - IDLE_MINUTES * 60_000)}
    order by seen_at desc`)
  const own = rows.map(row => ({ ...row, isThis: row.sessionId === actor.session?.sessionId }))
  return [...own.filter(one => one.isThis), ...own.filter(one => !one.isThis)]
}

/** Ends one session of the actor's own account. Refuses `session.unknown` (404), for somebody else's too. */
export async function endOwnSession(app: App, actor: Actor, sessionId: number): Promise<void> {
  const accountId = accountIdOf(actor)
  await change(app, actor, { deed: 'session.end', entity: actor.id, detail: { sessionId } }, async made => {
    const ended = await made.tx.run(sql`delete from session where session_id = ${sessionId} and account_id = ${accountId}`)
    if (ended === 0) throw new NotFound('session.unknown')
  })
}

/** Ends every session of the actor's own account but the one in use. How many. */
export async function endOtherSessions(app: App, actor: Actor): Promise<number> {
  return await change(app, actor, { deed: 'session.end-others', entity: actor.id }, async made => {
    const ended = await endSessionsOf(made, accountIdOf(actor), actor.session?.sessionId ?? null)
    made.tell({ ended })
    return ended
  })
}

/** Ends an account's sessions inside a change, but for one of them. How many. */
export async function endSessionsOf({ tx }: Change, accountId: AccountId, but: number | null): Promise<number> {
  return await tx.run(sql`delete from session where account_id = ${accountId} and session_id is distinct from ${but}::bigint`)
}

/** Ends these sessions inside a change; whose they were. */
export async function endSessionsByNumber({ tx }: Change, sessionIds: readonly number[]): Promise<AccountId[]> {
  const rows = await tx.rows<{ account_id: AccountId }>(
    sql`delete from session where session_id = any(${sessionIds}::bigint[]) returning account_id`,
  )
  return rows.map(row => row.account_id)
}

/** Deletes sessions that have ended; run by the clock. */
export async function forgetOldSessions(app: App): Promise<number> {
  return await app.db.run(sql`delete from session where ends_at < ${app.now()}`)
}
