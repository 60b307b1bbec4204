import { copyTree, tryMutation } from '../src/invariants/mutate.ts'
import { MUTATIONS } from '../src/invariants/mutations.ts'
import { buildConsole } from '../src/platform/build-console.ts'

/*
 * `node scripts/run.mjs scripts/mutate.ts [number…]`: plants each fault of src/invariants/mutations.ts in a copy of the tree, runs the test
 * that must notice it, and prints a line for each. Ends with 1 when a fault went unnoticed.
 */

const wanted = process.argv.slice(2).map(Number)
const chosen = [...MUTATIONS.entries()].filter(([i]) => wanted.length === 0 || wanted.includes(i + 1))
// The API's door serves the console; it goes into the copy.
await buildConsole(() => console.log('building the console'))
const tree = await copyTree()
let unnoticed = 0
for (const [i, mutation] of chosen) {
  const began = Date.now()
  const { result, output } = await tryMutation(tree, mutation)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  console.log(
    `${result === 'red' ? '✔' : '✖'} ${i + 1} · invariant ${mutation.invariant} · ${mutation.breaks} · ${result}, ${seconds} s`,
  )
  if (result === 'red') continue
  unnoticed += 1
  console.log(output.slice(-2000))
}
await tree.remove()
process.exitCode = unnoticed > 0 ? 1 : 0
