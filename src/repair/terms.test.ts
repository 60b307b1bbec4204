import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day } from '../base/day.ts'
import type { Law } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import { loadWords } from '../words/words.ts'
import { type RepairFacts, repairTerms } from './terms.ts'

const root = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(root, 'law'), cityDir: join(root, 'city/example') })

const itemOf = (id: string): RepairFacts['item'] => {
  const item = law.items.get(id)?.at(-1)
  assert.ok(item, id)
  return item
}

function facts(given: Partial<RepairFacts>): RepairFacts {
  return {
    item: itemOf('penalty-org'),
    subjectKind: 'enterprise',
    decidedOn: day('2026-05-06'),
    validUntil: null,
    shownUntil: null,
    removedOn: null,
    penaltyKinds: ['罚款'],
    procedure: 'ordinary',
    gravity: 'general',
    fineYuan: 50_000,
    domains: ['ecology-environment'],
    ...given,
  }
}

type Row = {
  readonly title: string
  readonly given: Partial<RepairFacts>
  readonly on?: string
  readonly regime?: string
  readonly class: string | null
  readonly earliest: string | null
  readonly latest: string | null
}

/** Decisions by class and regime: the first day to apply, the last day shown. */
const rows: readonly Row[] = [
  {
    title: 'M267 · ndrc-36 · a general penalty: three months, one year',
    given: {},
    class: 'general',
    earliest: '2026-08-07',
    latest: '2027-05-06',
  },
  {
    title: 'M267 · ndrc-36 · a serious penalty: one year, three years',
    given: { gravity: 'serious' },
    class: 'serious',
    earliest: '2027-05-07',
    latest: '2029-05-06',
  },
  {
    title: 'M267 · ndrc-36 · a minor penalty has no minimum and is not shown',
    given: { gravity: 'minor' },
    class: 'minor',
    earliest: '2026-05-06',
    latest: null,
  },
  {
    title: 'M267 · ndrc-58 · applied under Order 58: three months, three years',
    given: { decidedOn: day('2025-06-10'), gravity: 'serious' },
    on: '2026-01-05',
    regime: 'R-58',
    class: null,
    earliest: '2025-09-11',
    latest: '2028-06-10',
  },
  {
    title: 'M267 · ndrc-58 · work safety under Order 58: a year at least; Order 36 is known and ends it earlier',
    given: { decidedOn: day('2025-06-10'), domains: ['work-safety'] },
    on: '2026-01-05',
    regime: 'R-58',
    class: null,
    earliest: '2026-06-11',
    latest: '2026-06-10',
  },
  {
    title:
      'M271 · transition · a general penalty in work safety under Order 58: the shorter minimum and the earlier end of Order 36',
    given: { decidedOn: day('2025-06-10'), domains: ['work-safety'] },
    class: 'general',
    earliest: '2025-09-11',
    latest: '2026-06-10',
  },
  {
    title: 'M271 · transition · a serious penalty under Order 58 keeps the shorter minimum of its day',
    given: { decidedOn: day('2025-06-10'), gravity: 'serious' },
    class: 'serious',
    earliest: '2025-09-11',
    latest: '2028-06-10',
  },
  {
    title: 'M271 · transition · a general decision of 2022 asks the oldest regime too',
    given: { decidedOn: day('2022-10-31') },
    on: '2022-12-01',
    regime: 'R-2019',
    class: 'general',
    earliest: '2023-02-01',
    latest: '2023-10-31',
  },
  {
    title: 'M267 · a class that nobody has given leaves the day open',
    given: { gravity: null, penaltyKinds: ['其他-某种处罚'], fineYuan: null },
    class: null,
    earliest: null,
    latest: null,
  },
]

for (const row of rows)
  test(row.title, () => {
    const terms = repairTerms(law, facts(row.given), day(row.on ?? '2026-11-20'))
    assert.deepEqual(
      [terms.regime, terms.class, terms.earliest, terms.latest],
      [row.regime ?? 'R-36', row.class, row.earliest, row.latest],
    )
    assert.equal(terms.decider, 'deciding-unit')
    assert.deepEqual(
      terms.conditions.slice(0, 3).map(one => one.condition),
      ['period-reached', 'duty-performed', 'commitment-signed'],
    )
  })

test('M271 · both computations of the transition are told', () => {
  const terms = repairTerms(law, facts({ decidedOn: day('2025-06-10'), domains: ['work-safety'] }), day('2026-11-20'))
  const minima = terms.because.filter(one => one.code === 'repair.from-minimum').map(one => [one.regime, one.facts['from']])
  assert.deepEqual(minima, [
    ['R-36', '2025-09-11'],
    ['R-58', '2026-06-11'],
  ])
  assert.ok(terms.because.some(one => one.code === 'repair.shortest' && one.basis === 'ndrc-36'))
})

const listing = (item: string, given: Partial<RepairFacts> = {}): RepairFacts =>
  facts({ item: itemOf(item), penaltyKinds: [], procedure: null, gravity: null, fineYuan: null, domains: [], ...given })

test('M263, M215 · a wage-arrears listing: six months from the correction, decided by the unit that listed', () => {
  const waiting = repairTerms(law, listing('wage-arrears'), day('2026-11-20'))
  assert.deepEqual([waiting.what, waiting.decider, waiting.class], ['serious-list', 'listing-unit', 'serious'])
  assert.deepEqual([waiting.earliest, waiting.latest, waiting.because[0]?.code], [null, '2029-05-06', 'repair.waits-correction'])
  const corrected = repairTerms(law, listing('wage-arrears', { correctedOn: day('2026-06-01') }), day('2026-11-20'))
  assert.equal(corrected.earliest, '2026-12-02')
  assert.ok(corrected.conditions.some(one => one.text === '拖欠的工资已偿还'))
})

test('M215 · a work-safety listing: twelve months from the listing by its own rule', () => {
  const terms = repairTerms(law, listing('work-safety-serious'), day('2026-11-20'))
  assert.deepEqual([terms.earliest, terms.latest], ['2027-05-07', '2029-05-06'])
  assert.ok(terms.because.some(one => one.code === 'repair.list-own-rule'))
})

test('M215 · a list without a way out of its own has the serious class of Order 36', () => {
  const terms = repairTerms(law, listing('government-procurement-serious'), day('2026-11-20'))
  assert.deepEqual([terms.class, terms.earliest, terms.latest], ['serious', '2027-05-07', '2029-05-06'])
})

test('M215 · a list that only an application ends has no last day', () => {
  const terms = repairTerms(law, listing('social-organisation-serious'), day('2026-11-20'))
  assert.deepEqual([terms.earliest, terms.latest], ['2028-05-07', null])
  assert.equal(terms.because.at(-1)?.code, 'repair.list-without-term')
})

for (const [item, publisher] of [
  ['dishonest-judgment-debtor-org', '人民法院（各级）'],
  ['tax-serious', '税务机关（确定机关）'],
] as const)
  test(`M236, M267 · ${item} is mirrored: nothing is computed`, () => {
    const terms = repairTerms(law, listing(item, { correctedOn: day('2026-06-01') }), day('2026-11-20'))
    assert.deepEqual([terms.decider, terms.publisher, terms.earliest], ['mirrored', publisher, null])
  })

test('M267 · samr-45 · the market-regulation system decides on its own penalties; some kinds never end early', () => {
  const mirrored = facts({ domains: ['market-regulation'], shownUntil: day('2029-05-06') })
  const terms = repairTerms(law, mirrored, day('2026-11-20'))
  assert.deepEqual(
    [terms.decider, terms.publisher, terms.repairable, terms.earliest, terms.latest],
    ['mirrored', '国家企业信用信息公示系统', true, null, '2029-05-06'],
  )
  const revoked = repairTerms(law, { ...mirrored, penaltyKinds: ['罚款', '吊销许可证件'] }, day('2026-11-20'))
  assert.deepEqual([revoked.repairable, revoked.because[0]?.code], [false, 'repair.not-early'])
})

const withOwn = (basis: string): Law => ({
  ...law,
  repair: {
    ...law.repair,
    overrides: [
      {
        id: 'own',
        name: '某条例的期限',
        anyKind: ['罚款'],
        atLeastMonths: 6,
        atMostMonths: 9,
        basis: [basis],
        confidence: 'proposal',
      },
    ],
  },
})

test('M267 · a law or regulation with periods of its own prevails, while it is in force', () => {
  const own = repairTerms(withOwn('wage#48'), facts({}), day('2026-11-20'))
  assert.deepEqual([own.earliest, own.latest], ['2026-11-07', '2027-02-06'])
  assert.equal(own.because[0]?.code, 'repair.from-statute')
  const other = repairTerms(withOwn('wage#48'), facts({ penaltyKinds: ['没收违法所得'] }), day('2026-11-20'))
  assert.equal(other.earliest, '2026-08-07')
  const repealed = repairTerms(withOwn('erlr-1988'), facts({}), day('2026-11-20'))
  assert.equal(repealed.earliest, '2026-08-07')
})

test('M267 · a class that the table does not let repair has no first day', () => {
  const table = law.repair.regimes.get('R-36')
  assert.ok(table)
  const closed = { ...table, classes: table.classes.map(one => ({ ...one, repairable: one.case !== 'serious' })) }
  const changed = { ...law, repair: { ...law.repair, regimes: new Map([...law.repair.regimes, ['R-36', closed] as const]) } }
  const terms = repairTerms(changed, facts({ gravity: 'serious' }), day('2026-11-20'))
  assert.deepEqual([terms.repairable, terms.earliest, terms.latest], [false, null, '2029-05-06'])
})

test('M267 · before the first regime nothing can be applied for', () => {
  const terms = repairTerms(law, facts({ decidedOn: day('2018-01-01') }), day('2018-06-01'))
  assert.deepEqual([terms.regime, terms.repairable, terms.earliest], [null, false, null])
})

test('M269 · a later day of application never makes the first day later', () => {
  const anyDay = fc.integer({ min: 0, max: 2600 }).map(count => addDays('2019-07-01' as Day, count))
  const gravity = fc.constantFrom('minor' as const, 'general' as const, 'serious' as const, null)
  const domain = fc.constantFrom('work-safety', 'ecology-environment')
  fc.assert(
    fc.property(anyDay, fc.nat(1200), fc.nat(1200), gravity, domain, (decidedOn, first, more, given, where) => {
      const known = facts({ decidedOn, gravity: given, domains: [where] })
      const early = repairTerms(law, known, addDays(decidedOn, first)).earliest
      const late = repairTerms(law, known, addDays(decidedOn, first + more)).earliest
      assert.ok(early === null || (late !== null && late <= early), `${decidedOn} ${early} ${late}`)
    }),
    { seed: 4, numRuns: 500 },
  )
})

test('M202, M215 · a ground with a period of its own ends the listing when that is earlier, never later', () => {
  const list = law.lists.get('wage-arrears')
  const period = list?.periods[0]
  assert.ok(list && period)
  const until = (months: number): string | null => {
    const periods = [{ ...period, grounds: ['mass-incident'], months }, period]
    const changed = { ...law, lists: new Map([...law.lists, ['wage-arrears', { ...list, periods }] as const]) }
    return repairTerms(changed, listing('wage-arrears', { ground: 'mass-incident' }), day('2026-11-20')).latest
  }
  assert.deepEqual([until(12), until(48)], ['2027-05-06', '2029-05-06'])
})

test('M267 · ndrc-36 · an entry in a register of abnormal activity is of the general class', () => {
  const terms = repairTerms(
    law,
    listing('social-organisation-abnormal', { subjectKind: 'social-organisation' }),
    day('2026-11-20'),
  )
  assert.deepEqual(
    [terms.what, terms.decider, terms.class, terms.earliest],
    ['abnormal-register', 'deciding-unit', 'general', '2026-08-07'],
  )
})

test('M267 · what takes nothing away has nothing to repair', () => {
  const terms = repairTerms(law, listing('honour-org'), day('2026-11-20'))
  assert.deepEqual([terms.repairable, terms.earliest, terms.because[0]?.code], [false, null, 'repair.not-adverse'])
})

test('M267 · every reason has a sentence', () => {
  const words = loadWords()
  const all = [
    ...rows.map(row => facts(row.given)),
    listing('wage-arrears'),
    listing('tax-serious'),
    listing('work-safety-serious'),
  ]
  for (const known of all)
    for (const one of repairTerms(law, known, day('2026-11-20')).because)
      assert.notEqual(words.say(one.code, { ...one.facts, article: '' }), one.code)
})
