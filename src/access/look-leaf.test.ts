import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalJson, leafOf } from '../ledger/commitment.ts'
import { lookLeaf, lookMissLeaf } from './look-leaf.ts'

const AT = new Date('2026-11-20T04:00:00Z')
const REASON = { purpose: '行政许可', businessNo: '审-1', basis: null, ground: null, authorisationId: null }
const WHO = { lookId: 8, at: AT, actor: 'account:1', unit: 'approval', mandateId: null, outlet: 'check', receipt: 'H0000001X' }
const LOOK = { ...REASON, ...WHO, subjectId: 7, shown: ['card'], until: null }
const MISS = { ...REASON, ...WHO, asked: 'ab' }

test('principle 11 · a look of before grounds were kept has the leaf that it had', () => {
  const { ground: _, authorisationId: __, mandateId: ___, ...old } = LOOK
  assert.deepEqual(lookLeaf(LOOK), leafOf(canonicalJson({ ...old, at: AT.toISOString(), leaf: 'look' })))
  const { ground: _g, authorisationId: _a, basis: _b, mandateId: _m, ...oldMiss } = MISS
  assert.deepEqual(lookMissLeaf(MISS), leafOf(canonicalJson({ ...oldMiss, at: AT.toISOString(), leaf: 'look-miss' })))
})

test('principle 11 · what is kept of the ground and of the mandate is in the leaf', () => {
  const leaves = [
    LOOK,
    { ...LOOK, ground: 'law' },
    { ...LOOK, ground: 'authorisation' },
    { ...LOOK, ground: 'authorisation', authorisationId: 3 },
    { ...LOOK, mandateId: 3 },
  ].map(row => lookLeaf(row).toString('hex'))
  const misses = [MISS, { ...MISS, basis: 'pipl#34' }, { ...MISS, ground: 'law' }, { ...MISS, mandateId: 4 }].map(row =>
    lookMissLeaf(row).toString('hex'),
  )
  assert.equal(new Set([...leaves, ...misses]).size, 9)
})
