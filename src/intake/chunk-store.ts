import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { DeliveryId } from '../base/id.ts'
import { plainArray, type Query, type Tx } from '../db/database.ts'
import type { Candidate } from '../matching/model.ts'
import type { CheckedRow, Fault, RefusedRow } from '../validation/model.ts'
import type { Counts, Delivery } from './model.ts'
import type { PreparedChunk } from './prepared-chunk.ts'

/* SQL on delivery_chunk, refusal, warning and waiting_row. */

/** What became of a chunk's rows: parallel lists, one entry a row; 0 where a row has no subject or fact. */
export type SettledRows = {
  /** Numbers of `OUTCOMES`. */
  readonly outcomes: Buffer
  readonly subjectIds: number[]
  readonly factIds: number[]
}

/** The counts of a chunk that is settled already. */
export async function findChunk(query: Query, deliveryId: DeliveryId, chunkNo: number): Promise<Counts | undefined> {
  return await query.row<Counts>({
    name: 'find-chunk',
    text: 'select received, filed, duplicate, corrected, annulled, refused, waiting from delivery_chunk where delivery_id = $1 and chunk_no = $2',
    values: [deliveryId, chunkNo],
  })
}

/** Rows of a delivery with a warning. */
export async function countWarned(query: Query, deliveryId: DeliveryId): Promise<number> {
  const row = await query.row<{ warned: number }>({
    name: 'count-warned',
    text: 'select coalesce(sum(warned), 0)::bigint as warned from delivery_chunk where delivery_id = $1',
    values: [deliveryId],
  })
  return row?.warned ?? 0
}

/** One row of `delivery_chunk`; `warned`: of how many rows the sender is warned. */
export async function recordChunk(
  tx: Tx,
  deliveryId: DeliveryId,
  chunk: PreparedChunk,
  settled: SettledRows,
  counts: Counts & { readonly warned: number },
  at: Date,
): Promise<void> {
  await tx.run({
    name: 'record-chunk',
    text: `insert into delivery_chunk (delivery_id, chunk_no, first_row, last_row, received, filed, duplicate, corrected, annulled, refused, waiting, row_nos, outcomes, subject_ids, fact_ids, kept_rows, settled_at, warned)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    values: [
      deliveryId,
      chunk.chunkNo,
      chunk.firstRow,
      chunk.lastRow,
      counts.received,
      counts.filed,
      counts.duplicate,
      counts.corrected,
      counts.annulled,
      counts.refused,
      counts.waiting,
      plainArray(chunk.rows.map(one => one.row.rowNo)),
      settled.outcomes,
      plainArray(settled.subjectIds),
      plainArray(settled.factIds),
      chunk.keptRows,
      at,
      counts.warned,
    ],
  })
}

export async function recordRefusals(tx: Tx, deliveryId: DeliveryId, rows: readonly RefusedRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.run({
    name: 'record-refusals',
    text: `insert into refusal (delivery_id, row_no, fault_no, column_no, column_name, code, basis, facts)
      select $1, * from unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::jsonb[])`,
    values: [deliveryId, ...columnsOf(rows)],
  })
}

/** A row that was taken, and what its sender is told of it. */
export type WarnedRow = { readonly rowNo: number; readonly faults: readonly Fault[] }

export async function recordWarnings(tx: Tx, deliveryId: DeliveryId, rows: readonly WarnedRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.run({
    name: 'record-warnings',
    text: `insert into warning (delivery_id, row_no, warning_no, column_no, column_name, code, basis, facts)
      select $1, * from unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::jsonb[])`,
    values: [deliveryId, ...columnsOf(rows)],
  })
}

/** Faults as parallel lists: row, number within the row, column, its name, code, basis, facts. */
function columnsOf(rows: readonly WarnedRow[]): unknown[][] {
  const faults = rows.flatMap(row => row.faults.map((fault, no) => ({ rowNo: row.rowNo, no, ...fault })))
  return [
    faults.map(f => f.rowNo),
    faults.map(f => f.no),
    faults.map(f => f.column),
    faults.map(f => f.columnName),
    faults.map(f => f.code),
    faults.map(f => f.basis),
    faults.map(f => JSON.stringify(f.facts)),
  ]
}

export type WaitingRow = {
  readonly row: CheckedRow
  readonly contentText: string
  readonly reason: string
  readonly candidates: readonly Candidate[]
  readonly numberHash: string
  readonly contentMac: string
}

/** What a person needs to decide, sealed: the checked row as it would be filed. */
export type WaitingContent = Pick<
  CheckedRow,
  'counterpart' | 'decidedOn' | 'authority' | 'documentNumber' | 'operation' | 'reportDueOn' | 'edition' | 'rowHash'
> & { readonly contentText: string }

export async function recordWaiting(app: App, change: Change, delivery: Delivery, rows: readonly WaitingRow[]): Promise<void> {
  if (rows.length === 0) return
  const ids = await app.ids.take(rows.length)
  const sealed = rows.map(({ row, contentText }, i) =>
    app.keys.seal('data', Buffer.from(JSON.stringify(waitingContent(row, contentText))), `waiting_row:${ids[i]}`),
  )
  await change.tx.run({
    name: 'record-waiting',
    text: `insert into waiting_row (waiting_id, delivery_id, row_no, unit, item, reason, evidence, number_hash, content_mac, sealed, opened_at)
      select waiting_id, $2, row_no, $3, $4, reason, evidence, number_hash, content_mac, sealed, $5
      from unnest($1::bigint[], $6::int[], $7::text[], $8::jsonb[], $9::uuid[], $10::uuid[], $11::bytea[]) as w (waiting_id, row_no, reason, evidence, number_hash, content_mac, sealed)`,
    values: [
      ids,
      delivery.deliveryId,
      delivery.unit,
      delivery.item,
      change.at,
      rows.map(r => r.row.rowNo),
      rows.map(r => r.reason),
      rows.map(r => JSON.stringify({ candidates: r.candidates })),
      rows.map(r => r.numberHash),
      rows.map(r => r.contentMac),
      sealed,
    ],
  })
}

function waitingContent(row: CheckedRow, contentText: string): WaitingContent {
  const { counterpart, decidedOn, authority, documentNumber, operation, reportDueOn, edition } = row
  const document = counterpart.document
    ? { document: { ...counterpart.document, sealed: counterpart.document.sealed.toString('base64') as unknown as Buffer } }
    : {}
  return {
    contentText,
    counterpart: { ...counterpart, ...document },
    decidedOn,
    authority,
    documentNumber,
    operation,
    reportDueOn,
    edition,
    rowHash: row.rowHash,
  }
}
