import { type Actor, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { requireFresh } from '../access/fresh.ts'
import { keptReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { sql, type Tx } from '../db/database.ts'
import type { DelayGround } from '../law/oversight-model.ts'
import { keptTyped } from '../validation/typed-text.ts'

/*
 * A subject sees who looked. Where telling it now would hinder an investigation, it is told later: by a ground of the law, for a named business
 * number, until a day, approved by another person. Nothing of the look itself changes, and it shows by itself on the day after the last
 * (principle 8; 个人信息保护法 18, 35).
 */

export type DelayWish = {
  readonly businessNo: string
  readonly ground: DelayGround
  readonly reason: string
  /** The last day on which the subject is not told. */
  readonly until: Day
}

/**
 * Asks for a delay of looks by the actor's own unit under one business number; its id. Refuses `look-delay.unit-missing`,
 * `look-delay.number-missing`, `look-delay.over` (an end that has passed), `look-delay.too-long`, and what a text refuses.
 */
export async function askDelay(app: App, actor: Actor, wish: DelayWish): Promise<number> {
  const { oversight } = app.law
  if (actor.unit === null || !oversight) throw new Refusal('look-delay.unit-missing', null, {}, 422)
  const at = app.now()
  const today = legalDay(at, app.city.zone)
  const businessNo = keptReason(app, { businessNo: wish.businessNo.trim() }, at).businessNo
  if (businessNo === '') throw new Refusal('look-delay.number-missing', null, {}, 422)
  if (wish.until < today) throw new Refusal('look-delay.over', null, {}, 422)
  const { longestDays, basis } = oversight.delay
  if (wish.until > addDays(today, longestDays))
    throw new Refusal('look-delay.too-long', basis[0] ?? null, { days: longestDays }, 422)
  const reason = keptTyped(app.law, wish.reason, today)
  const delayId = await app.ids.next()
  const detail = { delayId, ground: wish.ground, until: wish.until }
  await change(app, actor, { deed: 'look-delay.ask', entity: `unit:${actor.unit}`, detail }, made =>
    made.tx.run(sql`insert into look_delay (delay_id, unit, business_no, ground, reason, until, asked_by, asked_at, act_id)
      values (${delayId}, ${actor.unit}, ${businessNo}, ${wish.ground}, ${reason}, ${wish.until}, ${actor.id}, ${made.at}, ${made.actId})`),
  )
  return delayId
}

/**
 * Approves or refuses a delay. Refuses `access.not-fresh` to a sitting of long ago, `look-delay.own` to whoever asked, `look-delay.withdrawn`
 * where whoever asked took it back, `look-delay.decided` where somebody has decided already, and `look-delay.over` once its last day has passed.
 */
export async function decideDelay(
  app: App,
  actor: Actor,
  delayId: number,
  { approved, reason }: { readonly approved: boolean; readonly reason: string },
): Promise<void> {
  requireFresh(app, actor)
  const text = keptTyped(app.law, reason, legalDay(app.now(), app.city.zone))
  const deed = approved ? 'look-delay.approve' : 'look-delay.refuse'
  await change(app, actor, { deed, entity: `look-delay:${delayId}` }, async made => {
    const delay = await holdDelay(made.tx, delayId)
    if (!delay) throw new NotFound('look-delay.unknown')
    if (delay.askedBy === actor.id) throw new Refusal('look-delay.own')
    requireUndecided(delay)
    if (delay.until < made.today) throw new Refusal('look-delay.over', null, {}, 409)
    await made.tx.run(sql`insert into look_delay_decision (delay_id, approved, reason, actor, at, act_id)
      values (${delayId}, ${approved}, ${text}, ${actor.id}, ${made.at}, ${made.actId})`)
  })
}

/**
 * Takes a delay back that nobody has decided: by whoever asked for it, for which it is nobody else's (`look-delay.unknown`). Refuses
 * `look-delay.withdrawn` and `look-delay.decided`.
 */
export async function withdrawDelay(app: App, actor: Actor, delayId: number, reason: string): Promise<void> {
  const text = keptTyped(app.law, reason, legalDay(app.now(), app.city.zone))
  await change(app, actor, { deed: 'look-delay.withdraw', entity: `look-delay:${delayId}` }, async made => {
    const delay = await holdDelay(made.tx, delayId)
    if (delay?.askedBy !== actor.id) throw new NotFound('look-delay.unknown')
    requireUndecided(delay)
    await appendEnd(made, delayId, text)
  })
}

/**
 * Ends a delay that stands before its last day: by its unit, or by whoever may approve one. Refuses `look-delay.ended`, and
 * `look-delay.not-standing` for one that was never approved or whose last day has passed.
 */
export async function endDelay(app: App, actor: Actor, delayId: number, reason: string): Promise<void> {
  const text = keptTyped(app.law, reason, legalDay(app.now(), app.city.zone))
  await change(app, actor, { deed: 'look-delay.end', entity: `look-delay:${delayId}` }, async made => {
    const delay = await holdDelay(made.tx, delayId)
    if (!delay || (delay.unit !== actor.unit && !may(actor, 'look.delay-approve'))) throw new NotFound('look-delay.unknown')
    if (delay.approved !== true || delay.until < made.today) throw new Refusal('look-delay.not-standing')
    if (delay.isEnded) throw new Refusal('look-delay.ended')
    await appendEnd(made, delayId, text)
  })
}

type Held = { unit: string; askedBy: string; until: Day; approved: boolean | null; isEnded: boolean }

/** A delay as it stands, held until the change ends: of two who decide, withdraw or end it at once the second finds what the first did. */
async function holdDelay(tx: Tx, delayId: number): Promise<Held | undefined> {
  // Class 735 of advisory locks: nobody may update the row, so nobody can lock it.
  await tx.run(sql`select pg_advisory_xact_lock(735, (${delayId}::bigint % 2147483647)::integer)`)
  return await tx.row<Held>(sql`select d.unit, d.asked_by as "askedBy", d.until, c.approved, e.delay_id is not null as "isEnded"
    from look_delay d left join look_delay_decision c using (delay_id) left join look_delay_end e using (delay_id) where d.delay_id = ${delayId}`)
}

function requireUndecided({ approved, isEnded }: Held): void {
  if (approved !== null) throw new Refusal('look-delay.decided')
  if (isEnded) throw new Refusal('look-delay.withdrawn')
}

async function appendEnd({ tx, actor, at, actId }: Change, delayId: number, reason: string): Promise<void> {
  await tx.run(sql`insert into look_delay_end (delay_id, reason, actor, at, act_id)
    values (${delayId}, ${reason}, ${actor.id}, ${at}, ${actId})`)
}

export type DelayRow = {
  delayId: number
  unit: string
  businessNo: string
  ground: DelayGround
  reason: string
  until: Day
  askedBy: string
  askedAt: Date
  approved: boolean | null
  decidedBy: string | null
  decidedAt: Date | null
  decision: string | null
  endedBy: string | null
  endedAt: Date | null
  endReason: string | null
}

/** Delays, latest first: all of them to whoever approves or audits, otherwise the own unit's; `open`: those that wait for a decision. */
export async function listDelays(
  app: App,
  actor: Actor,
  { open, before, limit }: { readonly open?: boolean | undefined; readonly before?: number | undefined; readonly limit: number },
): Promise<DelayRow[]> {
  const seesAll = may(actor, 'look.delay-approve') || may(actor, 'look.audit')
  if (!seesAll && actor.unit === null) throw new NotAllowed('access.not-allowed')
  return await app.db.rows<DelayRow>({
    text: `select d.delay_id as "delayId", d.unit, d.business_no as "businessNo", d.ground, d.reason, d.until, d.asked_by as "askedBy", d.asked_at as "askedAt",
        c.approved, c.actor as "decidedBy", c.at as "decidedAt", c.reason as decision,
        e.actor as "endedBy", e.at as "endedAt", e.reason as "endReason"
      from look_delay d left join look_delay_decision c using (delay_id) left join look_delay_end e using (delay_id)
      where ($1::text is null or d.unit = $1) and d.delay_id < $2 and (not $4 or (c.delay_id is null and e.delay_id is null and d.until >= $5)) order by d.delay_id desc limit $3`,
    values: [
      ...[seesAll ? null : actor.unit, before ?? Number.MAX_SAFE_INTEGER, limit],
      ...[open ?? false, legalDay(app.now(), app.city.zone)],
    ],
  })
}
