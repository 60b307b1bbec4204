import { Refusal } from '../base/refusal.ts'
import {
  EMPTY_ROOT,
  edgeRoot,
  HASH_BYTES,
  nodeHash,
  perfectRoot,
  rowLength,
  TILE_HASHES,
  TILE_HEIGHT,
  tileWidth,
} from './merkle.ts'

/** Gives a tile's hashes, at least `width` of them: a tile that has grown since is as good. */
export type ReadTile = (level: number, index: number, width: number) => Buffer | Promise<Buffer>

/** Leaves `from` (in) to `until` (out). */
type Range = readonly [from: number, until: number]
/** A perfect subtree of 2^height leaves: where its hash can be computed from. */
type Subtree = { readonly level: number; readonly index: number; readonly start: number; readonly count: number }

/**
 * The audit path of leaf `index` (from 0) in the tree of the first `size` leaves, nearest hash first (RFC 9162, 2.1.3.1).
 * Reads only tiles. Refuses `proof.out-of-range`, `log.tile-short`.
 */
export async function inclusionProof(size: number, index: number, readTile: ReadTile): Promise<Buffer[]> {
  if (!isSize(size) || !isSize(index) || index >= size) throw new Refusal('proof.out-of-range', null, { size, index }, 400)
  const path: Range[] = []
  let [from, until]: Range = [0, size]
  while (until - from > 1) {
    const middle = from + splitOf(until - from)
    if (index < middle) {
      path.unshift([middle, until])
      until = middle
    } else {
      path.unshift([from, middle])
      from = middle
    }
  }
  return rootsOf(path, size, readTile)
}

/**
 * Proof that the tree of `size` leaves begins with the tree of `older` leaves (RFC 9162, 2.1.4.1); empty when they are
 * the same or the older one is empty. Refuses `proof.out-of-range`, `log.tile-short`.
 */
export async function consistencyProof(older: number, size: number, readTile: ReadTile): Promise<Buffer[]> {
  if (!isSize(older) || !isSize(size) || older > size) throw new Refusal('proof.out-of-range', null, { size, older }, 400)
  if (older === 0) return []
  const path: Range[] = []
  let [from, until]: Range = [0, size]
  while (older !== until) {
    const middle = from + splitOf(until - from)
    if (older <= middle) {
      path.unshift([middle, until])
      until = middle
    } else {
      path.unshift([from, middle])
      from = middle
    }
  }
  // The older tree's own root is what the verifier holds; it is left out where it is a whole subtree.
  if (from > 0) path.unshift([from, until])
  return rootsOf(path, size, readTile)
}

/** The root of the first `size` leaves from the tiles of their right edge. Refuses `log.tile-short`. */
export async function rootFromTiles(size: number, readTile: ReadTile): Promise<Buffer> {
  const rows: Promise<Buffer>[] = []
  for (let level = 0; rowLength(size, level) > 0; level++) {
    const index = Math.floor(rowLength(size, level) / TILE_HASHES)
    rows.push(readWidth(readTile, level, index, tileWidth(size, level, index)))
  }
  return edgeRoot(await Promise.all(rows))
}

/** RFC 9162, 2.1.3.2. Any input that is out of range or of a wrong length is simply not proved. */
export function verifyInclusion(size: number, index: number, leaf: Buffer, proof: readonly Buffer[], root: Buffer): boolean {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes([leaf, root, ...proof])) return false
  const sides = sidesOf(index, size - 1, proof.length)
  if (!sides) return false
  return proof.reduce((hash, sibling, i) => join(sides[i], hash, sibling), leaf).equals(root)
}

/** RFC 9162, 2.1.4.2, with the empty tree, whose root is known, as the beginning of every tree. */
export function verifyConsistency(
  older: number,
  size: number,
  olderRoot: Buffer,
  root: Buffer,
  proof: readonly Buffer[],
): boolean {
  if (!isSize(older) || !isSize(size) || older > size || !areHashes([olderRoot, root, ...proof])) return false
  if (older === size) return proof.length === 0 && olderRoot.equals(root) && (size > 0 || root.equals(EMPTY_ROOT))
  if (older === 0) return proof.length === 0 && olderRoot.equals(EMPTY_ROOT)
  const [seed, ...rest] = isPowerOfTwo(older) ? [olderRoot, ...proof] : proof
  let [node, last] = [older - 1, size - 1]
  while (node % 2 === 1) [node, last] = up(node, last)
  const sides = sidesOf(node, last, rest.length)
  if (!seed || !sides) return false
  const after = rest.reduce((hash, sibling, i) => join(sides[i], hash, sibling), seed)
  // Only what lies to the left was there already when the tree was the older one.
  const before = rest.reduce((hash, sibling, i) => (sides[i] === 'left' ? nodeHash(sibling, hash) : hash), seed)
  return before.equals(olderRoot) && after.equals(root)
}

type Side = 'left' | 'right'

function join(side: Side | undefined, hash: Buffer, sibling: Buffer): Buffer {
  return side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
}

/** On which side each of `count` siblings joins on the way from `node` to the root; undefined when they are not `count`. */
function sidesOf(firstNode: number, firstLast: number, count: number): Side[] | undefined {
  let [node, last] = [firstNode, firstLast]
  const sides: Side[] = []
  while (last > 0) {
    const side = node % 2 === 1 || node === last ? 'left' : 'right'
    sides.push(side)
    // A node at the right edge without a sibling is carried up as it is.
    while (side === 'left' && node % 2 === 0 && node !== 0) [node, last] = up(node, last)
    ;[node, last] = up(node, last)
  }
  return sides.length === count ? sides : undefined
}

function up(node: number, last: number): [number, number] {
  return [Math.floor(node / 2), Math.floor(last / 2)]
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function areHashes(values: readonly Buffer[]): boolean {
  return values.every(value => value.length === HASH_BYTES)
}

function isPowerOfTwo(value: number): boolean {
  return 2 ** exponentOf(value) === value
}

/** Floor of the base-2 logarithm, exact up to 2^53, where Math.log2 rounds. */
function exponentOf(value: number): number {
  let exponent = 0
  for (let rest = value; rest >= 2; rest = Math.floor(rest / 2)) exponent += 1
  return exponent
}

/** The largest power of two smaller than `count` (at least 2). */
function splitOf(count: number): number {
  return 2 ** exponentOf(count - 1)
}

/** A range that RFC 9162 splits off is a run of perfect subtrees, each at a multiple of its own size, largest first. */
function subtreesOf([from, until]: Range): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = from; at < until; ) {
    const height = exponentOf(until - at)
    const level = Math.floor(height / TILE_HEIGHT)
    const count = 2 ** (height % TILE_HEIGHT)
    const first = at / TILE_HASHES ** level
    subtrees.push({ level, index: Math.floor(first / TILE_HASHES), start: first % TILE_HASHES, count })
    at += 2 ** height
  }
  return subtrees
}

/** The root of each range, every tile read once and all at once. */
async function rootsOf(ranges: readonly Range[], size: number, readTile: ReadTile): Promise<Buffer[]> {
  const subtrees = ranges.map(subtreesOf)
  const tiles = new Map<string, Promise<Buffer>>()
  for (const { level, index } of subtrees.flat()) {
    const name = `${level}/${index}`
    if (!tiles.has(name)) tiles.set(name, readWidth(readTile, level, index, tileWidth(size, level, index)))
  }
  await Promise.all(tiles.values())
  const roots: Buffer[] = []
  for (const range of subtrees) {
    const parts: Buffer[] = []
    for (const { level, index, start, count } of range) {
      parts.push(perfectRoot((await tiles.get(`${level}/${index}`)) ?? Buffer.alloc(0), start, count))
    }
    roots.push(parts.reduceRight((right, left) => nodeHash(left, right)))
  }
  return roots
}

async function readWidth(readTile: ReadTile, level: number, index: number, width: number): Promise<Buffer> {
  if (width === 0) return Buffer.alloc(0)
  const hashes = await readTile(level, index, width)
  if (hashes.length < width * HASH_BYTES) throw new Refusal('log.tile-short', null, { level, index, width }, 500)
  return hashes.subarray(0, width * HASH_BYTES)
}
