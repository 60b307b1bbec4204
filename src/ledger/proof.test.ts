import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changedAt } from '../crypto/testing.ts'
import { EMPTY_ROOT, emptyTree, leafHash } from './merkle.ts'
import { consistencyProof, inclusionProof, rootFromTiles, verifyConsistency, verifyInclusion } from './proof.ts'
import { leavesOf, logOf, referenceRoot, rfcLeaves } from './testing.ts'

const MOST = 270
const leaves = leavesOf(MOST)
const { readTile } = logOf(leaves)
const leafAt = (from: Buffer, index: number) => from.subarray(index * 32, index * 32 + 32)
const rootAt = (size: number) => (size === 0 ? EMPTY_ROOT : referenceRoot(leaves, 0, size))
const hexes = (proof: readonly Buffer[]) => proof.map(hash => hash.toString('hex'))

test('RFC 6962 · proofs of the reference implementation', async () => {
  const rfc = logOf(Buffer.concat(rfcLeaves.map(leafHash)))
  const [a, b, c] = [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ]
  assert.deepEqual(hexes(await inclusionProof(8, 0, rfc.readTile)), [a, b, c])
  assert.deepEqual(hexes(await consistencyProof(1, 8, rfc.readTile)), [a, b, c])
  assert.deepEqual(hexes(await consistencyProof(6, 8, rfc.readTile)), [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  assert.deepEqual(hexes(await consistencyProof(2, 5, rfc.readTile)), [
    b,
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  ])
})

test(`RFC 9162 2.1.3 · every leaf of every tree up to ${MOST} leaves is proved, and another leaf is not`, async () => {
  for (let size = 1; size <= MOST; size++) {
    const root = rootAt(size)
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(size, index, readTile)
      assert.equal(verifyInclusion(size, index, leafAt(leaves, index), proof, root), true, `${index} of ${size}`)
      assert.equal(size > 1 && verifyInclusion(size, index, leafAt(leaves, (index + 1) % size), proof, root), false)
    }
  }
})

test(`RFC 9162 2.1.4 · every tree up to ${MOST} leaves begins with every smaller one, and with no other`, async () => {
  for (let size = 0; size <= MOST; size++) {
    assert.deepEqual(await rootFromTiles(size, readTile), rootAt(size))
    for (let older = 0; older <= size; older++) {
      const proof = await consistencyProof(older, size, readTile)
      assert.equal(verifyConsistency(older, size, rootAt(older), rootAt(size), proof), true, `${older} of ${size}`)
      assert.equal(verifyConsistency(older, size, changedAt(rootAt(older), older % 32), rootAt(size), proof), false)
    }
  }
})

test('one changed bit in leaf, root or any hash of the proof, or a hash too few or too many, proves nothing', async () => {
  const sizes = fc.integer({ min: 2, max: MOST })
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(31), fc.nat(7), async (size, place, byte, bit) => {
      const index = place % size
      const [leaf, root, proof] = [leafAt(leaves, index), rootAt(size), await inclusionProof(size, index, readTile)]
      const holds = (l: Buffer, p: Buffer[], r: Buffer) => verifyInclusion(size, index, l, p, r)
      assert.equal(holds(changedAt(leaf, byte, bit), proof, root), false)
      assert.equal(holds(leaf, proof, changedAt(root, byte, bit)), false)
      for (const wrong of wrongProofs(proof, byte, bit)) assert.equal(holds(leaf, wrong, root), false)
      assert.equal(verifyInclusion(size, (index + 1) % size, leaf, proof, root), false)

      const older = 1 + (place % (size - 1))
      const [before, steps] = [rootAt(older), await consistencyProof(older, size, readTile)]
      assert.equal(verifyConsistency(older, size, before, changedAt(root, byte, bit), steps), false)
      assert.equal(verifyConsistency(older, size, changedAt(before, byte, bit), root, steps), false)
      for (const wrong of wrongProofs(steps, byte, bit)) assert.equal(verifyConsistency(older, size, before, root, wrong), false)
    }),
    { numRuns: 300 },
  )
})

function wrongProofs(proof: readonly Buffer[], byte: number, bit: number): Buffer[][] {
  const changed = proof.map((_, at) => proof.map((hash, i) => (i === at ? changedAt(hash, byte, bit) : hash)))
  const cut = proof.map((_, at) => proof.filter((_hash, i) => i !== at))
  const short = proof.map(hash => hash.subarray(0, 31))
  return [...changed, ...cut, [...proof, Buffer.alloc(32)], ...(proof.length > 0 ? [short] : [])]
}

test('a rewritten leaf shows: no proof from the true tree leads to the altered one', async () => {
  const forged = logOf(Buffer.concat([leaves.subarray(0, 100 * 32), leafHash(Buffer.from('forged')), leaves.subarray(101 * 32)]))
  for (const older of [101, 128, 200, 256, 269]) {
    const proof = await consistencyProof(older, MOST, forged.readTile)
    assert.equal(verifyConsistency(older, MOST, rootAt(older), forged.root, proof), false, `${older}`)
  }
  const proof = await consistencyProof(100, MOST, forged.readTile)
  assert.equal(verifyConsistency(100, MOST, rootAt(100), forged.root, proof), true)
})

test('proofs over three tile levels read each tile once and no more than a handful', async () => {
  const size = 66_000
  const many = leavesOf(size)
  const log = logOf(many)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: size }), fc.nat(), async (until, place) => {
      const index = place % until
      log.reads.length = 0
      const root = await rootFromTiles(until, log.readTile)
      const proof = await inclusionProof(until, index, log.readTile)
      assert.equal(verifyInclusion(until, index, leafAt(many, index), proof, root), true)
      const steps = await consistencyProof(index + 1, until, log.readTile)
      assert.equal(verifyConsistency(index + 1, until, await rootFromTiles(index + 1, log.readTile), root, steps), true)
      assert.ok(log.reads.length <= 4 * 6, `${log.reads.length} reads`)
    }),
    {
      numRuns: 60,
      examples: [
        [65_536, 0],
        [65_537, 65_536],
        [size, size - 1],
        [256, 255],
        [257, 256],
      ],
    },
  )
})

test('sizes beyond 2^32 are counted, not wrapped', () => {
  const size = 2 ** 40 + 1
  const leaf = leafHash(Buffer.from('last'))
  const left = leafHash(Buffer.from('the other 2^40'))
  const tree = emptyTree()
  tree.append(Buffer.concat([left, leaf]))
  assert.equal(verifyInclusion(size, 2 ** 40, leaf, [left], tree.root()), true)
  assert.equal(verifyInclusion(size, 0, leaf, [left], tree.root()), false)
  assert.equal(verifyConsistency(2 ** 40, size, left, tree.root(), [leaf]), true)
})

test('ranges and tiles that do not exist are refused; nonsense is not proved', async () => {
  for (const [size, index] of [
    [0, 0],
    [5, 5],
    [5, -1],
    [5, 1.5],
    [Number.NaN, 0],
  ] as const) {
    await assert.rejects(inclusionProof(size, index, readTile), { code: 'proof.out-of-range' })
    assert.equal(verifyInclusion(size, index, leafAt(leaves, 0), [], rootAt(1)), false)
  }
  await assert.rejects(consistencyProof(6, 5, readTile), { code: 'proof.out-of-range' })
  await assert.rejects(inclusionProof(MOST + 1, 0, readTile), { code: 'log.tile-short' })
  await assert.rejects(rootFromTiles(MOST + 1, readTile), { code: 'log.tile-short' })
  assert.equal(verifyConsistency(6, 5, rootAt(6), rootAt(5), []), false)
  assert.equal(verifyConsistency(0, 0, rootAt(1), rootAt(1), []), false)
})
