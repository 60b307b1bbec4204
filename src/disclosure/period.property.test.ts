import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day } from '../base/day.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import type { PeriodFacts } from './model.ts'
import { isShownOn, publicationPeriod } from './period.ts'
import { itemShown, law, penalty } from './testing-records.ts'

const KINDS = [
  '警告',
  '通报批评',
  '罚款',
  '没收违法所得',
  '暂扣许可证件',
  '吊销许可证件',
  '责令停产停业',
  '限制从业',
  '其他-责令改正',
]
const anyDay = fc.integer({ min: 0, max: 4_500 }).map(count => addDays(day('2018-01-01'), count))
const maybeDay = fc.option(anyDay, { nil: null })
const anyFacts: fc.Arbitrary<PeriodFacts> = fc.record({
  subjectKind: fc.constantFrom('enterprise', 'sole-trader', 'natural-person'),
  decidedOn: anyDay,
  validUntil: maybeDay,
  shownUntil: maybeDay,
  removedOn: maybeDay,
  penaltyKinds: fc.subarray(KINDS, { maxLength: 3 }),
  procedure: fc.constantFrom('simple', 'ordinary', null),
  gravity: fc.constantFrom('minor', 'general', 'serious', null),
  fineYuan: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: null }),
  domains: fc.subarray(['market-regulation', 'work-safety', 'finance', 'fire-rescue'], { maxLength: 2 }),
})
const anyItem = fc.constantFrom(
  penalty,
  itemShown({ rule: 'while-valid' }),
  itemShown({ rule: 'while-listed', termMonths: 24 }),
  itemShown({ rule: 'fixed', months: 12 }),
  itemShown({ rule: 'standing' }),
)
const shownOn = (item: CatalogueItem, facts: PeriodFacts, on: Day): boolean =>
  isShownOn(publicationPeriod(law, item, facts, on), on)

test('invariant 3 · as days advance, nothing becomes public again after its end', () => {
  fc.assert(
    fc.property(anyItem, anyFacts, anyDay, fc.nat(2_000), (item, facts, on, ahead) => {
      fc.pre(on >= facts.decidedOn)
      return shownOn(item, facts, on) || !shownOn(item, facts, addDays(on, ahead))
    }),
    { numRuns: 2_000 },
  )
})

test('invariant 3 · an answer given earlier says the same of a later day as an answer given then', () => {
  fc.assert(
    fc.property(anyItem, anyFacts, anyDay, fc.nat(2_000), (item, facts, asked, ahead) => {
      const on = addDays(asked, ahead)
      const earlier = publicationPeriod(law, item, facts, asked)
      fc.pre(!('waits' in earlier))
      assert.equal(isShownOn(earlier, on), shownOn(item, facts, on))
    }),
    { numRuns: 2_000 },
  )
})

test("M098 · a sender's end never lengthens a publication and never shows what was hidden, but for a mirrored publisher's", () => {
  fc.assert(
    fc.property(anyItem, anyFacts, anyDay, anyDay, (item, facts, shownUntil, on) => {
      fc.pre(!facts.domains.includes('market-regulation'))
      return shownOn(item, { ...facts, shownUntil: null }, on) || !shownOn(item, { ...facts, shownUntil }, on)
    }),
    { numRuns: 2_000 },
  )
})

test('invariant 4 · no natural person and no minor record is ever public', () => {
  fc.assert(
    fc.property(anyItem, anyFacts, anyDay, (item, facts, on) => {
      if (facts.subjectKind === 'natural-person') assert.equal(shownOn(item, facts, on), false)
      if (item === penalty && facts.gravity === 'minor' && on >= '2026-04-01') assert.equal(shownOn(item, facts, on), false)
    }),
    { numRuns: 2_000 },
  )
})
