import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { basisOf, instrumentInForce, noticeOn } from '../law/law.ts'
import { beginMeasure, endMeasure } from '../measures/commands.ts'
import { ENDINGS, type Ending } from '../measures/model.ts'
import { servedLetter } from './beside.ts'
import type { Effect, EffectGround } from './effects.ts'
import { recordFacts } from './facts.ts'
import { endOf, measureOf, readMeasureRef } from './measure-case.ts'
import { clocksOf, entriesOf, lockCase } from './store.ts'

/*
 * A measure begins with all of its seven parts or not at all, and ends in the transaction of the act that ends it. Nothing here restricts anybody: it
 * prompts the officers of its body (src/checks), and one of them answers by name.
 */

const INTENTION = 'measure-intention'
const DECISION = 'measure-notice'

const begins: Effect = async (app, made, ground) => {
  const { key, aboutRef, filled, unit, number } = ground
  const ref = readMeasureRef(aboutRef)
  const measure = measureOf(app.law, aboutRef)
  const record = ref && (await recordFacts(app, made.tx, { subjectId: key.subjectId, recordId: ref.recordId, today: made.today }))
  const end = measure && record ? endOf(app.law, measure, record, filled) : null
  if (!measure || !ref || !end) throw new NotFound('measure.unknown')
  const letter = await servedLetter(made.tx, key, INTENTION)
  const { answerUntil, reviewOn } = await daysOf(made, key)
  if (!letter || !answerUntil || !reviewOn) throw new Refusal('list.notice-not-served', measure.statutes[0] ?? null)
  await beginMeasure(made, {
    ...{ ...key, number, measure: measure.id, recordId: ref.recordId, body: unit, ...letter, answerUntil, reviewOn },
    statutes: measure.statutes.filter(one => isInForce(app, one, made.today)),
    initiator: (await lockCase(made.tx, key)).openedUnit ?? unit,
    officer: await officerOf(made, ground),
    confirmedBy: made.actor.id,
    term: end.kind,
    untilDay: end.on,
    untilEvent: end.kind === 'event' ? end.event : null,
    remedies: (noticeOn(app.law, DECISION, made.today)?.remedies ?? []).map(one => one.remedy),
  })
}

type Key = EffectGround['key']

/** The last day on which the subject could state its case, and the day by which the measure is looked at again. */
async function daysOf(made: Change, key: Key): Promise<{ answerUntil: Day | null; reviewOn: Day | null }> {
  const clocks = await clocksOf(made.tx, key)
  return {
    answerUntil: clocks.findLast(one => one.clock === 'statement')?.dueOn ?? null,
    reviewOn: clocks.find(one => one.clock === 'review' && one.stoppedOn === null)?.dueOn ?? null,
  }
}

/** Who decided what another person confirms. */
async function officerOf(made: Change, { key, act }: EffectGround): Promise<string> {
  const entries = await entriesOf(made.tx, key)
  return entries.findLast(entry => entry.act === act.confirms)?.actor ?? ''
}

function isInForce({ law }: Pick<App, 'law'>, statute: string, today: Day): boolean {
  const read = basisOf(law, statute)
  return read !== undefined && read !== null && instrumentInForce(read.instrument, today)
}

const isEnding = (act: string): act is Ending => (ENDINGS as readonly string[]).includes(act)

const ends: Effect = async (_, made, { key, act }) => {
  if (!isEnding(act.act)) throw new RangeError(`${act.act} says of no measure why it ended`)
  await endMeasure(made, key, act.act)
}

export const MEASURE_EFFECTS = {
  'begin-measure': begins,
  'end-measure': ends,
} as const satisfies Record<string, Effect>
