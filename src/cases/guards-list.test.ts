import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Day, day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Law, procedureOn } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import type { GuardName, Office } from '../law/procedure-words.ts'
import { firstUnmet, type GuardFacts } from './guards.ts'
import type { CaseEntry, CaseFile, CaseId, OpenedCase } from './model.ts'

// Conditions of listing and leaving, one row a rule: what is judged, by which list, and the answer with its facts.

const ROOT = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const today = day('2026-11-20')
const listing = procedureOn(law, 'listing', today)
assert.ok(listing)

const facts = (aboutRef: string, more: Partial<GuardFacts> = {}): GuardFacts => ({
  ...{ law, today, aboutRef, unit: 'human-resources', subjectKind: 'enterprise', filled: {}, record: null, opened: null },
  ...{ served: new Map(), barredUntil: null, openConfirmations: 0 },
  ...more,
})
function answer(guard: GuardName, judged: GuardFacts): string {
  const verdict = firstUnmet([guard], judged, 'gbf-2020-49#四')
  if (verdict.ok) return 'met'
  assert.ok(verdict.basis, `${verdict.code} names its article`)
  return verdict.code
}
const filled = (more: Record<string, string>): Partial<GuardFacts> => ({ filled: more })

const AT = { unit: null, at: new Date(0), edition: 'listing@2026-04-01' } as const
const FILE: CaseFile = {
  ...{ subjectId: 1 as SubjectId, caseId: 2 as CaseId, procedure: 'listing', edition: 'listing@2026-04-01', number: 'MD1' },
  ...{ about: 'list', aboutRef: 'wage-arrears', unit: 'human-resources', openedUnit: null, openedBy: 'account:1' },
  ...{ openedAt: new Date(0), openedOn: today, state: 'decided', turn: 'second', entryNo: 1, parentId: null, closedAt: null },
}

/** A list of the law with something taken out of it. */
function lawWith(list: string, change: object): Law {
  const found = law.lists.get(list)
  assert.ok(found)
  return { ...law, lists: new Map([...law.lists, [list, { ...found, ...change }]]) }
}

const ROWS: readonly (readonly [string, GuardName, GuardFacts, string])[] = [
  ['M202 · a complete list is open', 'list-openable', facts('wage-arrears'), 'met'],
  ['M202 · no list of this name', 'list-openable', facts('nowhere'), 'list.unknown'],
  ['M211 · the tax authority’s list', 'list-openable', facts('tax-serious'), 'list.decided-elsewhere'],
  ['M202 · another unit’s list', 'list-decided-here', facts('statistics-serious'), 'list.not-your-list'],
  ['M202 · the unit’s own', 'list-decided-here', facts('wage-arrears'), 'met'],
  [
    'M202 · a kind of subject that the list does not mean',
    'list-decided-here',
    facts('social-organisation-serious', { unit: 'civil-affairs' }),
    'list.subject-not-meant',
  ],
  [
    'principle 9 · no item keeps the listing of a natural person',
    'list-decided-here',
    facts('wage-arrears', { subjectKind: 'natural-person' }),
    'list.item-missing',
  ],
  ['M202 · no ground chosen', 'list-ground-known', facts('wage-arrears'), 'list.ground-unknown'],
  [
    'M202 · the ground of another list',
    'list-ground-known',
    facts('wage-arrears', filled({ ground: 'statistics-serious:refused' })),
    'list.ground-unknown',
  ],
  ['M202 · its own', 'list-ground-known', facts('wage-arrears', filled({ ground: 'wage-arrears:mass-incident' })), 'met'],
  [
    'M203 · an attention list without its degree',
    'list-ground-known',
    facts('site-attention', filled({ ground: 'site-attention:two-minor' })),
    'list.degree-missing',
  ],
  [
    'M203 · with its degree',
    'list-ground-known',
    facts('site-attention', filled({ ground: 'site-attention:two-minor', degree: 'site-attention:关注' })),
    'met',
  ],
  ['M202 · whom it leaves out, not looked at', 'list-not-excluded', facts('site-attention'), 'list.exclusion-unchecked'],
  ['M202 · looked at', 'list-not-excluded', facts('site-attention', filled({ 'not-excluded': 'yes' })), 'met'],
  ['M202 · it leaves nobody out', 'list-not-excluded', facts('wage-arrears'), 'met'],
  ['M207 · SG1 · no document', 'legal-document-named', facts('wage-arrears'), 'list.document-not-named'],
  [
    'M207 · SG1 · words',
    'legal-document-named',
    facts('wage-arrears', filled({ document: '见附件' })),
    'list.document-not-named',
  ],
  ['M207 · SG1 · a number', 'legal-document-named', facts('wage-arrears', filled({ document: '澜人社监令〔2026〕8号' })), 'met'],
  ['M210 · an honour rests on no sanction', 'legal-document-named', facts('trust-honour'), 'met'],
  ['apl#63 · the list gives no hearing', 'list-hearing-due', facts('wage-arrears'), 'list.no-hearing'],
  ['apl#63 · the penalty gave none', 'list-hearing-due', facts('work-safety-serious'), 'list.no-hearing'],
  ['apl#63 · the penalty did', 'list-hearing-due', facts('work-safety-serious', filled({ 'heard-penalty': 'yes' })), 'met'],
  ['M215 · no early exit', 'list-exit-open', facts('government-procurement-serious'), 'list.no-early-exit'],
  ['M215 · counted from a day not named', 'list-exit-open', facts('wage-arrears'), 'list.correction-day-missing'],
  [
    'M215 · a day early',
    'list-exit-open',
    facts('wage-arrears', filled({ 'corrected-on': '2026-05-21' })),
    'list.exit-too-early',
  ],
  ['M215 · on the day', 'list-exit-open', facts('wage-arrears', filled({ 'corrected-on': '2026-05-20' })), 'met'],
  [
    'M215 · listed a year ago',
    'list-exit-open',
    facts('work-safety-serious', { opened: caseOf([['list', '2025-11-20']]) }),
    'met',
  ],
  [
    'M215 · listed less than a year ago',
    'list-exit-open',
    facts('work-safety-serious', { opened: caseOf([['list', '2025-11-21']]) }),
    'list.exit-too-early',
  ],
  ['SG2 · unserved', 'notice-served', facts('wage-arrears', { opened: caseOf([]) }), 'list.notice-not-served'],
  [
    'SG2 · another letter is not the notice',
    'notice-served',
    facts('wage-arrears', { opened: caseOf([]), served: new Map([['hearing-notice', today]]) }),
    'list.notice-not-served',
  ],
  [
    'SG2 · served',
    'notice-served',
    facts('wage-arrears', { opened: caseOf([]), served: new Map([['listing-notice', today]]) }),
    'met',
  ],
  [
    'M206 · stated, then drafted',
    'statement-answered',
    facts('wage-arrears', {
      opened: caseOf([
        ['state', '2026-11-10'],
        ['decide', '2026-11-12'],
      ]),
    }),
    'met',
  ],
  [
    'M206 · drafted, then stated',
    'statement-answered',
    facts('wage-arrears', {
      opened: caseOf([
        ['decide', '2026-11-12'],
        ['state', '2026-11-13'],
      ]),
    }),
    'list.statement-unanswered',
  ],
]

for (const [what, guard, judged, code] of ROWS)
  test(`${what} · ${guard} · ${code}`, () => assert.equal(answer(guard, judged), code))

test('M202 · M215 · what a list lacks is named, all of it, and nothing that it has', () => {
  const gaps = lawWith('wage-arrears', { notice: null, periods: [], enabled: false })
  const verdict = firstUnmet(['list-openable'], facts('wage-arrears', { law: gaps }), null)
  assert.ok(!verdict.ok)
  assert.equal(verdict.code, 'list.not-openable')
  assert.equal(verdict.facts['missing'], '没有启用、事前告知、期限')
})

/** A case with these acts behind it. */
function caseOf(acts: readonly (readonly [act: string, on: string])[]): OpenedCase {
  assert.ok(listing)
  const entries = acts.map(([act, on], index): CaseEntry => {
    const rule = listing.acts.find(one => one.act === act)
    const office: Office = rule?.by[0] ?? 'decider'
    const [from, to] = rule?.to === 'same' ? ['decided', 'decided'] : [rule?.from[0] ?? null, rule?.to ?? '']
    return { ...{ entryNo: index + 1, act, from, to, office, actor: 'account:1' }, ...AT, on: on as Day }
  })
  return { file: FILE, procedure: listing, entries, clocks: [], filled: {} }
}
