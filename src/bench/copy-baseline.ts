import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type Database, openDatabase } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import type { Place } from './place.ts'

/*
 * The other side of intake: the rows that one delivery left behind, taken out and put by COPY into the same tables, with the same indexes and
 * partitions, of an empty database on the same durable server; one connection, one transaction, a checkpoint before it.
 */

export type CopyFormat = 'text' | 'binary'

const ROWS: readonly (readonly [table: string, query: string])[] = [
  ['fact', 'select * from fact where delivery_id = $1 order by fact_id'],
  [
    'fact_content',
    'select c.* from fact f join fact_content c on c.subject_id = f.subject_id and c.fact_id = f.fact_id where f.delivery_id = $1 order by f.fact_id',
  ],
  [
    'record_key',
    'select k.* from fact f join record_key k on k.fact_id = f.fact_id where f.delivery_id = $1 order by k.fact_id, k.number_hash',
  ],
  ['delivery_chunk', 'select * from delivery_chunk where delivery_id = $1 order by chunk_no'],
  [
    'ledger_batch',
    'select * from ledger_batch where batch_id in (select batch_id from fact where delivery_id = $1) order by batch_id',
  ],
]

/** Seconds that COPY needs for the rows of a delivery: the best of `rounds`. */
export async function copySeconds(place: Place, deliveryId: number, format: CopyFormat, rounds: number): Promise<number> {
  await dump(place, deliveryId, format)
  await place.admin.run({ text: 'create database bench_copy' })
  const url = place.addressOf('bench_copy')
  await migrate(url)
  const twin = openDatabase(url, { max: 1, name: 'mingxin-bench' })
  try {
    await makeMonths(place.admin, twin)
    const seconds: number[] = []
    for (let round = 0; round < rounds; round++) seconds.push(await copyAll(place, twin, format))
    return Math.min(...seconds)
  } finally {
    await twin.close()
    await place.admin.run({ text: 'drop database bench_copy' })
  }
}

const fileOf = (place: Place, table: string): string => join(place.folder, `${table}.copy`)

async function dump(place: Place, deliveryId: number, format: CopyFormat): Promise<void> {
  const client = await place.admin.pool.connect()
  try {
    for (const [table, query] of ROWS) {
      const rows = client.query(copyTo(`copy (${query.replace('$1', String(deliveryId))}) to stdout (format ${format})`))
      await pipeline(rows, createWriteStream(fileOf(place, table)))
    }
  } finally {
    client.release()
  }
}

/** The partitions that the line made. */
async function makeMonths(from: Database, to: Database): Promise<void> {
  const months = await from.rows<{ month: string }>({
    text: "select distinct to_char(decided_on, 'YYYY-MM-01') as month from fact",
  })
  for (const { month } of months) await to.run({ text: 'select make_fact_month($1::date)', values: [month] })
}

async function copyAll(place: Place, twin: Database, format: CopyFormat): Promise<number> {
  const client = await twin.pool.connect()
  try {
    await client.query(`truncate ${ROWS.map(([table]) => table).join(', ')}`)
    await client.query('checkpoint')
    const began = performance.now()
    await client.query('begin')
    for (const [table] of ROWS) {
      const rows = createReadStream(fileOf(place, table), { highWaterMark: 256 * 1024 })
      await pipeline(rows, client.query(copyFrom(`copy ${table} from stdin (format ${format})`)))
    }
    await client.query('commit')
    return (performance.now() - began) / 1000
  } finally {
    client.release()
  }
}
