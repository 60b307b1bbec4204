import type { Actor } from '../access/actor.ts'
import { type AtWindow, askReset, closeReset, confirmReset, type ResetConfirmed } from '../access/reset-password.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { shownTo } from '../disclosure/mask-for.ts'
import { personNameKey } from '../subject/name.ts'
import { accountOf } from './choose-subject.ts'
import { type Person, type PersonTyped, readPerson } from './person.ts'
import { type AskedReset, requireHolder } from './reset-papers.ts'
import { requireWindow } from './window.ts'

/*
 * The account of somebody who has lost its password or its second factor, reset at a window by two officers of one unit with the papers
 * before them. Whose account it is, is told by its document; of an account that was opened without one, by the name of its holder or of the
 * person whom every subject that it speaks for has as its representative. Both officers type what they read.
 */

export type ResetWish = PersonTyped & {
  /** What is typed at the door; '' where the person does not remember it: then the document finds the account. */
  readonly login: string
  readonly takesFactor: boolean
}

export type AccountReset = { readonly resetId: number; readonly login: string; readonly endsAt: Date }

/**
 * Asks for a reset of a subject's account. Refuses what `readPerson` refuses, `reset.person-unmatched` (422; the same for a login that nobody
 * has, for staff's, and for one of another person), `reset.locked` (429) after five of these, `reset.own`, `reset.open`, `access.not-fresh`.
 * `address`: the officer's, for the brake.
 */
export async function askAccountReset(app: App, actor: Actor, wish: ResetWish, address: string): Promise<AccountReset> {
  await requireWindow(app, actor)
  const person = readPerson(app, legalDay(app.now(), app.city.zone), wish)
  const { accountId, login } = await requireHolder(app, actor, { person, login: wish.login.trim(), address, asked: null })
  requireAnother(actor, accountId, person)
  const window = windowOf(actor, person)
  const { takesFactor } = wish
  const resetId = await askReset(app, actor, accountId, { reason: app.words.say('reset.reason-window'), takesFactor }, window)
  const row = await app.db.row<{ endsAt: Date }>(
    sql`select ends_at as "endsAt" from password_reset where account_id = ${accountId} and reset_id = ${resetId}`,
  )
  return { resetId, login, endsAt: row?.endsAt ?? app.now() }
}

export type ResetSecond = PersonTyped & { readonly takesFactor: boolean; readonly address: string }

type Asked = AskedReset & { readonly login: string }

/**
 * Confirms it, by another officer of the same unit who types name and document anew: the old password and every session end, the second factor
 * where both say so, and the code is answered this once. Refuses what `askAccountReset` refuses, `reset.unknown` (404; another unit's too), `reset.same-person`,
 * `reset.person-differs` (422).
 */
export async function confirmAccountReset(
  app: App,
  actor: Actor,
  resetId: number,
  { takesFactor, address, ...typed }: ResetSecond,
): Promise<ResetConfirmed & { readonly login: string }> {
  await requireWindow(app, actor)
  const person = readPerson(app, legalDay(app.now(), app.city.zone), typed)
  const window = windowOf(actor, person)
  const asked =
    await app.db.row<Asked>(sql`select a.login, r.reset_id as "resetId", r.person_kind as "personKind", r.person_value as "personValue"
    from password_reset r join account a using (account_id) where r.reset_id = ${resetId} and r.unit = ${window.unit}
      and r.asked_by <> ${actor.id} and r.confirmed_at is null and r.closed_at is null and r.ends_at > ${app.now()}`)
  if (asked)
    requireAnother(actor, (await requireHolder(app, actor, { person, login: asked.login, address, asked })).accountId, person)
  // Where there is none, or it is his own, the command says so, whatever the papers are.
  return { ...(await confirmReset(app, actor, resetId, takesFactor, window)), login: asked?.login ?? '' }
}

/** Withdraws a reset that this unit asked for, until its code is used; whether it had been confirmed. Refuses `reset.unknown` (404). */
export async function withdrawAccountReset(app: App, actor: Actor, resetId: number): Promise<boolean> {
  return await closeReset(app, actor, resetId, unitOf(actor))
}

function unitOf({ unit }: Actor): string {
  if (unit === null) throw new NotAllowed('access.not-allowed')
  return unit
}

const windowOf = (actor: Actor, { kind, values }: Person): AtWindow => ({ unit: unitOf(actor), kind, values })

/** Nobody resets his own account, nor that of somebody of his own name. */
function requireAnother(actor: Actor, accountId: AccountId, { nameKey }: Person): void {
  if (accountOf(actor) === accountId || personNameKey(actor.name) === nameKey) throw new Refusal('reset.own', null, {}, 403)
}

export type WindowReset = {
  readonly resetId: number
  readonly login: string
  /** Surname of its holder; the name of the organisation where the account has that. */
  readonly person: string
  readonly takesFactor: boolean
  readonly openedByName: string
  readonly isOwn: boolean
  readonly openedAt: string
  readonly expiresAt: string
  readonly state: 'open' | 'confirmed' | 'used' | 'withdrawn' | 'over'
}

type Row = {
  resetId: number
  login: string
  name: string
  isOrganisation: boolean
  takesFactor: boolean
  askedBy: string
  askedByName: string | null
  askedAt: Date
  confirmedAt: Date | null
  usedAt: Date | null
  closedAt: Date | null
  endsAt: Date
}

/** Resets that the actor's unit asked for, latest first; the holder is named by his surname. */
export async function listAccountResets(
  app: App,
  actor: Actor,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<{ resets: WindowReset[]; next: number | null }> {
  const now = app.now()
  const rows = await app.db.rows<Row>(sql`select r.reset_id as "resetId", a.login, a.name,
      exists (select from mandate m join pub.subject s using (subject_id) where m.account_id = a.account_id and s.name = a.name) as "isOrganisation", r.takes_factor as "takesFactor", r.asked_by as "askedBy", b.name as "askedByName",
      r.asked_at as "askedAt", r.confirmed_at as "confirmedAt", r.used_at as "usedAt", r.closed_at as "closedAt", r.ends_at as "endsAt"
    from password_reset r join account a using (account_id) left join account b on b.account_id = substring(r.asked_by from '^account:([0-9]+)$')::bigint
   
    where r.unit = ${unitOf(actor)} and r.reset_id < ${before ?? Number.MAX_SAFE_INTEGER} order by r.reset_id desc limit ${limit}`)
  const resets = rows.map(
    (row): WindowReset => ({
      resetId: row.resetId,
      login: row.login,
      person: row.isOrganisation ? row.name : shownTo(app.law, 'person-name', 'case-officer', row.name),
      takesFactor: row.takesFactor,
      openedByName: row.askedByName ?? row.askedBy,
      isOwn: row.askedBy === actor.id,
      openedAt: row.askedAt.toISOString(),
      expiresAt: row.endsAt.toISOString(),
      state: stateOf(row, now),
    }),
  )
  return { resets, next: rows.length === limit ? (rows.at(-1)?.resetId ?? null) : null }
}

function stateOf({ confirmedAt, usedAt, closedAt, endsAt }: Row, now: Date): WindowReset['state'] {
  if (usedAt) return 'used'
  if (closedAt) return 'withdrawn'
  if (endsAt <= now) return 'over'
  return confirmedAt ? 'confirmed' : 'open'
}
