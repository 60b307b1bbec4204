import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { DisclosedRecord } from '../disclosure/model.ts'
import type { Procedure } from '../law/procedure-model.ts'
import type { Office, Turn } from '../law/procedure-words.ts'
import type { RunningClock } from '../legal-clock/model.ts'

/* The nouns of a case. No behaviour. */

declare const brand: unique symbol
export type CaseId = number & { readonly [brand]: 'case' }
export type CaseKey = { readonly subjectId: SubjectId; readonly caseId: CaseId }

/** What was filled in with an act: field → value as text; days `YYYY-MM-DD`. */
export type Filled = Readonly<Record<string, string>>

/** One act that was done. */
export type CaseEntry = {
  readonly entryNo: number
  readonly act: string
  readonly from: string | null
  readonly to: string
  readonly office: Office
  readonly actor: string
  readonly unit: string | null
  readonly at: Date
  readonly on: Day
  readonly edition: string
}

/** A clock of a case; `stoppedOn` null: it runs or is suspended. */
export type CaseClock = {
  readonly clock: string
  readonly runNo: number
  readonly duty: string
  readonly unit: string | null
  readonly runs: RunningClock
  readonly dueOn: Day | null
  readonly isSuspended: boolean
  readonly stoppedOn: Day | null
}

/** A case as it stands after its last entry. */
export type CaseFile = CaseKey & {
  readonly procedure: string
  readonly edition: string
  readonly number: string
  readonly about: string
  readonly aboutRef: string | null
  /** The unit in charge. */
  readonly unit: string
  /** The unit that opened it; null: the subject did. */
  readonly openedUnit: string | null
  readonly openedBy: string
  readonly openedAt: Date
  readonly openedOn: Day
  readonly state: string
  readonly turn: Turn
  readonly entryNo: number
  readonly parentId: number | null
  readonly closedAt: Date | null
}

/** A case with what decides about its next act. */
export type OpenedCase = {
  readonly file: CaseFile
  readonly procedure: Procedure
  readonly entries: readonly CaseEntry[]
  readonly clocks: readonly CaseClock[]
  /** Everything filled in so far, the latest of each field. */
  readonly filled: Filled
}

/** The record that a case is about, as its guards see it. */
export type RecordFacts = {
  /** In whose file it lies: the subject's, or that of one who was merged into it. */
  readonly subjectId: SubjectId
  readonly recordId: FactId
  readonly item: string
  readonly edition: string
  readonly authority: string
  readonly decidedOn: Day
  readonly content: Readonly<Record<string, string>>
  readonly effect: 'adverse' | 'favourable' | 'neutral'
  readonly state: string
  readonly contested: boolean
  /** As disclosure sees it; null where no law names its item any more. */
  readonly disclosed: DisclosedRecord | null
}

/** A paper that was uploaded and is handed in with an act. */
export type HandedPaper = { readonly paper: string; readonly paperId: number }
