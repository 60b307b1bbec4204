import type { Day } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId } from '../base/id.ts'
import type { RecordState, SubjectComment } from '../disclosure/model.ts'

/** What is filed: sent by a unit, or answered by an officer. */
export type FiledKind = 'record' | 'correction' | 'annulment' | 'gravity'
/** What is told about a record since: by a case, and by its subject. */
export type ToldKind = 'standing' | 'standing-end' | 'comment' | 'comment-end'
export type FactKind = FiledKind | ToldKind

/** What a case can make of a record. */
export const STANDING_KINDS = ['contested', 'suspended', 'repaired', 'annulled', 'removed'] as const
export type StandingKind = (typeof STANDING_KINDS)[number]

/** What a fact says: column code → canonical value. Days `YYYY-MM-DD`, amounts yuan as decimal text, secrets `sealed:…`. */
export type Content = Readonly<Record<string, string>>

/** A text as bytes (UTF-8) in memory that it shares with others: thousands of them cost the collector nothing. */
export class TextSlice {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number

  constructor(bytes: Buffer, from: number, to: number) {
    this.bytes = bytes
    this.from = from
    this.to = to
  }

  toString(): string {
    return this.bytes.toString('utf8', this.from, this.to)
  }
}

/** A fact about to be appended. Ids are given; the salt, the commitment and the place in the ledger are made when it is filed. */
export type NewFact = {
  readonly factId: FactId
  readonly subjectId: SubjectId
  readonly decidedOn: Day
  readonly item: string
  /** The edition's first day, e.g. `2024-02-01`. */
  readonly edition: string
  /** Unit id of the deciding body. */
  readonly authority: string
  readonly kind: FactKind
  readonly replaces: FactId | null
  readonly receivedOn: Day
  readonly reportDueOn: Day | null
  readonly deliveryId: DeliveryId
  readonly rowNo: number
  /** Keyed digest of the row as sent, hex. */
  readonly rowHash: string
  /** How its subject was found: a word of `matching/evidence.ts`. */
  readonly matchedBy: string
  /** Canonical JSON of its Content. */
  readonly contentText: string | TextSlice
}

/** A fact as it is read back. */
export type Fact = {
  readonly subjectId: SubjectId
  readonly factId: FactId
  readonly decidedOn: Day
  readonly item: string
  readonly edition: string
  readonly authority: string
  readonly kind: FactKind
  readonly replaces: FactId | null
  readonly knownFrom: Date
  readonly receivedOn: Day
  readonly content: Content
}

/** A record as of a day: the last version known, how it stands, and its versions' ids, oldest first. */
export type ArchivedRecord = {
  readonly recordId: FactId
  readonly head: Fact
  readonly versions: readonly FactId[]
  readonly state: Exclude<RecordState, 'corrected'>
  /** Facts that were told about it since, oldest first: no versions of it. */
  readonly told: readonly FactId[]
  /** An objection about it is open. */
  readonly contested: boolean
  /** What cases make of it on that day, oldest first. */
  readonly standings: readonly Standing[]
  readonly comment: (SubjectComment & { readonly commentId: number }) | null
  /** The class a named officer gave a penalty, when neither table nor sender did. */
  readonly gravity: GivenGravity | null
}

/** What a case makes of a record since a day, and under which article. */
export type Standing = {
  readonly standingId: number
  readonly kind: StandingKind
  readonly caseId: number
  readonly from: Day
  readonly basis: string
}

/** An officer's answer is about one version; whether it holds for the last one too is for disclosure to say. */
export type GivenGravity = { readonly gravity: string; readonly on: Fact }
