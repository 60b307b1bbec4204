import assert from 'node:assert/strict'
import { join } from 'node:path'
import fc from 'fast-check'
import { openLaw } from '../law/load.ts'
import { beginWalk, OFFICES_TRIED, step } from './testing-walk.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * Walks through every procedure of the law in random ways, `runs` for each: nobody is listed or restricted without a served letter and time to
 * answer, nothing is marked that has ended, no duty has two open clocks, no case stays without way out, nothing runs on after the end; and every
 * state of every table is reached by some walk, so that the walks are no formality.
 */
export function walkProcedures(runs: number, seed?: number): void {
  const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
  const choice = fc.record({
    act: fc.nat(240),
    who: fc.nat(2 * OFFICES_TRIED.length - 1),
    days: fc.oneof({ weight: 6, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.integer({ min: 8, max: 40 }) }),
    arrives: fc.boolean(),
  })
  for (const procedure of [...law.procedures.values()].flat()) {
    const reached = new Set<string>()
    const walked = fc.property(fc.array(choice, { minLength: 40, maxLength: 200, size: 'max' }), choices => {
      const walk = beginWalk(law, procedure)
      for (const one of choices) {
        step(walk, one)
        if (walk.opened) reached.add(walk.opened.file.state)
        if (walk.opened?.file.closedAt) break
      }
      assert.deepEqual(walk.breaches, [])
    })
    fc.assert(walked, { numRuns: runs, ...(seed === undefined ? {} : { seed }) })
    const never = procedure.states.filter(state => !reached.has(state.state)).map(state => state.state)
    assert.deepEqual(never, [], `${procedure.procedure}: no walk came to these states`)
  }
}
