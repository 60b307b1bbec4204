import { Refusal } from '../base/refusal.ts'
import { publicKeyPem, type Verifier } from '../crypto/signature.ts'
import type { Query } from '../db/database.ts'
import type { City } from '../law/city-model.ts'
import { formatVerifier } from './checkpoint.ts'
import { EMPTY_ROOT, rowLength, TILE_HASHES, type Tile, tileWidth } from './merkle.ts'
import type { ReadTile } from './proof.ts'

/** The name of a city's log, which stands in every checkpoint. */
export function logOrigin(city: Pick<City, 'city'>): string {
  return `mingxin/${city.city}`
}

export type StoredCheckpoint = { readonly size: number; readonly at: Date; readonly note: string }

/** The youngest checkpoint; undefined as long as the log is empty. */
export function findCheckpoint(query: Query): Promise<StoredCheckpoint | undefined> {
  return query.row<StoredCheckpoint>({
    name: 'last-checkpoint',
    text: 'select size, at, note from checkpoint order by size desc limit 1',
  })
}

/** Writes a checkpoint, and publishes it in the same statement: what is signed is for everybody to keep. */
export async function recordCheckpoint(query: Query, { size, at, note }: StoredCheckpoint): Promise<void> {
  await query.run({
    name: 'record-checkpoint',
    text: `with signed as (insert into checkpoint (size, at, note) values ($1, $2, $3) returning size, at, note)
      insert into pub.checkpoint (size, at, note) select size, at, note from signed`,
    values: [size, at, note],
  })
}

/** Publishes the public halves of the log's keys, older ones too. */
export async function publishKeys(query: Query, origin: string, verifiers: readonly Verifier[]): Promise<void> {
  await query.run({
    name: 'publish-keys',
    text: `insert into pub.log_key (verifier, algorithm, pem)
      select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
    values: [
      verifiers.map(one => formatVerifier(origin, one)),
      verifiers.map(one => one.algorithm),
      verifiers.map(one => publicKeyPem(one)),
    ],
  })
}

/** Reads stored tiles one by one, as proofs want them. A tile that is missing is empty, which the reader refuses. */
export function tilesOf(query: Query): ReadTile {
  return async (level, place) => {
    const tile = await query.row<{ hashes: Buffer }>({
      name: 'read-tile',
      text: 'select hashes from ledger_tile where level = $1 and place = $2',
      values: [level, place],
    })
    return tile?.hashes ?? Buffer.alloc(0)
  }
}

/** The tiles at the right edge of a tree of `size` leaves: all that `resumeTree` asks for. */
export async function listEdge(query: Query, size: number): Promise<Tile[]> {
  const levels: number[] = []
  const places: number[] = []
  for (let level = 0; rowLength(size, level) > 0; level++) {
    const place = Math.floor(rowLength(size, level) / TILE_HASHES)
    if (tileWidth(size, level, place) === 0) continue
    levels.push(level)
    places.push(place)
  }
  return listTiles(query, levels, places)
}

/** These tiles, as far as they exist, in no order. */
export function listTiles(query: Query, levels: readonly number[], places: readonly number[]): Promise<Tile[]> {
  return query.rows<Tile>({
    name: 'list-tiles',
    text: `select level, place as index, hashes from unnest($1::smallint[], $2::bigint[]) as wanted (level, place)
      join ledger_tile using (level, place)`,
    values: [levels, places],
  })
}

/** Writes tiles; one that had not been full is replaced by its longer self. */
export async function recordTiles(query: Query, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return
  const starts: number[] = []
  let end = 0
  for (const tile of tiles) {
    starts.push(end + 1)
    end += tile.hashes.length
  }
  // One value cut up by the server travels as bytes; an array of values would travel as hexadecimal text.
  await query.run({
    name: 'record-tiles',
    text: `insert into ledger_tile (level, place, hashes)
      select level, place, substring($5::bytea from start for length)
      from unnest($1::smallint[], $2::bigint[], $3::int[], $4::int[]) as tile (level, place, start, length)
      on conflict (level, place) do update set hashes = excluded.hashes`,
    values: [
      tiles.map(tile => tile.level),
      tiles.map(tile => tile.index),
      starts,
      tiles.map(tile => tile.hashes.length),
      Buffer.concat(tiles.map(tile => tile.hashes)),
    ],
  })
}

export type Waiting = { readonly batchId: number; readonly leafCount: number }

/** Committed batches without a place, in the order of their ids. */
export function listWaiting(query: Query, limit: number): Promise<Waiting[]> {
  return query.rows<Waiting>({
    name: 'waiting-batches',
    text: `select batch_id as "batchId", leaf_count as "leafCount" from ledger_batch
      where first_leaf is null and leaf_count > 0 order by batch_id limit $1`,
    values: [limit],
  })
}

/** Leaves held in memory at once: 2 MB of hashes, and as much again of tiles. */
const LEAVES_A_PIECE = 65_536

/** The batches in order, a piece as long as its leaves fit into memory; a batch that is longer alone. */
export function* piecesOf<Batch extends Waiting>(batches: readonly Batch[]): Generator<Batch[]> {
  let piece: Batch[] = []
  let leaves = 0
  for (const batch of batches) {
    if (piece.length > 0 && leaves + batch.leafCount > LEAVES_A_PIECE) {
      yield piece
      piece = []
      leaves = 0
    }
    piece.push(batch)
    leaves += batch.leafCount
  }
  if (piece.length > 0) yield piece
}

/** Their leaves, one buffer each, in the order of their ids. */
export async function readLeaves(query: Query, batchIds: readonly number[]): Promise<Buffer[]> {
  const rows = await query.rows<{ leaves: Buffer }>({
    name: 'read-leaves',
    text: 'select leaves from ledger_batch where batch_id = any($1::bigint[]) order by batch_id',
    values: [batchIds],
  })
  return rows.map(row => row.leaves)
}

export async function placeBatches(
  query: Query,
  batchIds: readonly number[],
  firstLeaves: readonly number[],
  at: Date,
): Promise<void> {
  await query.run({
    name: 'place-batches',
    text: `update ledger_batch as batch set first_leaf = placed.first_leaf, sequenced_at = $3
      from unnest($1::bigint[], $2::bigint[]) as placed (batch_id, first_leaf) where batch.batch_id = placed.batch_id`,
    values: [batchIds, firstLeaves, at],
  })
}

/** Leaves that have a place. */
export async function placedSize(query: Query): Promise<number> {
  const last = await query.row<{ size: number }>({
    name: 'placed-size',
    text: 'select first_leaf + leaf_count as size from ledger_batch where first_leaf is not null order by first_leaf desc limit 1',
  })
  return last?.size ?? 0
}

/** Gives the next numbers to at most `limit` changes of what the public sees; how many there were. */
export function numberChanges(query: Query, limit: number): Promise<number> {
  return query.run({
    name: 'number-changes',
    text: `with last as (select coalesce(max(seq), 0) as seq from pub.change where seq is not null),
      waiting as (select change_id, row_number() over (order by change_id) as step from
        (select change_id from pub.change where seq is null order by change_id limit $1) as next)
      update pub.change as change set seq = last.seq + waiting.step from waiting, last where change.change_id = waiting.change_id`,
    values: [limit],
  })
}

/** Numbers what receivers are told after it is committed, in the same way: their feed never meets a smaller number later. */
export function numberNotices(query: Query, limit: number): Promise<number> {
  return query.run({
    name: 'number-notices',
    text: `with last as (select coalesce(max(seq), 0) as seq from receiver_notice where seq is not null),
      waiting as (select subject_id, notice_id, row_number() over (order by notice_id) as step from
        (select subject_id, notice_id from receiver_notice where seq is null order by notice_id limit $1) as next)
      update receiver_notice as notice set seq = last.seq + waiting.step from waiting, last
        where notice.subject_id = waiting.subject_id and notice.notice_id = waiting.notice_id`,
    values: [limit],
  })
}

/** A log without leaves has the root of nothing and no checkpoint. */
export const NOTHING: { readonly size: number; readonly root: Buffer } = { size: 0, root: EMPTY_ROOT }

export function headWrong(facts: Readonly<Record<string, number>>): Refusal {
  return new Refusal('log.head-wrong', null, facts, 500)
}
