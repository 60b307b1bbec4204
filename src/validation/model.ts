import type { Day } from '../base/day.ts'
import type { Facts } from '../base/refusal.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { PersonDocumentKind } from '../subject/person-document.ts'

/** What is wrong with a row, or what its sender should look at although it is taken: the place, the code, the rule. No personal value stands in `facts`. */
export type Fault = {
  /** 0-based column of the file as sent; null: the row as a whole. */
  readonly column: number | null
  readonly columnName: string | null
  readonly code: string
  readonly basis: string | null
  readonly facts: Facts
}

/** Whose the row says it is. */
export type Counterpart = {
  readonly name: string
  readonly nameKey: string
  readonly kind: SubjectKind
  /** Checked; absent where the row gives none (or a placeholder that is allowed). */
  readonly uscc?: string | undefined
  readonly organisationCode?: string | undefined
  readonly registrationNumber?: string | undefined
  readonly taxNumber?: string | undefined
  readonly institutionNumber?: string | undefined
  /** A person's document: kind of identifier, blind index in hex, and the sealed number. */
  readonly document?: { readonly kind: PersonDocumentKind; readonly blind: string; readonly sealed: Buffer }
}

export type Operation = 'report' | 'annul'

/** A row that met the catalogue. */
export type CheckedRow = {
  readonly rowNo: number
  /** Keyed digest of the row as sent, hex. */
  readonly rowHash: string
  readonly counterpart: Counterpart
  readonly decidedOn: Day
  readonly authority: string
  /** Normalised. */
  readonly documentNumber: string
  readonly operation: Operation
  readonly reportDueOn: Day | null
  /** The edition of the item in force on the day of the act. */
  readonly edition: string
  /** What the sender is told although the row is taken; null for nearly every row. */
  readonly warnings: readonly Fault[] | null
}

export type RefusedRow = { readonly rowNo: number; readonly faults: readonly Fault[] }

/** A row as disclosure asks about it. */
export type SentVersion = {
  readonly content: Readonly<Record<string, string>>
  readonly decidedOn: Day
  readonly authority: string
}

/** Why a record waits for its sender: the rule, and facts for the sentence. */
export type EndReason = { readonly basis: string | null; readonly facts: Facts }

/** What a row says, apart from the row: it is long, and soon bytes. */
export type KeptContent = {
  /** Canonical JSON of the content: column code → canonical value. */
  readonly contentText: string
  /** The same with blind indexes for sealed values and texts as they were sent: what versions are compared by. Kept nowhere. */
  readonly comparedText: string
  /** Codes of the columns in which an ID number was masked; nearly always none. */
  readonly masked: readonly string[]
}
