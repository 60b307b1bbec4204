import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { copyTree, runTest, type Tree, tryMutation } from './mutate.ts'
import { MUTATIONS } from './mutations.ts'

// A test that cannot fail proves nothing: for each invariant some faults are planted in a copy of the tree, and its test must turn red.

let tree: Tree
before(async () => {
  tree = await copyTree()
})
after(() => tree.remove())

test('every invariant that has properties has a mutation', () => {
  assert.deepEqual([...new Set(MUTATIONS.map(one => one.invariant))], [1, 2, 3, 4, 8, 10, 11])
})

const tests = new Map(MUTATIONS.map(one => [`${one.test} ${one.named}`, one]))
for (const one of tests.values())
  test(`${one.named}… is green on the tree as it is`, async () => {
    const { result, output } = await runTest(tree, one)
    assert.equal(result, 'green', output.slice(-3000))
  })

for (const mutation of MUTATIONS)
  test(`invariant ${mutation.invariant} · without “${mutation.breaks}” its test turns red`, async () => {
    const { result, output } = await tryMutation(tree, mutation)
    assert.equal(result, 'red', output.slice(-3000))
  })
