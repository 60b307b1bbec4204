import type { Day } from '../base/day.ts'
import type { DeliveryId } from '../base/id.ts'
import type { Query, Row } from '../db/database.ts'

/** Where a fact came from, as it stands beside its content. */
export type Origin = {
  readonly reportDueOn: Day | null
  readonly deliveryId: DeliveryId
  readonly rowNo: number
  /** Hex. */
  readonly rowHash: string
  readonly matchedBy: string
  /** Hex. */
  readonly commitment: string
}

/** Who sent a delivery, and its file's name. */
export type Sending = { readonly unit: string; readonly fileName: string }

/** A delivery never changes after it was received: those seen lately are remembered, so many at most. */
const REMEMBERED = 20_000
const remembered = new WeakMap<Query, Map<DeliveryId, Sending>>()

/** The sendings of these deliveries. One that is not found (of a decision made in the console there is none) is not in the answer. */
export async function listSendings(
  query: Query,
  deliveryIds: ReadonlySet<DeliveryId>,
): Promise<ReadonlyMap<DeliveryId, Sending>> {
  const known = remembered.get(query) ?? new Map<DeliveryId, Sending>()
  remembered.set(query, known)
  const missing = [...deliveryIds].filter(id => !known.has(id))
  const found = new Map<DeliveryId, Sending>()
  for (const id of deliveryIds) {
    const sending = known.get(id)
    if (sending) found.set(id, sending)
  }
  if (missing.length === 0) return found
  const rows = await query.rows<Row & Sending & { readonly deliveryId: DeliveryId }>({
    name: 'list-sendings',
    text: 'select delivery_id as "deliveryId", unit, file_name as "fileName" from delivery where delivery_id = any($1::bigint[])',
    values: [missing],
  })
  if (known.size > REMEMBERED) known.clear()
  for (const { deliveryId, unit, fileName } of rows) {
    known.set(deliveryId, { unit, fileName })
    found.set(deliveryId, { unit, fileName })
  }
  return found
}
