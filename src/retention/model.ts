import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'

/** What can go: a fact's content, a content that was frozen before, rows as sent, a waiting row, looks of one read, a request's texts, a report's file. */
export const ENDED_KINDS = [
  'fact',
  'frozen-fact',
  'kept-rows',
  'waiting-row',
  'look-batch',
  'rights-text',
  'report-file',
] as const
export type EndedKind = (typeof ENDED_KINDS)[number]

export type EndAction = 'delete' | 'freeze'

/** Subject of what is about nobody in particular, so that every receipt has a place among subjects. */
export const NOBODY = 0 as SubjectId

/** One content that goes. */
export type Ending = {
  readonly subjectId: SubjectId
  readonly kind: EndedKind
  /** Id of the fact, delivery, waiting row, batch of looks, request or report. */
  readonly ref: number
  /** The chunk of a delivery; 0 otherwise. */
  readonly part: number
  /** The first day on which it may go. */
  readonly dueOn: Day
}

/** What stays of it. */
export type Receipt = Ending & { readonly action: EndAction; readonly at: Date; readonly certificateId: number }
