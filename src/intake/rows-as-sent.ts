import type { Actor } from '../access/actor.ts'
import { looking } from '../access/look.ts'
import type { App } from '../app.ts'
import type { SheetRow } from '../files/rows.ts'
import type { DeliveryRow } from './delivery-store.ts'
import { keptRows } from './kept-rows.ts'

/**
 * Rows of a delivery as they were sent, by number, for whoever may see the delivery. They may be about anybody or nobody known, so the look is
 * registered as one that found nobody, under the number of the delivery: one entry for each time that rows are fetched.
 */
export async function rowsAsSent(
  app: App,
  actor: Actor,
  delivery: DeliveryRow,
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, SheetRow>> {
  const rows = new Map<number, SheetRow>()
  if (wanted.size === 0) return rows
  const { deliveryId, sameAs, item } = delivery
  const number = `D${deliveryId}`
  const request = { actor, purpose: app.words.say('intake.rows-purpose'), businessNo: number, isMadeNumber: true, shown: [item] }
  await looking(app, async at => {
    await at.miss({ ...request, outlet: 'delivery-rows' }, `delivery ${deliveryId}`)
    for await (const kept of keptRows({ db: at, keys: app.keys }, sameAs ?? deliveryId, wanted)) rows.set(kept.row, kept)
  })
  return rows
}
