import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import type { DeletionGround, RightKind } from '../law/access-model.ts'

export const STEPS = ['lodged', 'extended', 'routed', 'proposed', 'returned', 'granted', 'refused', 'withdrawn'] as const
export type Step = (typeof STEPS)[number]

/** What a request stands at: `proposed` is a deletion that another officer still has to confirm. */
export type RequestState = 'open' | 'proposed' | 'granted' | 'refused' | 'withdrawn'

export type RequestKey = { readonly subjectId: SubjectId; readonly requestId: number }

export type RightsEntry = {
  readonly entryNo: number
  readonly step: Step
  readonly actor: string
  readonly unit: string | null
  readonly at: Date
  /** Working days that an extension adds. */
  readonly days: number | null
  readonly ground: DeletionGround | null
  readonly recordIds: readonly number[]
}

export type RightsRequest = RequestKey & {
  readonly number: string
  readonly kind: RightKind
  readonly askedBy: string
  readonly askedAt: Date
  readonly askedOn: Day
  readonly workingDays: number
  readonly factId: number | null
  readonly lookReceipt: string | null
  /** The unit that is to answer; null: the officer for personal information or the credit office. */
  readonly unit: string | null
  readonly closedAt: Date | null
  readonly entries: readonly RightsEntry[]
}

/** What is written with a step: kept sealed. */
export type RightsText = {
  readonly text: string
  /** Of a correction: what is wrong, and what it should be. */
  readonly field?: string | undefined
  readonly shouldBe?: string | undefined
}
