import type { Day } from '../base/day.ts'
import { type Law, procedureOn } from '../law/law.ts'
import { waitsForOpening } from '../law/procedure-flow.ts'
import type { TestApp } from '../testing-app.ts'
import { makeExampleAccounts } from './accounts.ts'
import { makeExampleCases } from './cases.ts'
import { makeExampleListings } from './listings.ts'
import { loadDemo } from './load.ts'

/* Which states of which procedures the example city shows, asked of the tables themselves. */

/** An example city that ends on a day, with its cases; the scenes that were left out, and why. */
export async function makeCity({ worker }: TestApp, on: Day): Promise<readonly string[]> {
  await loadDemo(worker, { subjects: 2000, records: 20_000, seed: 20_260_401, day: on })
  await makeExampleAccounts(worker)
  await makeExampleListings(worker)
  return await makeExampleCases(worker)
}

/** States of every procedure in force on a day, as `procedure.state`. */
export function statesOf(law: Law, on: Day): string[] {
  return [...law.procedures.keys()].flatMap(
    name => procedureOn(law, name, on)?.states.map(({ state }) => `${name}.${state}`) ?? [],
  )
}

export const procedureOf = (state: string): string => state.split('.')[0] ?? ''

/** Why no case can stand in a state, held against the law of the day. */
type Reason = { readonly why: string; readonly holds: (law: Law, on: Day) => boolean }

/** States in which the example city has no case because none can stand there longer than a moment. */
export const NOT_SHOWN: Readonly<Record<string, Reason>> = {
  'declaration.comparing': {
    why: 'the platform compares at once and leaves it by one of its own acts',
    holds: (law, on) => {
      const table = procedureOn(law, 'declaration', on)
      return table !== undefined && waitsForOpening(table, 'comparing')
    },
  },
}

/** Procedures whose examples are owed: they are on the platform and the example city lacks a state of them. Taken out as they come. */
export const OWED: readonly string[] = ['measure', 'exit-revocation']
