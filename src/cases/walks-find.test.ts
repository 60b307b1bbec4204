import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Procedure, ProcedureAct } from '../law/procedure-model.ts'
import { lawOfWalks, walkProcedure } from './testing-walks.ts'

/*
 * A walk that finds nothing proves something only if it would find what there is: each thing that must never be is planted into a table of the
 * law, and the walks must come upon it.
 */

type Plant = {
  readonly what: string
  readonly procedure: string
  /** Changes the acts of the table. */
  readonly plant: (acts: readonly ProcedureAct[]) => readonly ProcedureAct[]
  readonly finds: RegExp
}

const changing =
  (name: string, change: (act: ProcedureAct) => ProcedureAct) =>
  (acts: readonly ProcedureAct[]): readonly ProcedureAct[] => {
    assert.ok(acts.some(act => act.act === name))
    return acts.map(act => (act.act === name ? change(act) : act))
  }

const PLANTS: readonly Plant[] = [
  {
    ...{ what: 'a listing that nobody was told of', procedure: 'listing', finds: /listing\.list: without a served letter/ },
    plant: acts => changing('list', act => ({ ...act, from: ['proposed'] }))(acts),
  },
  {
    ...{ what: 'a listing before the time to answer is over', procedure: 'listing', finds: /before the time to answer was over/ },
    plant: acts => changing('decide', act => ({ ...act, from: ['notified'] }))(acts),
  },
  {
    ...{ what: 'a listing by one person', procedure: 'listing', finds: /listing\.list: by one person/ },
    plant: acts => changing('list', act => ({ ...act, by: ['decider'] }))(acts),
  },
  {
    ...{ what: 'something taken away by the clock', procedure: 'listing', finds: /the platform took something away/ },
    plant: acts => changing('list', act => ({ ...act, by: ['clock'] }))(acts),
  },
  {
    ...{ what: 'a breach that nobody was told of', procedure: 'commitment', finds: /confirm-breach: without a served letter/ },
    plant: acts =>
      changing('propose-breach', act => ({ ...act, from: ['supervised'], clocks: { ...act.clocks, stop: ['verify'] } }))(acts),
  },
  {
    ...{ what: 'an effect after the repair', procedure: 'repair', finds: /a mark on what has ended/ },
    plant: acts => changing('shield', act => ({ ...act, from: ['accepted', 'confirming'] }))(acts),
  },
  {
    ...{ what: 'an effect that outlives its case', procedure: 'objection', finds: /contested left on the record after the end/ },
    plant: acts => changing('withdraw', act => ({ ...act, effects: [] }))(acts),
  },
  {
    ...{ what: 'an effect twice', procedure: 'objection', finds: /the same mark twice/ },
    plant: acts => changing('ask-material', act => ({ ...act, effects: ['mark-contested'] }))(acts),
  },
  {
    ...{ what: 'a state without exit', procedure: 'rectification', finds: /a state without way out/ },
    plant: acts =>
      acts
        .map(act => ({ ...act, from: act.from.filter(state => state !== 'warned') }))
        .filter(act => act.from.length > 0 || act.act === 'order'),
  },
  {
    ...{ what: 'two open clocks for one duty', procedure: 'repair', finds: /two open clocks for one duty/ },
    plant: acts => changing('accept', act => ({ ...act, clocks: { ...act.clocks, stop: [] } }))(acts),
  },
  {
    ...{ what: 'a clock that runs on after the end', procedure: 'interview', finds: /the clock hold runs on after the end/ },
    plant: acts => changing('cancel', act => ({ ...act, clocks: { ...act.clocks, stop: [] } }))(acts),
  },
]

const law = lawOfWalks()

for (const { what, procedure: name, plant, finds } of PLANTS)
  test(`principle 5 · principle 6 · principle 7 · the walks come upon ${what}`, () => {
    const procedure = law.procedures.get(name)?.at(-1) as Procedure
    const { breach } = walkProcedure(law, { ...procedure, acts: [...plant(procedure.acts)] }, 500, { seed: 2026, shrinks: false })
    assert.match(breach ?? 'no walk found anything', finds)
    assert.equal(walkProcedure(law, procedure, 50, { seed: 2026 }).breach, null, 'and find nothing in the table itself')
  })
