import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'

/* The nouns of a measure. No behaviour. */

/** A measure is known by its case: a case begins one measure at most. */
export type MeasureKey = { readonly subjectId: SubjectId; readonly caseId: number }

/** With all of its seven parts: ground, statute, body, officer, served notice, end, remedy. None can be left out. */
export type NewMeasure = MeasureKey & {
  readonly number: string
  /** The row of the register. */
  readonly measure: string
  /** The list entry or effective decision on which it rests. */
  readonly recordId: FactId
  /** Articles in force on the day on which it begins. */
  readonly statutes: readonly string[]
  /** The unit that the statute names as its body. */
  readonly body: string
  /** The unit that asked for it. */
  readonly initiator: string
  /** Who answers for it, and who confirmed it: two persons. */
  readonly officer: string
  readonly confirmedBy: string
  readonly noticeId: number
  readonly servedOn: Day
  /** The last day on which the subject could state its case. */
  readonly answerUntil: Day
  readonly term: 'day' | 'event' | 'life'
  readonly untilDay: Day | null
  readonly untilEvent: string | null
  readonly reviewOn: Day
  readonly remedies: readonly string[]
}

/** Why a measure ended. */
export const ENDINGS = ['term-over', 'lift', 'annul', 'ground-gone'] as const
export type Ending = (typeof ENDINGS)[number]

/** What the officer at the window does with a measure in the matter before him; nothing is refused by the platform. */
export const ANSWERS = ['apply', 'hold', 'release'] as const
export type Answer = (typeof ANSWERS)[number]
