import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { openLaw } from '../law/load.ts'
import type { GuardFacts } from './guards.ts'
import { RECTIFICATION_GUARDS } from './guards-rectification.ts'
import type { OpenedCase } from './model.ts'
import { spanOf } from './terms.ts'

// What may be ordered of somebody, by the day alone.

const ROOT = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const today = day('2026-06-08')
const facts = (until: string, opened: OpenedCase | null = null): GuardFacts => ({
  ...{ law, today, aboutRef: null, unit: null, subjectKind: null, filled: { until }, record: null, opened },
  ...{ served: new Map(), barredUntil: null, openConfirmations: 0 },
})
const codeOf = (until: string): string => {
  const verdict = RECTIFICATION_GUARDS['rectification-day-right'](facts(until), 'gbf-2019-35')
  return verdict.ok ? 'met' : verdict.code
}

test('M289 · SG20 · an order leaves ten days at least and hangs over nobody for more than a year', () => {
  assert.equal(codeOf('2026-06-17'), 'rectification.day-too-early')
  assert.equal(codeOf('2026-06-18'), 'met')
  assert.equal(codeOf('2027-06-08'), 'met')
  assert.equal(codeOf('2027-06-09'), 'rectification.day-too-late')
  assert.equal(codeOf(''), 'rectification.day-too-early')
})

test('M288 · SG14 · however late the order was served, five days are left when the time to answer is over', () => {
  const left = (until: string, on: string) =>
    spanOf({ named: 'rectification-left' }, { law, today: day(on), filled: { until }, aboutRef: null })
  assert.deepEqual(left('2026-06-30', '2026-06-16'), { count: 14, unit: 'calendar' })
  assert.deepEqual(left('2026-06-18', '2026-06-16'), { count: 5, unit: 'calendar' })
  assert.deepEqual(left('2026-06-18', '2026-08-16'), { count: 5, unit: 'calendar' })
})
