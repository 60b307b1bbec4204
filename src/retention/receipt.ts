import { canonicalJson, leafOf } from '../ledger/commitment.ts'
import type { Receipt } from './model.ts'

/** The leaf of a receipt: its canonical text, hashed. */
export function receiptLeaf(receipt: Receipt): Buffer {
  const { subjectId, kind, ref, part, action, dueOn, at, certificateId } = receipt
  return leafOf(
    canonicalJson({
      subjectId,
      kind,
      ref,
      part,
      action,
      dueOn,
      at: at.toISOString(),
      certificateId,
      leaf: 'retention-receipt',
    }),
  )
}
