import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import type { Period, PeriodFacts } from './model.ts'
import { isShownOn, publicationPeriod } from './period.ts'
import { itemShown, law, penalty } from './testing-records.ts'

function factsOf(given: Partial<PeriodFacts>): PeriodFacts {
  return {
    subjectKind: 'enterprise',
    decidedOn: day('2026-05-06'),
    validUntil: null,
    shownUntil: null,
    removedOn: null,
    penaltyKinds: ['罚款'],
    procedure: 'ordinary',
    gravity: null,
    fineYuan: 50_000,
    domains: ['ecology-environment'],
    ...given,
  }
}

const said = (period: Period): string => {
  if ('waits' in period) return `waits ${period.waits}`
  return period.shown
    ? `${period.from}…${period.until ?? ''} ${period.because[0]?.code}${period.because[0]?.regime ? ` ${period.because[0].regime}` : ''}`
    : `hidden ${period.because[0]?.code}`
}

const TODAY = day('2026-11-21')
const rows: readonly (readonly [string, string, Partial<PeriodFacts>, string])[] = [
  ['M098 · ndrc-36', 'a general penalty ends after 12 months', {}, '2026-05-06…2027-05-06 publication.end-by-regime R-36'],
  ['M098 · ndrc-36', 'a serious one after 36', { fineYuan: 500_000 }, '2026-05-06…2029-05-06 publication.end-by-regime R-36'],
  ['M099 · ndrc-36', 'a minor one is not shown', { fineYuan: 9_999.99 }, 'hidden publication.hidden-minor'],
  ['ndrc-36 · apl#51', 'simple procedure is minor', { procedure: 'simple' }, 'hidden publication.hidden-minor'],
  ['ndrc-36', 'a warning alone is minor', { penaltyKinds: ['警告'] }, 'hidden publication.hidden-minor'],
  [
    'ndrc-36',
    'of several kinds the gravest governs',
    { penaltyKinds: ['警告', '罚款', '吊销许可证件'], fineYuan: 100 },
    '2026-05-06…2029-05-06 publication.end-by-regime R-36',
  ],
  [
    'ndrc-36',
    'an industry has thresholds of its own',
    { domains: ['work-safety'], fineYuan: 15_000 },
    'hidden publication.hidden-minor',
  ],
  [
    'ndrc-36',
    'thresholds that disagree wait for an officer',
    { domains: ['work-safety', 'finance'], fineYuan: 15_000 },
    'waits gravity',
  ],
  ['ndrc-36', 'a fine without its amount waits', { fineYuan: null }, 'waits gravity'],
  ['ndrc-36', 'a kind no table knows waits', { penaltyKinds: ['其他-责令改正'] }, 'waits gravity'],
  [
    'ndrc-36',
    'an unknown kind beside a serious one does not wait',
    { penaltyKinds: ['其他-责令改正', '限制从业'] },
    '2026-05-06…2029-05-06 publication.end-by-regime R-36',
  ],
  [
    'ndrc-36',
    "the sender's class stands",
    { gravity: 'serious', fineYuan: null },
    '2026-05-06…2029-05-06 publication.end-by-regime R-36',
  ],
  [
    'M098',
    "the sender's end governs where it is earlier",
    { shownUntil: day('2026-08-06') },
    '2026-05-06…2026-08-06 publication.end-by-sender',
  ],
  [
    'M098',
    "the sender's end never lengthens",
    { shownUntil: day('2029-05-06') },
    '2026-05-06…2027-05-06 publication.end-by-regime R-36',
  ],
  [
    'ndrc-58',
    'an act of its time ends under the later regime if that is earlier',
    { decidedOn: day('2026-02-10') },
    '2026-02-10…2027-02-10 publication.end-by-regime R-36',
  ],
  [
    'ndrc-58',
    'a serious one ends on the same day under both',
    { decidedOn: day('2025-08-31'), gravity: 'serious' },
    '2025-08-31…2028-08-31 publication.end-by-regime R-58',
  ],
  [
    'ndrc-58',
    'simple procedure is hidden under the regime of its day',
    { decidedOn: day('2024-02-10'), procedure: 'simple', gravity: 'general' },
    'hidden publication.hidden-simple-procedure',
  ],
  [
    'ndrc-58',
    'warning and criticism alone are hidden',
    { decidedOn: day('2024-02-10'), penaltyKinds: ['警告', '通报批评'], gravity: 'general' },
    'hidden publication.hidden-warning-only',
  ],
  [
    'ndrc-58 · ndrc-36',
    'an ended act waits for nobody',
    { decidedOn: day('2023-06-01'), fineYuan: null },
    '2023-06-01…2026-06-01 publication.end-by-regime R-58',
  ],
  [
    'ndrc-58 · ndrc-36',
    'a class that is missing matters while some class would show it',
    { decidedOn: day('2024-06-01'), fineYuan: null },
    'waits gravity',
  ],
  [
    'ndrc-2019-527',
    'general acts of 2022 ended after 12 months',
    { decidedOn: day('2022-06-01') },
    '2022-06-01…2023-06-01 publication.end-by-regime R-2019',
  ],
  [
    'samr-45',
    'market regulation is mirrored, not computed',
    { domains: ['market-regulation'], shownUntil: day('2029-05-06') },
    '2026-05-06…2029-05-06 publication.end-by-sender',
  ],
  ['samr-45', "without the publisher's end it waits", { domains: ['market-regulation'] }, 'waits mirror-end'],
  [
    'samr-45',
    'simple procedure is not published there either',
    { domains: ['market-regulation'], shownUntil: day('2029-05-06'), procedure: 'simple' },
    'hidden publication.hidden-minor',
  ],
  [
    'M139 · apl#33',
    'a decision not to punish is no dishonesty record',
    { penaltyKinds: ['其他-不予行政处罚'] },
    'hidden publication.no-penalty',
  ],
  [
    'M099 · sd-reg#20',
    'a natural person is never public',
    { subjectKind: 'natural-person' },
    'hidden publication.natural-person',
  ],
  [
    '民法典 202',
    'a month without the day ends on its last day',
    { decidedOn: day('2027-02-28'), gravity: 'general' },
    '2027-02-28…2028-02-28 publication.end-by-regime R-36',
  ],
]
for (const [basis, title, given, answer] of rows) {
  test(`${basis} · ${title}`, () => assert.equal(said(publicationPeriod(law, penalty, factsOf(given), TODAY)), answer))
}

test('ndrc-36 · a regime known beforehand ends a publication on its eve, not before', () => {
  const facts = factsOf({ decidedOn: day('2024-12-01'), shownUntil: null })
  const before = publicationPeriod(law, penalty, facts, day('2026-01-15'))
  assert.equal(said(before), '2024-12-01…2026-03-31 publication.end-by-regime R-36')
  assert.equal(isShownOn(before, day('2026-03-31')), true)
  assert.equal(isShownOn(publicationPeriod(law, penalty, facts, day('2026-04-01')), day('2026-04-01')), false)
})

const others: readonly (readonly [string, Record<string, unknown>, Partial<PeriodFacts>, string])[] = [
  ['an item that is never public', { rule: 'never' }, {}, 'hidden publication.not-public-item'],
  ['a standing registration has no end', { rule: 'standing' }, {}, '2026-05-06… publication.while-standing'],
  [
    'a registration that ended is shown until the eve',
    { rule: 'standing' },
    { removedOn: day('2026-07-01') },
    '2026-05-06…2026-06-30 publication.removed',
  ],
  [
    'a licence is shown while it is valid',
    { rule: 'while-valid' },
    { validUntil: day('2031-05-05') },
    '2026-05-06…2031-05-05 publication.end-of-validity',
  ],
  ['a long-term licence has no end', { rule: 'while-valid' }, {}, '2026-05-06… publication.while-valid'],
  [
    'a listing ends with its term',
    { rule: 'while-listed', termMonths: 36 },
    {},
    '2026-05-06…2029-05-06 publication.end-of-months',
  ],
  [
    'a listing stops on the day of removal',
    { rule: 'while-listed', termMonths: null },
    { removedOn: day('2026-11-21') },
    '2026-05-06…2026-11-20 publication.removed',
  ],
  [
    'an entry removed on the day it was made was never shown',
    { rule: 'while-listed', termMonths: null },
    { removedOn: day('2026-05-06') },
    'hidden publication.removed',
  ],
  ['a fixed period counts months', { rule: 'fixed', months: 24 }, {}, '2026-05-06…2028-05-06 publication.end-of-months'],
]
for (const [title, rule, given, answer] of others) {
  test(`M098 · ${title}`, () => assert.equal(said(publicationPeriod(law, itemShown(rule), factsOf(given), TODAY)), answer))
}
