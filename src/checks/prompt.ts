import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { actorNames } from '../access/actor-name.ts'
import { keptReason, type LookReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import type { Answer } from '../measures/model.ts'
import { openReason } from '../measures/reason.ts'
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
  /** Who answers for it. */
  readonly officer: string
  /** What the unit answered last in this matter. */
  readonly last: LastAnswer | null
}

type LastAnswer = {
  readonly answerId: number
  readonly answer: Answer
  readonly actor: string
  /** Hexadecimal; null: no reason was given. */
  readonly sealed: string | null
  readonly at: string
}

/** Names of those who answer for measures and of those who answered at the window, by the actor's id. */
export type PromptNames = ReadonlyMap<string, string | null>

/** Asks for names where somebody is prompted, and for nothing where nobody is. */
export async function promptNames(app: App, rows: readonly { readonly prompts: PromptRow[] | null }[]): Promise<PromptNames> {
  const ids = rows.flatMap(row => row.prompts ?? []).flatMap(one => [one.officer, ...(one.last ? [one.last.actor] : [])])
  return ids.length === 0 ? new Map() : await actorNames(app.db, ids)
}

type Book = Pick<App, 'law' | 'words' | 'keys'>

export function promptOf(
  book: Book,
  subjectId: SubjectId,
  row: PromptRow,
  { today, names }: { readonly today: Day; readonly names: PromptNames },
): Prompt {
  const { law, words } = book
  const nameOf = (unit: string): string => law.units.get(unit)?.name ?? unit
  const { caseId, number, measure, body, initiator, recordId, fromDay, untilDay, untilEvent, reviewOn, last } = row
  return {
    ...{ subjectId, caseId, number, measure, body, initiator, recordId, fromDay, untilDay, reviewOn },
    name: law.measures.get(measure)?.name ?? measure,
    bodyName: nameOf(body),
    initiatorName: nameOf(initiator),
    until: row.term === 'life' ? words.say('measure.life') : (untilEvent ?? untilDay ?? ''),
    officer: names.get(row.officer) ?? null,
    statutes: statutesOf(law, row.statutes, today),
    answered: last?.answer ?? null,
    said: last && saidOf(book, last, names),
  }
}

function saidOf(book: Book, { answerId, answer, actor, sealed, at }: LastAnswer, names: PromptNames): Prompt['said'] {
  const reason = sealed === null ? null : openReason(book, answerId, Buffer.from(sealed, 'hex'))
  return { answer, officer: names.get(actor) ?? null, reason, at: new Date(at).toISOString() }
}
