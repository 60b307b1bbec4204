import { hash } from 'node:crypto'
import { Refusal } from '../base/refusal.ts'

/** Bytes of every hash in the tree. */
export const HASH_BYTES = 32
/** Hashes in a full tile, and so the number of tree levels a tile spans (2^8). */
export const TILE_HASHES = 256
export const TILE_HEIGHT = 8

const TILE_BYTES = TILE_HASHES * HASH_BYTES

/**
 * 256 neighbouring hashes of one level, as in C2SP tlog-tiles: tile level 0 holds leaf hashes, tile level n the roots of
 * perfect subtrees of 256^n leaves. A tile that is not full yet belongs to the right edge and grows.
 */
export type Tile = {
  readonly level: number
  readonly index: number
  /** 1 to 256 hashes, one after the other. */
  readonly hashes: Buffer
}

/** Root of the tree without leaves (RFC 9162, 2.1.1). */
export const EMPTY_ROOT = sha256(Buffer.alloc(0))

/**
 * A digest asked for as a string of bytes and put into a pooled buffer takes half the time of one asked for as a buffer,
 * each of which is an allocation of its own outside the heap.
 */
export function sha256(data: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', data, 'binary'), 'binary')
}

/** A digest as text; `binary`: a string of 32 bytes. */
export function sha256Digits(data: Uint8Array | string, as: 'hex' | 'binary'): string {
  return hash('sha256', data, as)
}

/** RFC 9162, 2.1.1: SHA-256(0x00 ‖ data). The prefix keeps a leaf from ever being taken for a node. */
export function leafHash(data: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(data.length + 1)
  input[0] = 0
  input.set(data, 1)
  return sha256(input)
}

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

/** RFC 9162, 2.1.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 1 + HASH_BYTES)
  return sha256(pair)
}

/** Root of the perfect subtree over `count` (a power of two) hashes that start at hash `start` of `hashes`. */
export function perfectRoot(hashes: Buffer, start: number, count: number): Buffer {
  const work = Buffer.allocUnsafe(Math.max(HASH_BYTES, count * HASH_BYTES))
  hashes.copy(work, 0, start * HASH_BYTES, (start + count) * HASH_BYTES)
  for (let width = count; width > 1; width /= 2) {
    for (let i = 0; i < width / 2; i++) {
      work.copy(pair, 1, i * 2 * HASH_BYTES, (i + 1) * 2 * HASH_BYTES)
      work.write(hash('sha256', pair, 'binary'), i * HASH_BYTES, HASH_BYTES, 'binary')
    }
  }
  return work.subarray(0, HASH_BYTES)
}

/** Number of hashes at a tile level of a tree of `size` leaves. */
export function rowLength(size: number, level: number): number {
  return Math.floor(size / TILE_HASHES ** level)
}

/** Number of hashes of the tile's that exist in a tree of `size` leaves: 0 to 256. */
export function tileWidth(size: number, level: number, index: number): number {
  return Math.max(0, Math.min(TILE_HASHES, rowLength(size, level) - index * TILE_HASHES))
}

/** Hashes at the right edge of one tile level that no full tile holds. */
type Row = { index: number; width: number; hashes: Buffer }

/** A tree as its right edge: for each tile level the hashes since the last full tile (at most 255). */
export type MerkleTree = {
  readonly size: number
  /** Appends leaf hashes (n × 32 bytes) and returns the tiles that became full, each once, lower levels first. */
  append(leafHashes: Uint8Array): Tile[]
  root(): Buffer
  /** The tiles that are not full: with `size` all that `resumeTree` needs, and all that proofs need beside full tiles. */
  edge(): Tile[]
}

export function emptyTree(): MerkleTree {
  return resumeTree(0, [])
}

/**
 * Goes on where a tree of `size` leaves stopped. `edge` holds its tiles that are not full (longer ones, grown since, are
 * cut). Refuses `log.edge-short` when a level is missing or short.
 */
export function resumeTree(size: number, edge: readonly Tile[]): MerkleTree {
  const rows: Row[] = []
  for (let level = 0; rowLength(size, level) > 0; level++) rows.push(resumeRow(size, level, edge))
  let leaves = size

  function push(level: number, hashes: Uint8Array, filled: Tile[]): void {
    const row = rows[level] ?? { index: 0, width: 0, hashes: Buffer.alloc(TILE_BYTES) }
    rows[level] = row
    for (let at = 0; at < hashes.length; ) {
      const taken = Math.min(hashes.length - at, TILE_BYTES - row.width * HASH_BYTES)
      row.hashes.set(hashes.subarray(at, at + taken), row.width * HASH_BYTES)
      row.width += taken / HASH_BYTES
      at += taken
      if (row.width < TILE_HASHES) continue
      filled.push({ level, index: row.index, hashes: row.hashes })
      push(level + 1, perfectRoot(row.hashes, 0, TILE_HASHES), filled)
      row.index += 1
      row.width = 0
      row.hashes = Buffer.alloc(TILE_BYTES)
    }
  }

  return {
    get size() {
      return leaves
    },
    append(leafHashes) {
      if (leafHashes.length % HASH_BYTES !== 0) throw new RangeError('leaf hashes have 32 bytes each')
      const filled: Tile[] = []
      push(0, leafHashes, filled)
      leaves += leafHashes.length / HASH_BYTES
      return filled
    },
    root: () => edgeRoot(rows.map(row => row.hashes.subarray(0, row.width * HASH_BYTES))),
    edge: () =>
      rows.flatMap(({ index, width, hashes }, level) =>
        width === 0 ? [] : [{ level, index, hashes: Buffer.from(hashes.subarray(0, width * HASH_BYTES)) }],
      ),
  }
}

function resumeRow(size: number, level: number, edge: readonly Tile[]): Row {
  const index = Math.floor(rowLength(size, level) / TILE_HASHES)
  const width = tileWidth(size, level, index)
  const row = { index, width, hashes: Buffer.alloc(TILE_BYTES) }
  if (width === 0) return row
  const tile = edge.find(each => each.level === level && each.index === index)
  if (!tile || tile.hashes.length < width * HASH_BYTES) throw new Refusal('log.edge-short', null, { size, level, index }, 500)
  tile.hashes.copy(row.hashes, 0, 0, width * HASH_BYTES)
  return row
}

/**
 * The root over a right edge: at each tile level the hashes of the tile that is not full (perhaps none). RFC 9162, 2.1.1
 * splits at the largest power of two, so the perfect subtrees are joined from the smallest, at the right, to the largest.
 */
export function edgeRoot(rows: readonly Buffer[]): Buffer {
  let root: Buffer | undefined
  for (const hashes of rows) {
    const width = hashes.length / HASH_BYTES
    for (let count = 1; count <= width; count *= 2) {
      if ((width & count) === 0) continue
      const subtree = perfectRoot(hashes, width - (width % (2 * count)), count)
      root = root ? nodeHash(subtree, root) : subtree
    }
  }
  return root ?? EMPTY_ROOT
}
