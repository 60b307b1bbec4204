import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { dayText } from '../law/notice-term.ts'
import type { ProcedureAct } from '../law/procedure-model.ts'
import type { NoticeFact } from '../notices/model.ts'
import { endOf, measureOf } from './measure-case.ts'
import type { CaseClock, Filled, RecordFacts } from './model.ts'

/*
 * What letters about a measure say out of the register of measures and the case: its name and articles, the decision, the end, the review, the way
 * out. Nobody types them, so that none is left out and none goes beyond the statute.
 */

export type MeasureLetter = {
  readonly aboutRef: string | null
  readonly record: RecordFacts | null
  /** The record as a letter names it. */
  readonly title: string | undefined
  readonly filled: Filled
  readonly clocks: readonly CaseClock[]
  readonly act: Pick<ProcedureAct, 'act' | 'basis'>
  readonly today: Day
}

/** The facts of a letter by blank. */
export function measureFacts(app: Pick<App, 'law' | 'words'>, letter: MeasureLetter): Record<string, NoticeFact | undefined> {
  const { law, words } = app
  const { record, act, today } = letter
  const measure = measureOf(law, letter.aboutRef)
  if (!measure) return {}
  const review = letter.clocks.find(one => one.clock === 'review' && one.stoppedOn === null)?.dueOn
  const ending = `measure.ending-${act.act}`
  return {
    measure: measure.name,
    decision:
      letter.title && record
        ? words.say('measure.decision', { record: letter.title, day: dayText(record.decidedOn) })
        : undefined,
    rules: [...new Set([...measure.statutes, ...act.basis])],
    'from-day': today,
    until: record ? untilText(app, letter, record) : undefined,
    review: review ?? undefined,
    exit: words.say('measure.exit'),
    ending: words.has(ending) ? words.say(ending) : undefined,
  }
}

function untilText({ law, words }: Pick<App, 'law' | 'words'>, { aboutRef, filled }: MeasureLetter, record: RecordFacts) {
  const measure = measureOf(law, aboutRef)
  const end = measure && endOf(law, measure, record, filled)
  if (!end) return undefined
  if (end.kind === 'life') return words.say('measure.life')
  if (end.kind === 'day') return dayText(end.on)
  return end.on === null ? end.event : words.say('measure.event-by', { event: end.event, day: dayText(end.on) })
}
