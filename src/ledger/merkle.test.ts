import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emptyTree, leafHash, resumeTree, type Tile, tileWidth } from './merkle.ts'
import { leavesOf, referenceRoot, rfcLeaves, rfcRoots } from './testing.ts'

test('RFC 6962 · the empty tree and the eight trees of the reference implementation', () => {
  const tree = emptyTree()
  assert.equal(tree.root().toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  for (const [i, leaf] of rfcLeaves.entries()) {
    tree.append(leafHash(leaf))
    assert.equal(tree.root().toString('hex'), rfcRoots[i], `size ${i + 1}`)
  }
})

test('RFC 9162 2.1.1 · the root equals the recursive definition at every size up to 600, however it was appended', () => {
  const leaves = leavesOf(600)
  const tree = emptyTree()
  for (let size = 1; size <= 600; size++) {
    tree.append(leaves.subarray((size - 1) * 32, size * 32))
    const expected = referenceRoot(leaves, 0, size)
    assert.deepEqual(tree.root(), expected, `size ${size}`)
    const atOnce = emptyTree()
    atOnce.append(leaves.subarray(0, size * 32))
    assert.deepEqual(atOnce.root(), expected, `size ${size} at once`)
  }
})

test('a tree of 70,000 leaves over three tile levels, appended in runs and resumed from its edge in between', () => {
  const size = 70_000
  const leaves = leavesOf(size)
  const whole = emptyTree()
  const full = whole.append(leaves)
  assert.deepEqual(whole.root(), referenceRoot(leaves, 0, size))
  const runs = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(runs, lengths => {
      let tree = emptyTree()
      const tiles: Tile[] = []
      let at = 0
      for (const length of [...lengths, size]) {
        const until = Math.min(size, at + length)
        tiles.push(...tree.append(leaves.subarray(at * 32, until * 32)))
        at = until
        tree = resumeTree(tree.size, tree.edge())
      }
      assert.deepEqual(tree.root(), whole.root())
      assert.equal(tree.size, size)
      assert.deepEqual(namesOf(tiles), namesOf(full))
      assert.deepEqual(tree.edge(), whole.edge())
    }),
    { numRuns: 10 },
  )
})

function namesOf(tiles: readonly Tile[]): string[] {
  return tiles.map(({ level, index, hashes }) => `${level}/${index}/${hashes.length}/${hashes.toString('hex', 0, 8)}`).sort()
}

test('full tiles come once each, with 256 hashes; the edge holds the rest', () => {
  const tree = emptyTree()
  const tiles = tree.append(leavesOf(256 * 257 + 5))
  assert.equal(tiles.filter(tile => tile.level === 0).length, 257)
  assert.deepEqual(
    tiles.filter(tile => tile.level === 1).map(tile => tile.index),
    [0],
  )
  assert.ok(tiles.every(tile => tile.hashes.length === 256 * 32))
  const edge = tree.edge().map(({ level, index, hashes }) => [level, index, hashes.length / 32])
  assert.deepEqual(edge, [
    [0, 257, 5],
    [1, 1, 1],
    [2, 0, 1],
  ])
  for (const [level = 0, index = 0, width] of edge) assert.equal(tileWidth(tree.size, level, index), width)
})

test('what is handed out does not change when the tree grows', () => {
  const tree = emptyTree()
  tree.append(leavesOf(3))
  const [edge] = tree.edge()
  const copy = Buffer.from(edge?.hashes ?? [])
  const [full] = tree.append(leavesOf(300))
  const kept = Buffer.from(full?.hashes ?? [])
  tree.append(leavesOf(600))
  assert.deepEqual(edge?.hashes, copy)
  assert.deepEqual(full?.hashes, kept)
})

test('a resumed tree accepts an edge that has grown since, and refuses one that lacks a tile', () => {
  const tree = emptyTree()
  tree.append(leavesOf(300))
  const root = tree.root()
  const level1 = tree.edge().filter(tile => tile.level === 1)
  tree.append(leavesOf(310).subarray(300 * 32))
  assert.deepEqual(resumeTree(300, tree.edge()).root(), root)
  assert.throws(() => resumeTree(300, level1), { code: 'log.edge-short' })
  assert.throws(() => resumeTree(311, tree.edge()), { code: 'log.edge-short' })
  assert.throws(() => tree.append(Buffer.alloc(31)), RangeError)
})
