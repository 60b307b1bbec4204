import assert from 'node:assert/strict'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Law } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import type { Procedure } from '../law/procedure-model.ts'
import { beginWalk, OFFICES_TRIED, step } from './testing-walk.ts'

const ROOT = join(import.meta.dirname, '../..')

const choice = fc.record({
  act: fc.nat(240),
  who: fc.nat(2 * OFFICES_TRIED.length - 1),
  days: fc.oneof({ weight: 6, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.integer({ min: 8, max: 40 }) }),
  arrives: fc.boolean(),
})

export const lawOfWalks = (): Law => openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })

/** `shrinks`: whether a walk that found something is made as short as can be. */
type Way = { readonly seed?: number; readonly shrinks?: boolean }

type Walked = { readonly reached: ReadonlySet<string>; readonly breach: string | null }

/** Walks through one procedure in random ways: the states it came to, and the first breach of what must never be. */
export function walkProcedure(law: Law, procedure: Procedure, runs: number, { seed, shrinks = true }: Way = {}): Walked {
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
  const details = fc.check(walked, { numRuns: runs, endOnFailure: !shrinks, ...(seed === undefined ? {} : { seed }) })
  return { reached, breach: details.failed ? `seed ${details.seed}: ${String(details.errorInstance)}` : null }
}

/**
 * Walks through every procedure of the law in random ways, `runs` for each: nobody is listed or restricted without a served letter and time to
 * answer, nothing is marked that has ended, no duty has two open clocks, no case stays without way out, nothing runs on after the end; and every
 * state of every table is reached by some walk, so that the walks are no formality.
 */
export function walkProcedures(runs: number, seed?: number): void {
  const law = lawOfWalks()
  for (const procedure of [...law.procedures.values()].flat()) {
    const { reached, breach } = walkProcedure(law, procedure, runs, seed === undefined ? {} : { seed })
    assert.equal(breach, null)
    const never = procedure.states.filter(state => !reached.has(state.state)).map(state => state.state)
    assert.deepEqual(never, [], `${procedure.procedure}: no walk came to these states`)
  }
}
