import { type Actor, may } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { MandateId, SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { accountOf } from './choose-subject.ts'
import { recordEnd } from './record.ts'
import { isInForce, lastDayOf } from './rules.ts'
import { findMandate, lockMandates } from './store.ts'

/** The subject for which this actor manages agents. Throws `access.not-allowed`. */
export function requirePrincipal(actor: Actor): SubjectId {
  if (actor.subjectId === null || !may(actor, 'mandate.manage'))
    throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'mandate.manage' })
  return actor.subjectId
}

/**
 * Ends an agent's mandate at once (`lastDay` null), or shortens it to an earlier last day. The subject itself or its legal representative
 * may, for every agent of the subject; an agent may give up his own. Nobody ends by this what stands by office.
 *
 * Refuses `mandate.unknown`, `mandate.over`, `mandate.not-an-agent`, `mandate.until-past`, and `mandate.not-shorter`.
 */
export async function endMandate(
  app: App,
  actor: Actor,
  { subjectId, mandateId }: { readonly subjectId: SubjectId; readonly mandateId: MandateId },
  lastDay: Day | null,
): Promise<void> {
  const deed = lastDay === null ? 'mandate.end' : 'mandate.shorten'
  await change(app, actor, { deed, entity: `subject:${subjectId}`, detail: { of: mandateId, lastDay } }, async made => {
    await lockMandates(made.tx, subjectId)
    const mandate = await findMandate(made.tx, subjectId, mandateId)
    const isOwn = mandate !== undefined && mandate.accountId === accountOf(actor)
    const isPrincipal = actor.subjectId === subjectId && may(actor, 'mandate.manage')
    // Whoever may not is told what somebody hears who asks for one that does not exist.
    if (!mandate || !(isOwn || isPrincipal)) throw new NotFound('mandate.unknown')
    if (mandate.capacity !== 'agent') throw new Refusal('mandate.not-an-agent', 'civil-code#61', {}, 422)
    const last = lastDayOf(mandate, mandate.ends) as Day
    if (!isInForce(mandate, mandate.ends, made.at, made.today)) throw new Refusal('mandate.over')
    if (lastDay !== null && lastDay < made.today) throw new Refusal('mandate.until-past', null, { today: made.today }, 422)
    if (lastDay !== null && lastDay >= last) throw new Refusal('mandate.not-shorter', null, { last }, 422)
    await recordEnd(made, { subjectId, mandateId, lastDay, why: isPrincipal ? 'principal' : 'agent' })
  })
}
