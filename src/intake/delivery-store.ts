import type { DeliveryId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { type Query, sql, type Tx } from '../db/database.ts'
import { jsonWithoutResidentNumbers } from '../subject/resident-numbers.ts'
import type { Counts, Delivery, DeliveryState } from './model.ts'

/* SQL on delivery and delivery_state. */

export async function insertDelivery(tx: Tx, delivery: Delivery, bytes: number, sameAs: DeliveryId | null): Promise<void> {
  await tx.run(sql`insert into delivery (delivery_id, source, unit, item, edition, channel, sender, file_name, file_hash, file_bytes, received_at, received_on, same_as)
    values (${delivery.deliveryId}, ${delivery.source}, ${delivery.unit}, ${delivery.item}, ${delivery.edition}, ${delivery.channel}, ${delivery.sender}, ${delivery.fileName},
      ${Buffer.from(delivery.fileHash, 'hex')}, ${bytes}, ${delivery.receivedAt}, ${delivery.receivedOn}, ${sameAs})`)
}

export async function insertState(tx: Tx, deliveryId: DeliveryId): Promise<void> {
  await tx.run(sql`insert into delivery_state (delivery_id, state) values (${deliveryId}, 'received')`)
}

/**
 * The earlier delivery of the same bytes from the same source whose every row was taken. Where rows were refused or a person was asked, the
 * bytes go along the line again: the day has come, the body was entered, or the row was returned.
 */
export async function findSameDelivery(query: Query, fileHash: string, source: string): Promise<DeliveryId | undefined> {
  const row = await query.row<{
    delivery_id: DeliveryId
  }>(sql`select d.delivery_id from delivery d join delivery_state s using (delivery_id)
    where d.file_hash = ${Buffer.from(fileHash, 'hex')} and d.source = ${source} and s.state = 'settled' and s.refusal is null and d.same_as is null
      and not exists (select from delivery_chunk c where c.delivery_id = d.delivery_id and c.refused + c.waiting > 0) order by d.delivery_id limit 1`)
  return row?.delivery_id
}

export type DeliveryRow = Delivery & {
  readonly fileBytes: number
  readonly sameAs: DeliveryId | null
  readonly state: DeliveryState
  readonly totalRows: number | null
  readonly refusal: { code: string; basis: string | null; facts: Record<string, unknown> } | null
  readonly startedAt: Date | null
  readonly settledAt: Date | null
  readonly layout: unknown
}

const COLUMNS = `d.delivery_id as "deliveryId", d.source, d.unit, d.item, d.edition, d.channel, d.sender, d.file_name as "fileName", encode(d.file_hash, 'hex') as "fileHash",
  d.file_bytes as "fileBytes", d.received_at as "receivedAt", d.received_on as "receivedOn", d.same_as as "sameAs", s.state, s.total_rows as "totalRows", s.refusal, s.started_at as "startedAt", s.settled_at as "settledAt", s.layout`

export async function getDelivery(query: Query, deliveryId: DeliveryId): Promise<DeliveryRow> {
  const row = await query.row<DeliveryRow>({
    name: 'get-delivery',
    text: `select ${COLUMNS} from delivery d join delivery_state s using (delivery_id) where d.delivery_id = $1`,
    values: [deliveryId],
  })
  if (!row) throw new NotFound('delivery.unknown')
  return row
}

/** Deliveries of a unit (all units: null), newest first, before a delivery id. */
export async function listDeliveries(
  query: Query,
  unit: string | null,
  before: number | null,
  limit: number,
): Promise<DeliveryRow[]> {
  return await query.rows<DeliveryRow>({
    name: 'list-deliveries',
    text: `select ${COLUMNS} from delivery d join delivery_state s using (delivery_id) where ($1::text is null or d.unit = $1) and ($2::bigint is null or d.delivery_id < $2) order by d.delivery_id desc limit $3`,
    values: [unit, before, limit],
  })
}

/** Deliveries that a crash left on the line. */
export async function listOpenDeliveries(query: Query): Promise<DeliveryId[]> {
  const rows = await query.rows<{ delivery_id: DeliveryId }>(
    sql`select delivery_id from delivery_state where state in ('received', 'settling') order by delivery_id`,
  )
  return rows.map(row => row.delivery_id)
}

/** Sums over the settled chunks of a delivery. */
export async function sumCounts(query: Query, deliveryId: DeliveryId): Promise<Counts> {
  const row = await query.row<Counts>({
    name: 'sum-counts',
    text: `select coalesce(sum(received), 0)::bigint as received, coalesce(sum(filed), 0)::bigint as filed, coalesce(sum(duplicate), 0)::bigint as duplicate, coalesce(sum(corrected), 0)::bigint as corrected,
      coalesce(sum(annulled), 0)::bigint as annulled, coalesce(sum(refused), 0)::bigint as refused, coalesce(sum(waiting), 0)::bigint as waiting from delivery_chunk where delivery_id = $1`,
    values: [deliveryId],
  })
  return row as Counts
}

/** The layout is kept readable: titles and headings of a file lose the ID numbers that somebody wrote there. */
export async function beginSettling(tx: Query, deliveryId: DeliveryId, layout: unknown, at: Date): Promise<void> {
  await tx.run(
    sql`update delivery_state set state = 'settling', started_at = coalesce(started_at, ${at}), layout = ${jsonWithoutResidentNumbers(layout)} where delivery_id = ${deliveryId} and state in ('received', 'settling')`,
  )
}

export async function endSettling(tx: Query, deliveryId: DeliveryId, rows: number, at: Date): Promise<void> {
  await tx.run(
    sql`update delivery_state set state = 'settled', total_rows = ${rows}, settled_at = ${at} where delivery_id = ${deliveryId}`,
  )
}

/** `received` rows settled before the refusal: with none the file is refused, with some it is settled up to there. */
export async function refuseDelivery(
  tx: Query,
  deliveryId: DeliveryId,
  refusal: unknown,
  received: number,
  at: Date,
): Promise<void> {
  await tx.run(sql`update delivery_state set state = ${received === 0 ? 'refused' : 'settled'}, total_rows = ${received === 0 ? null : received}, refusal = ${jsonWithoutResidentNumbers(refusal)}, settled_at = ${at}
    where delivery_id = ${deliveryId}`)
}
