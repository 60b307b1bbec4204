import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day } from '../base/day.ts'
import { asksTheSame, gravityOf, type PenaltyFacts } from './gravity.ts'
import { law } from './testing-records.ts'

const KINDS = ['警告', '罚款', '没收违法所得', '暂扣或者吊销许可证件', '吊销许可证件', '其他-责令改正']
const anyFacts: fc.Arbitrary<PenaltyFacts> = fc.record({
  decidedOn: fc.constantFrom(...['2018-03-01', '2019-07-01', '2026-03-31', '2026-04-01', '2026-11-20'].map(day)),
  penaltyKinds: fc.shuffledSubarray(KINDS, { maxLength: 3 }),
  procedure: fc.constantFrom('simple', 'ordinary', null),
  gravity: fc.constantFrom('general', null, null),
  fineYuan: fc.constantFrom(null, 0, 20_000, 600_000),
  domains: fc.subarray(['work-safety', 'finance']),
})
/** The same facts, or some of them changed. */
const anyPair = anyFacts.chain(facts =>
  fc
    .record({ other: anyFacts, changed: fc.subarray(Object.keys(facts) as (keyof PenaltyFacts)[], { maxLength: 2 }) })
    .map(({ other, changed }) => [facts, { ...facts, ...Object.fromEntries(changed.map(key => [key, other[key]])) }] as const),
)

test('M098 · facts that ask the same have the same answer, by the tables of their day or of a later regime', () => {
  let same = 0
  fc.assert(
    fc.property(anyPair, fc.nat(4_000), ([a, b], days) => {
      fc.pre(asksTheSame(law, a, b))
      same += 1
      const regime = addDays(day('2018-01-01'), days)
      assert.equal(classOf(a), classOf(b))
      assert.equal(classUnder(a, regime), classUnder(b, regime))
      assert.ok(asksTheSame(law, b, a))
    }),
    { numRuns: 3_000 },
  )
  assert.ok(same > 100)
})

function classOf(facts: PenaltyFacts, on = facts.decidedOn): string {
  const answer = gravityOf(law, facts, on)
  return 'gravity' in answer ? answer.gravity : answer.waits
}

function classUnder(facts: PenaltyFacts, regime: Day): string {
  return classOf(facts, regime < facts.decidedOn ? facts.decidedOn : regime)
}

const FACTS: PenaltyFacts = {
  decidedOn: day('2026-05-15'),
  penaltyKinds: ['其他-责令改正', '罚款'],
  procedure: 'ordinary',
  gravity: null,
  fineYuan: 20_000,
  domains: ['finance'],
}
const differences: readonly Partial<PenaltyFacts>[] = [
  { penaltyKinds: ['其他-责令改正'] },
  { penaltyKinds: ['其他-责令停建', '罚款'] },
  { fineYuan: 20_001 },
  { fineYuan: null },
  { procedure: 'simple' },
  { gravity: 'general' },
  { domains: ['finance', 'work-safety'] },
  { domains: [] },
  { decidedOn: day('2026-03-31') },
]
for (const difference of differences) {
  test(`M098 · an answer about other facts is no answer: ${JSON.stringify(difference)}`, () => {
    assert.equal(asksTheSame(law, FACTS, { ...FACTS, ...difference }), false)
    assert.equal(asksTheSame(law, { ...FACTS, ...difference }, FACTS), false)
    assert.equal(asksTheSame(law, FACTS, { ...FACTS }), true)
  })
}

test('M098 · a day on which the city brings other amounts asks anew', () => {
  const city = law.cityGravity.map(table => ({ ...table, inForceFrom: day('2026-06-01') }))
  const later = { ...FACTS, decidedOn: day('2026-06-01') }
  assert.equal(asksTheSame({ ...law, cityGravity: [...law.cityGravity, ...city] }, FACTS, later), false)
  assert.equal(asksTheSame(law, FACTS, later), true)
})
