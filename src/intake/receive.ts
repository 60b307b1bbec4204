import type { Readable } from 'node:stream'
import { type Actor, seesAllUnits } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { DeliveryId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import type { StoredFile } from '../files/store.ts'
import { isAssigned, itemOn } from '../law/law.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { findSameDelivery, insertDelivery, insertState } from './delivery-store.ts'
import type { Channel, Delivery } from './model.ts'

/** The bytes, or what the store answered when it took them. */
type Content = Readable | Buffer | AsyncIterable<Uint8Array> | StoredFile

export type Sending = {
  readonly source: string
  readonly channel: Channel
  readonly fileName: string
  readonly content: Content
}

/**
 * Takes a file in: seals it into the store, writes the delivery and queues the line, so that a crash a moment later loses nothing.
 * Refuses an unknown source (`source.unknown`), a unit's item it is not assigned (`item.not-assigned`), another unit's source.
 * The same bytes from the same source settled before: the new delivery points at that one and nothing is filed twice.
 */
export async function receiveDelivery(
  app: App,
  actor: Actor,
  sending: Sending,
  options: { queue: boolean } = { queue: true },
): Promise<Delivery> {
  const source = app.law.sources.get(sending.source)
  if (!source) throw new Refusal('source.unknown', null, { source: sending.source }, 404)
  if (!seesAllUnits(actor) && actor.unit !== source.unit) throw new NotAllowed('source.of-another-unit')
  const unit = app.law.units.get(source.unit)
  const at = app.now()
  const receivedOn = legalDay(at, app.city.zone)
  const item = itemOn(app.law, source.item, receivedOn)
  if (!item) throw new Refusal('item.not-in-force', null, { item: source.item, day: receivedOn })
  if (!isAssigned(app.law, source.unit, source.item))
    throw new Refusal('item.not-assigned', null, { unit: unit?.name, item: item.name, owner: app.city.contact.office })
  const { content } = sending
  const stored = isStored(content) ? content : await app.files.put(content as AsyncIterable<Uint8Array>)
  if (stored.bytes === 0) throw new Refusal('file.empty', null, {}, 422)
  const delivery: Delivery = {
    deliveryId: (await app.ids.next()) as DeliveryId,
    source: source.source,
    unit: source.unit,
    item: source.item,
    edition: item.inForceFrom,
    channel: sending.channel,
    sender: actor.id,
    fileName: fileNameText(sending.fileName),
    fileHash: stored.hash,
    receivedAt: at,
    receivedOn,
  }
  await change(
    app,
    actor,
    {
      deed: 'intake.receive',
      entity: `delivery:${delivery.deliveryId}`,
      detail: { source: source.source, item: source.item, bytes: stored.bytes, hash: stored.hash },
    },
    async made => {
      const same = await findSameDelivery(made.tx, stored.hash, source.source)
      await insertDelivery(made.tx, delivery, stored.bytes, same ?? null)
      await insertState(made.tx, delivery.deliveryId)
      if (options.queue)
        await app.queue.enqueue(
          made.tx,
          'settle-delivery',
          { deliveryId: delivery.deliveryId },
          { key: `settle:${delivery.deliveryId}` },
        )
    },
  )
  return delivery
}

function isStored(content: Content): content is StoredFile {
  return 'hash' in content && 'bytes' in content
}

/** What may be said of a file in a log: not the ID number by which somebody named it. */
export function loggable(text: string): string {
  return maskResidentNumbers(text)
}

/** The sender's file name as a label: no path, no control character, no ID number of a person, at most 120 characters. */
function fileNameText(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const seen = last.replaceAll(/[\u0000-\u001F\u007F\u200B-\u200F\u202A-\u202E]/g, '')
  return [...maskResidentNumbers(seen)].slice(0, 120).join('') || '未命名'
}
