import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { day } from '../base/day.ts'
import { STEP_NAMES, termText } from './clock-document.ts'
import { answerTermOn, OBJECTION_STEPS, objectionClocksOn, objectionTermOn } from './clock-model.ts'
import { openLaw } from './load.ts'
import { withLaw } from './testing.ts'
import { smallLaw } from './testing-law.ts'

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const { clocks } = openLaw({ lawDir: folder('law'), cityDir: folder('city/example') })

/** What each place's regulation gives, in working days, as it was read: step and count; an empty list says what a set has not. */
const PLACES = {
  shanghai: { mark: 1, 'own-scope': 5, forward: 2, provider: 5, remove: 3 },
  shandong: { 'own-scope': 3, 'with-provider': 7, 'report-change': 3 },
  henan: { mark: 'at-once', 'own-scope': 3, 'with-provider': 7, provider: 3, remove: 1, repair: 1 },
  zhejiang: { mark: 'at-once', 'own-scope': 5, longest: 20 },
  shenzhen: { mark: 'at-once', 'own-scope': 1, provider: 2, extension: 3, repair: 3, 'repair-extension': 3 },
  default: { mark: 1, 'own-scope': 3, 'with-provider': 7, provider: 3, remove: 1 },
} as const
const ANSWERS = { shanghai: 5, shandong: 7, henan: 7, zhejiang: 5, shenzhen: 2, default: 7 } as const

for (const [set, counts] of Object.entries(PLACES))
  test(`principle 7 · ${set} has the terms of its regulation, all in working days and with their articles`, () => {
    const here = { ...clocks, objectionSet: set }
    const held = objectionClocksOn(here, day('2026-11-22'))
    assert.deepEqual(Object.fromEntries((held?.steps ?? []).map(one => [one.step, one.count])), counts)
    for (const one of held?.steps ?? []) assert.deepEqual([one.unit, one.basis.length > 0], ['working', true])
    const sure = new Set(held?.steps.map(one => one.confidence))
    assert.deepEqual([...sure], [set === 'default' ? 'proposal' : 'primary'])
    assert.equal(answerTermOn(here, day('2026-11-22'))?.count, ANSWERS[set as keyof typeof ANSWERS])
  })

test('principle 7 · before its first day a set gives no term, and a step it does not name has none', () => {
  const here = { ...clocks, objectionSet: 'shenzhen' }
  assert.equal(objectionTermOn(here, 'own-scope', day('2023-02-28')), null)
  assert.equal(answerTermOn(here, day('2023-02-28')), null)
  assert.equal(objectionTermOn(here, 'own-scope', day('2023-03-01'))?.count, 1)
  assert.equal(objectionTermOn(here, 'with-provider', day('2023-03-01')), null)
})

test('principle 12 · the example city goes by the default, and a city without a choice does too', () => {
  assert.equal(clocks.objectionSet, 'default')
  assert.equal(withLaw(smallLaw(), places => openLaw(places)).clocks.objectionSet, 'default')
})

test('principle 12 · a city may bring the set of its own province', () => {
  const own = `objection: { set: own, basis: [act#1], confidence: primary }
sets:
  - set: own
    name: 本省
    place: '86'
    inForceFrom: 2024-01-01
    inForceUntil: null
    transfer: { starts: anew, basis: [act#1], confidence: primary }
    steps:
      - { step: own-scope, count: 1, unit: months, dayOff: moves, basis: [act#1], confidence: primary }
      - { step: provider, count: 2, unit: calendar, dayOff: stays, basis: [act#1], confidence: primary }
`
  const law = withLaw({ ...smallLaw(), 'city/small/clocks.yaml': own }, places => openLaw(places))
  const terms = ['own-scope', 'provider'] as const
  assert.deepEqual(
    terms.map(step => {
      const term = objectionTermOn(law.clocks, step, day('2024-01-01'))
      return term && termText(term)
    }),
    ['1个月，末日遇放假顺延', '2日'],
  )
})

test('principle 7 · every step has a name', () => {
  assert.deepEqual(Object.keys(STEP_NAMES).sort(), [...OBJECTION_STEPS].sort())
  assert.equal(termText({ count: 'at-once', unit: 'working' }), '当即')
})
