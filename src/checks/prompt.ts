import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { keptReason, type LookReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import type { Law } from '../law/law.ts'
import type { Answer } from '../measures/model.ts'
import type { Words } from '../words/words.ts'
import type { PromptView } from './contract.ts'
import { statutesOf } from './notice.ts'

/*
 * A measure as a prompt (principle 5, M218): to the officers of the body that its statute names and to nobody else, with the statute, the end and the number
 * of its case. One of them answers by name; the check refuses nobody anything.
 */

export type Prompt = z.infer<typeof PromptView>

/** Whose prompts a check reads: those of the unit that asks, as answered in the matter that it asks for. */
export type PromptScope = { readonly unit: string; readonly businessNo: string; readonly today: Day }

export function promptScope(app: App, actor: Actor, reason: LookReason): PromptScope {
  const now = app.now()
  return { unit: actor.unit ?? '', businessNo: keptReason(app, reason, now).businessNo, today: legalDay(now, app.city.zone) }
}

/** A measure in force as the statement of a check gives it. */
export type PromptRow = {
  readonly caseId: number
  readonly number: string
  readonly measure: string
  readonly body: string
  readonly initiator: string
  readonly recordId: number
  readonly statutes: string[]
  readonly fromDay: Day
  readonly term: 'day' | 'event' | 'life'
  readonly untilDay: Day | null
  readonly untilEvent: string | null
  readonly reviewOn: Day
  readonly answered: Answer | null
}

type Book = { readonly law: Law; readonly words: Pick<Words, 'say'> }

export function promptOf({ law, words }: Book, subjectId: SubjectId, row: PromptRow, today: Day): Prompt {
  const nameOf = (unit: string): string => law.units.get(unit)?.name ?? unit
  const { caseId, number, measure, body, initiator, recordId, fromDay, untilDay, untilEvent, reviewOn, answered } = row
  return {
    ...{ subjectId, caseId, number, measure, body, initiator, recordId, fromDay, untilDay, reviewOn, answered },
    name: law.measures.get(measure)?.name ?? measure,
    bodyName: nameOf(body),
    initiatorName: nameOf(initiator),
    until: row.term === 'life' ? words.say('measure.life') : (untilEvent ?? untilDay ?? ''),
    statutes: statutesOf(law, row.statutes, today),
  }
}
