import type { Day } from '../base/day.ts'
import type { Facts } from '../base/refusal.ts'
import type { Gravity } from '../law/disclosure-model.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import type { Law } from '../law/law.ts'
import type { Viewer } from '../law/masking-model.ts'
import type { SubjectKind } from '../law/model.ts'
import type { Breach } from './breach.ts'

/*
 * The words of disclosure: who asks, what is known of a record, what is answered. No behaviour.
 */

/** Why something is shown, hidden or ends: a code with its sentence in words/parts/disclosure.yaml, the article, the facts for the blanks. */
export type Reason = {
  readonly code: string
  /** `instrument#article`; null where the reason is a fact, not a rule. */
  readonly basis: string | null
  /** The regime that decided, where one did. */
  readonly regime?: string
  readonly facts: Facts
}

/** The part of the law in force that disclosure reads; any `Law` is one. A city's thresholds stand beside the national tables. */
export type DisclosureLaw = Pick<Law, 'regimes' | 'transition' | 'mirrors' | 'gravity' | 'cityGravity' | 'masking'>

/** What decides how long a record is shown. Days are legal days; amounts are yuan. */
export type PeriodFacts = {
  readonly subjectKind: SubjectKind
  /** The day of the act: decision, listing, registration. */
  readonly decidedOn: Day
  /** The last day of the act's own validity; null: none, or long-term. */
  readonly validUntil: Day | null
  /** The sender's 公示截止期: the last day shown. */
  readonly shownUntil: Day | null
  /** The day the entry was taken off its list, or the registration ended: from this day on it is not shown. */
  readonly removedOn: Day | null
  /** Kinds of penalty in the words of the code list, 其他-… included. Empty where the record is no penalty. */
  readonly penaltyKinds: readonly string[]
  readonly procedure: 'simple' | 'ordinary' | null
  /** The class that the sender or an officer of the deciding unit gave. */
  readonly gravity: Gravity | null
  readonly fineYuan: number | null
  /** The domains of the deciding authority (law/reports/domains.yaml). */
  readonly domains: readonly string[]
  /** What was promised was not kept, and a unit has found so. */
  readonly breach?: Breach | null
}

/**
 * The publication of a record. `from` and `until` are the first and the last day on which it is shown; `until: null` has no end yet.
 * `because` begins with the reason that governs. `waits`: kept, not published, until a person gives what is missing.
 */
export type Period =
  | { readonly shown: true; readonly from: Day; readonly until: Day | null; readonly because: readonly Reason[] }
  | { readonly shown: false; readonly because: readonly Reason[] }
  | { readonly shown: false; readonly waits: 'gravity' | 'mirror-end'; readonly because: readonly Reason[] }

/**
 * What has become of a record. `corrected`: a later version stands in its place. `removed`: taken off its list before its time. `suspended`:
 * publication or effect is stopped for a time (a court's order, a reorganisation plan).
 */
export const RECORD_STATES = ['standing', 'corrected', 'annulled', 'removed', 'repaired', 'suspended'] as const
export type RecordState = (typeof RECORD_STATES)[number]

/** What its subject has said beside a record (主体说明), and on which day. */
export type SubjectComment = { readonly text: string; readonly on: Day }

/** One version of a record, as disclosure sees it. */
export type DisclosedRecord = PeriodFacts & {
  readonly item: CatalogueItem
  /** Column code → value as kept. Absent, null and empty are the same. */
  readonly fields: Readonly<Record<string, string | null | undefined>>
  readonly state: RecordState
  /** An objection about it is open. */
  readonly contested: boolean
  readonly comment: SubjectComment | null
}

/**
 * To whom: anyone on the portal; anyone who draws the public report; the subject in its own account; the subject's special report;
 * an officer who checks before acting (逢办必查); an officer with the archive open; a receiver by the subject's authorisation.
 */
export const AUDIENCES = ['public', 'public-report', 'subject', 'special-report', 'officer', 'archive', 'receiver'] as const
export type Audience = (typeof AUDIENCES)[number]

export type DisclosureContext = {
  /** The legal day of the question. */
  readonly day: Day
  /** What an officer's look is registered with; `officer` and `archive` see nothing without it. */
  readonly purpose?: string | null
  /** The subject's authorisation, or the statute that stands in its place, is registered with the look: opens 授权查询 items to officers. */
  readonly authorised?: boolean
  /** Who looks, where the outlet knows it better than its audience: `archive` is another unit's officer unless it says more. */
  readonly viewer?: Viewer
  /** Items that the subject granted to the receiver; `receiver` sees nothing of any other. */
  readonly granted?: ReadonlySet<string>
  /** The special report's window, both days included. */
  readonly window?: { readonly from: Day; readonly to: Day }
}

/** The words of reports/model.ts for a record's state; every outlet gives each one shape. */
export type StateMark =
  | 'displayed'
  | 'in-force'
  | 'declared'
  | 'contested'
  | 'commented'
  | 'over'
  | Exclude<RecordState, 'standing'>

export type DisclosedField = { readonly code: string; readonly name: string; readonly value: string }

export type Disclosure =
  | {
      readonly shown: true
      readonly fields: readonly DisclosedField[]
      /** The first and the last day of its publication, or of its effect where it is not published; from its act on where it has neither. */
      readonly from: Day
      readonly until: Day | null
      readonly marks: readonly StateMark[]
      /** The subject's own words beside it, masked as free text is. */
      readonly comment: SubjectComment | null
      readonly because: readonly Reason[]
    }
  | { readonly shown: false; readonly waits?: 'gravity' | 'mirror-end'; readonly because: readonly Reason[] }
