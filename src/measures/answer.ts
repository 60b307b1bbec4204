import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { keptReason, requireReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { keptIfTyped } from '../validation/typed-text.ts'
import type { Answer, MeasureKey } from './model.ts'
import { sealReason } from './reason.ts'
import type { AnswerView } from './shapes.ts'
import { type ForAnswer, findForAnswer, insertAnswer } from './store.ts'

export type Answering = {
  readonly answer: Answer
  readonly reason: string
  readonly purpose: string
  readonly businessNo: string
}

/**
 * A named officer of the measure's body says what it does to the matter before him: applied; held, with the reason; not applied here, with the reason.
 * What was held is applied or released later; what was applied or released is answered for good. The platform refuses nobody anything (M218, M229, SG11).
 *
 * Refuses `measure.unknown` (also of another body's), `measure.not-in-force` (but to release what was held before it ended), `measure.reason-missing`,
 * `measure.answered-before`, `text.prohibited`, `look.purpose-missing`.
 */
export async function answerMeasure(app: App, actor: Actor, key: MeasureKey, given: Answering): Promise<AnswerView> {
  const { purpose, businessNo } = keptReason(app, requireReason(given), app.now())
  const { answer } = given
  const answerId = await app.ids.next()
  const deed = { deed: 'measure.answer', entity: `case:${key.caseId}`, detail: { subjectId: key.subjectId, answer, answerId } }
  return await change(app, actor, deed, async made => {
    const found = await findForAnswer(made, key, { unit: actor.unit ?? '', businessNo })
    // Of another body's measure it is not even said that it is there.
    if (!found || found.body !== actor.unit) throw new NotFound('measure.unknown')
    const reason = keptIfTyped(app.law, given.reason, made.today)
    requireAnswerable(found, { answer, reason, businessNo })
    const sealed = reason === '' ? null : sealReason(app, answerId, reason)
    const isFirst = await insertAnswer(made, key, {
      ...{ answerId, round: found.rounds + 1, unit: found.body, purpose, businessNo, answer, sealed },
    })
    // Of two officers who answer at once the second is told.
    if (!isFirst) throw new Refusal('measure.answered-before', found.statutes[0] ?? null, { businessNo })
    return {
      ...{ answerId, answer, unit: found.body, unitName: nameOf(app, found.body), officer: actor.name, purpose, businessNo },
      ...{ reason: reason === '' ? null : reason, at: made.at.toISOString() },
    }
  })
}

type Given = { readonly answer: Answer; readonly reason: string; readonly businessNo: string }

function requireAnswerable({ statutes, last, isInForce, number }: ForAnswer, { answer, reason, businessNo }: Given): void {
  const basis = statutes[0] ?? null
  const isHeld = last === 'hold'
  if (last !== null && !(isHeld && answer !== 'hold')) throw new Refusal('measure.answered-before', basis, { businessNo })
  if (!isInForce && !(isHeld && answer === 'release')) throw new Refusal('measure.not-in-force', basis, { number })
  if (answer !== 'apply' && reason === '') throw new Refusal('measure.reason-missing', basis)
}

const nameOf = ({ law }: App, unit: string): string => law.units.get(unit)?.name ?? unit
