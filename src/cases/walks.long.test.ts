import { test } from 'node:test'
import { walkProcedures } from './testing-walks.ts'

test('principle 5 · principle 6 · principle 7 · 10,000 random walks through every procedure reach nothing that must never be', () => {
  walkProcedures(10_000)
})
