import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day } from '../base/day.ts'
import { disclose } from './disclose.ts'
import { type Audience, type DisclosedRecord, type Disclosure, type DisclosureContext, RECORD_STATES } from './model.ts'
import { byAuthorisation, law, licence, listing, penalty, recordOf, sharedOnly } from './testing-records.ts'

const TODAY = day('2026-11-21')
const looked: DisclosureContext = {
  day: TODAY,
  purpose: '行政许可审查',
  window: { from: day('2023-11-20'), to: day('2026-11-20') },
}
const ask = (record: DisclosedRecord, audience: Audience, context: Partial<DisclosureContext> = {}): Disclosure =>
  disclose(law, record, audience, { ...looked, ...context })
const anyDay = fc.integer({ min: 0, max: 4_500 }).map(count => addDays(day('2018-01-01'), count))
const maybeDay = fc.option(anyDay, { nil: null })
const anyRecord: fc.Arbitrary<DisclosedRecord> = fc
  .record({
    item: fc.constantFrom(penalty, listing, sharedOnly, byAuthorisation, licence),
    state: fc.constantFrom(...RECORD_STATES),
    contested: fc.boolean(),
    subjectKind: fc.constantFrom('enterprise' as const, 'sole-trader' as const, 'natural-person' as const),
    decidedOn: anyDay,
    validUntil: maybeDay,
    shownUntil: maybeDay,
    removedOn: maybeDay,
    penaltyKinds: fc.subarray(['警告', '罚款', '吊销许可证件', '其他-责令改正']),
    procedure: fc.constantFrom('simple' as const, 'ordinary' as const, null),
    gravity: fc.constantFrom('minor' as const, 'general' as const, 'serious' as const, null),
    fineYuan: fc.option(fc.nat(1_000_000), { nil: null }),
    domains: fc.subarray(['market-regulation', 'finance']),
  })
  .map(recordOf)
const isPublic = (record: DisclosedRecord, on: Day): boolean => ask(record, 'public', { day: on }).shown

test('invariant 4 · to the public: no natural person, nothing that does not stand, no minor penalty', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, (record, on) => {
      if (!isPublic(record, on)) return
      assert.notEqual(record.subjectKind, 'natural-person')
      assert.equal(record.state, 'standing')
      assert.equal(record.item.disclosure.mode, 'public')
      if (record.item.publication.rule === 'by-regime' && on >= '2026-04-01') assert.notEqual(record.gravity, 'minor')
    }),
    { numRuns: 3_000 },
  )
})

test('invariant 3 · a record never becomes public again after its end', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, fc.nat(2_000), (record, on, ahead) => {
      fc.pre(on >= record.decidedOn)
      return isPublic(record, on) || !isPublic(record, addDays(on, ahead))
    }),
    { numRuns: 3_000 },
  )
})

test('invariant 4 · the public report is the portal, word for word', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, (record, on) =>
      assert.deepEqual(ask(record, 'public', { day: on }), ask(record, 'public-report', { day: on })),
    ),
    { numRuns: 1_000 },
  )
})

test('invariant 3 · what is repaired, annulled, corrected or suspended is in no report and no check', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, (record, on) => {
      fc.pre(record.state !== 'standing')
      for (const audience of ['public', 'public-report', 'special-report', 'officer'] as const)
        assert.equal(ask(record, audience, { day: on }).shown, false)
    }),
    { numRuns: 1_000 },
  )
})
