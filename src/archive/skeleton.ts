import { leafDigits } from '../ledger/commitment.ts'

/** The columns of `fact` that its leaf covers. */
export type Skeleton = {
  readonly subjectId: number
  readonly decidedOn: string
  readonly factId: number
  readonly item: string
  readonly edition: string
  readonly authority: string
  readonly kind: string
  readonly replaces: number | null
  /** ISO instant in UTC with milliseconds. */
  readonly knownFrom: string
  readonly receivedOn: string
  readonly reportDueOn: string | null
  readonly deliveryId: number
  readonly rowNo: number
  readonly rowHash: string
  readonly matchedBy: string
  /** Hex. */
  readonly commitment: string
}

/**
 * The canonical text (RFC 8785) of a skeleton. Written out by hand because a million of them are made in one delivery: all values are
 * numbers or texts without anything to escape, the keys stand in their order. A test holds it equal to `canonicalJson`.
 */
export function skeletonText(s: Omit<Skeleton, 'knownFrom' | 'commitment'>, knownFrom: string, commitment: string): string {
  return `{"authority":"${s.authority}","commitment":"${commitment}","decidedOn":"${s.decidedOn}","deliveryId":${s.deliveryId},"edition":"${s.edition}","factId":${s.factId},"item":"${s.item}","kind":"${s.kind}","knownFrom":"${knownFrom}","leaf":"fact","matchedBy":"${s.matchedBy}","receivedOn":"${s.receivedOn}","replaces":${s.replaces ?? 'null'},"reportDueOn":${s.reportDueOn ? `"${s.reportDueOn}"` : 'null'},"rowHash":"${s.rowHash}","rowNo":${s.rowNo},"subjectId":${s.subjectId}}`
}

export function factLeaf(skeleton: Skeleton): Buffer {
  return Buffer.from(newLeaf(skeleton, skeleton.knownFrom, skeleton.commitment), 'latin1')
}

/** The same 32 bytes as a string of bytes, for a fact that is about to get its commitment. */
export function newLeaf(fact: Omit<Skeleton, 'knownFrom' | 'commitment'>, knownFrom: string, commitment: string): string {
  return leafDigits(skeletonText(fact, knownFrom, commitment))
}
