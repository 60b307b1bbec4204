import type { FactId, SubjectId } from '../base/id.ts'
import type { Facts } from '../base/refusal.ts'
import type { Candidate, WaitReason } from '../matching/model.ts'
import type { Fault, Operation } from '../validation/model.ts'

/* What becomes of a row whose subject is known, given what stands under its document number. Pure. */

/** A record under a number: what the key table says, or what an earlier row of the same chunk made of it. */
export type KeyState = {
  readonly slot: number
  readonly subjectId: SubjectId
  readonly recordId: FactId
  headId: FactId
  contentMac: string
  annulled: boolean
  /** Claimed by this chunk and not filled yet. */
  fresh: boolean
  /** Filed by a case of this platform, which alone may change it; the refusal of a sender who tries. */
  bound?: Bound
}

export type Bound = { readonly code: string; readonly basis: string | null; readonly facts: Facts }

export type RowFate =
  | { readonly outcome: 'filed' }
  | { readonly outcome: 'duplicate'; readonly of: KeyState | null }
  | { readonly outcome: 'corrected'; readonly of: KeyState }
  | { readonly outcome: 'annulled'; readonly of: KeyState }
  | ({ readonly outcome: 'refused'; readonly code: string } & Partial<Bound>)
  | { readonly outcome: 'waiting'; readonly reason: WaitReason }

/**
 * `standing`: all records under the row's number. The row's own subject decides which one is meant; another counterpart under the same
 * number waits for a person; an earlier version sent again must not undo a correction.
 */
export function decideFate(
  subjectId: SubjectId,
  operation: Operation,
  contentMac: string,
  standing: readonly KeyState[],
  wasSuperseded: (mac: string) => boolean,
): RowFate {
  const own = standing.find(state => state.subjectId === subjectId)
  if (!own) {
    if (operation === 'annul') return { outcome: 'refused', code: 'record.nothing-to-annul' }
    return standing.length === 0 ? { outcome: 'filed' } : { outcome: 'waiting', reason: 'match.number-of-another' }
  }
  if (own.fresh) return operation === 'annul' ? { outcome: 'refused', code: 'record.nothing-to-annul' } : { outcome: 'filed' }
  if (operation === 'annul' && own.annulled) return { outcome: 'duplicate', of: own }
  if (operation !== 'annul' && own.contentMac === contentMac) return { outcome: 'duplicate', of: own }
  if (own.bound) return { outcome: 'refused', ...own.bound }
  if (operation === 'annul') return { outcome: 'annulled', of: own }
  // An annulled document is not brought back by sending it again; whoever means a new decision has a new number.
  if (own.annulled) return { outcome: 'refused', code: 'record.annulled-before' }
  if (wasSuperseded(contentMac)) return { outcome: 'waiting', reason: 'record.equals-superseded' }
  return { outcome: 'corrected', of: own }
}

/** What its sender reads of a row that was refused for what stands under its number. */
export function faultOf({ code, basis = null, facts = {} }: Partial<Bound> & Pick<Bound, 'code'>): Fault {
  return { column: null, columnName: null, code, basis, facts }
}

/** Under a number that another has: the subject whose code the row gives, then everybody who stands under the number. */
export function candidatesUnder(own: SubjectId, states: readonly KeyState[]): Candidate[] {
  const others = states
    .filter(state => state.subjectId !== own)
    .map(state => ({ subjectId: state.subjectId, because: ['evidence.number-equal'] }))
  return [{ subjectId: own, because: ['evidence.code-equal'] }, ...others]
}
