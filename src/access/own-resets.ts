import type { App } from '../app.ts'
import { NotFound } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { Actor } from './actor.ts'
import { change } from './change.ts'
import { organisationOf } from './organisation-of.ts'
import { accountIdOf } from './sessions.ts'
import { requireSessionStill } from './still.ts'

/* What its owner is told of the resets of his account, and his way to stop one that he never asked for. */

/** How long a reset that is over stands on its owner's pages, in days. */
export const TOLD_DAYS = 30

export type OwnResetState = 'asked' | 'confirmed' | 'used' | 'stopped' | 'over'

export type OwnReset = {
  readonly resetId: number
  /** Whose window it was; null: the administrators. */
  readonly unitName: string | null
  readonly takesFactor: boolean
  readonly askedAt: Date
  /** When the password was set anew, or it was stopped, or it ends. */
  readonly at: Date
  readonly state: OwnResetState
}

type Row = {
  resetId: number
  unit: string | null
  takesFactor: boolean
  askedAt: Date
  confirmedAt: Date | null
  usedAt: Date | null
  closedAt: Date | null
  endsAt: Date
}

/** The resets of the actor's own account that were asked for within thirty days, latest first. */
export async function listOwnResets(app: App, actor: Actor): Promise<OwnReset[]> {
  const now = app.now()
  const rows =
    await app.db.rows<Row>(sql`select reset_id as "resetId", unit, takes_factor as "takesFactor", asked_at as "askedAt", confirmed_at as "confirmedAt",
      used_at as "usedAt", closed_at as "closedAt", ends_at as "endsAt"
    from password_reset where account_id = ${accountIdOf(actor)} and asked_at > ${new Date(now.getTime() - TOLD_DAYS * 86_400_000)}
    order by asked_at desc, reset_id desc limit 20`)
  return await Promise.all(
    rows.map(async row => ({
      resetId: row.resetId,
      unitName: row.unit === null ? null : ((await organisationOf(app, row.unit))?.name ?? row.unit),
      takesFactor: row.takesFactor,
      askedAt: row.askedAt,
      at: row.usedAt ?? row.closedAt ?? row.endsAt,
      state: stateOf(row, now),
    })),
  )
}

function stateOf({ confirmedAt, usedAt, closedAt, endsAt }: Row, now: Date): OwnResetState {
  if (usedAt) return 'used'
  if (closedAt) return 'stopped'
  if (endsAt <= now) return 'over'
  return confirmedAt ? 'confirmed' : 'asked'
}

/**
 * Stops a reset of one's own account, confirmed or not: its code opens nothing then. It asks for no fresh proof: it only keeps others out.
 * Refuses `reset.unknown` (404) where none waits, for somebody else's too, and `access.session-over` (401) where the confirmation has just ended
 * the session: a press that was under way does not outlive it.
 */
export async function stopOwnReset(app: App, actor: Actor, resetId: number): Promise<void> {
  const accountId = accountIdOf(actor)
  await change(app, actor, { deed: 'reset.stop', entity: actor.id, detail: { resetId } }, async made => {
    const { tx, at } = made
    const stopped = await tx.run(sql`update password_reset set closed_at = ${at}
      where account_id = ${accountId} and reset_id = ${resetId} and used_at is null and closed_at is null and ends_at > ${at}`)
    if (stopped === 0) throw new NotFound('reset.unknown')
    await requireSessionStill(made)
  })
}
