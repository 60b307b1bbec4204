import { type Actor, isProgram, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { keptReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { How, NoticeKey, NoticeKind } from './model.ts'
import { type Confirmable, countOpenOfCase, findCaseOf, findNotice, lockCase, recordConfirmation } from './store.ts'

/**
 * A receiver says what became of its copies. People of the unit confirm for the unit and for its programs, a program for what it fetched
 * itself. When the last receiver of a case has confirmed, a task tells the case.
 *
 * Refuses `correction.unknown` (no such notice to this receiver), `correction.nothing-asked` (it was only told), `correction.confirmed-before`.
 */
export async function confirmCorrection(app: App, actor: Actor, key: NoticeKey, how: How): Promise<Date> {
  const unit = requireUnit(actor)
  const deed = {
    deed: 'receiver-notice.confirm',
    entity: `subject:${key.subjectId}`,
    detail: { noticeId: key.noticeId, receiver: unit, how },
  }
  return await change(app, actor, deed, async made => {
    const notice = await findNotice(made.tx, key)
    if (notice?.receiver !== unit || !confirmsFor(actor, notice)) throw new NotFound('correction.unknown')
    if (notice.kind === 'corrected') throw new Refusal('correction.nothing-asked', null)
    const caseId = notice.correctionId === null ? null : await findCaseOf(made.tx, key.subjectId, notice.correctionId)
    if (caseId !== null) await lockCase(made.tx, caseId)
    if (!(await recordConfirmation(made.tx, key, { at: made.at, actor: actor.id, actId: made.actId, how })))
      throw new Refusal('correction.confirmed-before', null)
    const open = caseId === null ? null : await countOpenOfCase(made.tx, key.subjectId, caseId)
    if (caseId !== null && open === 0)
      await app.queue.enqueue(made.tx, 'corrections-confirmed', { subjectId: key.subjectId, caseId })
    return made.at
  })
}

/** What a program fetched itself, and copies that its unit was let have; for people, everything of their unit. */
export function confirmsFor(actor: Actor, { kind, program }: Pick<Confirmable, 'kind' | 'program'>): boolean {
  return !isProgram(actor) || kind === 'delete-copies' || program === actor.id
}

/** The same inside a change of another: `unknown` where there is no such notice to this receiver, `before` where it has been confirmed. */
export async function confirmNotice(
  { tx, at, actor, actId }: Change,
  key: NoticeKey,
  { receiver, kind, how }: { readonly receiver: string; readonly kind: NoticeKind; readonly how: How },
): Promise<'done' | 'unknown' | 'before'> {
  const notice = await findNotice(tx, key)
  if (notice?.receiver !== receiver || notice.kind !== kind) return 'unknown'
  return (await recordConfirmation(tx, key, { at, actor: actor.id, actId, how })) ? 'done' : 'before'
}

/**
 * A unit closes its business of this number: what it was shown under the number until now is used no more, so that nobody asks about it when
 * it is corrected later. Shown again under the number, it is in use again. Refuses `correction.business-number-missing`.
 */
export async function closeBusiness(app: App, actor: Actor, typed: string): Promise<{ businessNo: string; closedAt: Date }> {
  const unit = requireUnit(actor)
  const at = app.now()
  const businessNo = keptReason(app, { businessNo: typed.trim() }, at).businessNo
  if (businessNo === '') throw new Refusal('correction.business-number-missing', null, {}, 422)
  return await change(app, actor, { deed: 'business.close', entity: `unit:${unit}` }, async made => {
    await made.tx.run(sql`insert into business_end (unit, business_no, at, actor, act_id)
      values (${unit}, ${businessNo}, ${made.at}, ${actor.id}, ${made.actId})`)
    return { businessNo, closedAt: made.at }
  })
}

/** The unit for which this actor confirms; a subject's account stands for none. */
export function requireUnit(actor: Actor): string {
  if (!may(actor, 'receiver.confirm') || actor.unit === null || actor.subjectId !== null)
    throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'receiver.confirm' })
  return actor.unit
}
