import { test } from 'node:test'
import { walkProcedures } from './testing-walks.ts'

test('principle 5 · principle 6 · principle 7 · 500 random walks through every procedure reach nothing that must never be', () => {
  walkProcedures(500, 2026)
})
