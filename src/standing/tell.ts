import type { Change } from '../access/change.ts'
import { fileFacts } from '../archive/file-facts.ts'
import type { Content, ToldKind } from '../archive/model.ts'
import type { DeliveryId, FactId } from '../base/id.ts'
import { canonicalJson } from '../ledger/commitment.ts'
import type { RecordPlace } from './record.ts'

export type Telling = {
  readonly factId: number
  readonly kind: ToldKind
  /** The record, or the standing or comment that is ended. */
  readonly about: number
  readonly content: Content
}

/** Files what is told about a record as a fact beside its own: committed to, in the log, and read with them by every outlet. */
export async function tell(change: Change, place: RecordPlace, { factId, kind, about, content }: Telling): Promise<void> {
  const { subjectId, item, edition, authority } = place
  await fileFacts(change, [
    {
      ...{ subjectId, item, edition, authority, kind },
      factId: factId as FactId,
      replaces: about as FactId,
      decidedOn: change.today,
      receivedOn: change.today,
      reportDueOn: null,
      // It came by no delivery.
      ...{ deliveryId: 0 as DeliveryId, rowNo: 0, rowHash: '' },
      matchedBy: kind.startsWith('standing') ? 'case' : 'subject',
      contentText: canonicalJson(content),
    },
  ])
}
