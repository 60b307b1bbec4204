import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Day } from '../base/day.ts'
import { itemsOfList, listPeriodOf, listsOfKind, mayDecideList, missingParts, openableList, termMonthsOf } from './lists.ts'
import { openLaw } from './load.ts'
import { planted, withLaw } from './testing.ts'
import { smallLaw } from './testing-law.ts'

const day = '2026-06-01' as Day
const small = withLaw(smallLaw(), openLaw)
const root = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(root, 'law'), cityDir: join(root, 'city/example') })

test('M202 · a list whose five parts are filled with a confidence may be opened', () => {
  const answer = openableList(small, 'firms', day)
  assert.equal(answer.open, true)
  assert.equal(answer.open && answer.platformRole, 'decided-here')
})

test('M202 · a list without grounds, notice and period says what is missing', () => {
  assert.deepEqual(openableList(small, 'watched', day), { open: false, missing: ['grounds', 'notice', 'period'] })
})

test('M202 · an unknown list is not opened', () => {
  assert.deepEqual(openableList(small, 'nothing', day), { open: false, missing: ['list'] })
})

const FIRMS = 'law/lists/firms.yaml'
const changes = [
  ['basis', 'basis: [act#5]\nconfidence: primary', 'basis: [act#5]\nconfidence: unknown'],
  ['notice', '  confidence: primary\nperiods:', '  confidence: unknown\nperiods:'],
  ['exit', '  confidence: primary\nremedies:', '  confidence: unknown\nremedies:'],
  ['enabled', 'enabled: true', 'enabled: false'],
] as const
for (const [part, from, to] of changes)
  test(`M202 · a list whose ${part} is not known is not opened`, () => {
    const texts = smallLaw()
    delete texts['law/catalogue/items/black-firms@2024-01-01.yaml']
    texts[FIRMS] = planted(planted(texts[FIRMS] ?? '', from, to), 'platformRole: decided-here', 'platformRole: mirror')
    texts['city/small/units.yaml'] = planted(texts['city/small/units.yaml'] ?? '', 'penalty, black-firms', 'penalty')
    const changed = withLaw(texts, places => openLaw(places))
    assert.deepEqual(openableList(changed, 'firms', day), { open: false, missing: [part] })
  })

test('principle 12 · a list whose basis is not yet in force is not opened', () => {
  assert.deepEqual(openableList(small, 'firms', '1999-12-31' as Day), { open: false, missing: ['basis'] })
})

test('M202 · eighteen serious lists stand in the register, each open or with what is missing', () => {
  const serious = listsOfKind(law, 'serious')
  assert.equal(serious.length, 18)
  for (const list of serious) {
    const answer = openableList(law, list.list, day)
    assert.ok(answer.open || answer.missing.length > 0, list.list)
  }
  assert.deepEqual(
    serious.filter(list => openableList(law, list.list, day).open && list.platformRole === 'decided-here').map(one => one.list),
    [
      'government-procurement-serious',
      'social-organisation-serious',
      'statistics-serious',
      'wage-arrears',
      'work-safety-serious',
    ],
  )
  assert.deepEqual(openableList(law, 'customs-dishonest', day), { open: false, missing: ['grounds', 'notice'] })
})

test('M203, M210 · key-attention and honour lists stand in the same table with their own period and exit', () => {
  assert.deepEqual(openableList(law, 'site-attention', day).open, true)
  assert.equal(law.lists.get('site-attention')?.publication.audience, 'government')
  assert.deepEqual(openableList(law, 'trust-honour', day).open, true)
  for (const list of [...listsOfKind(law, 'attention'), ...listsOfKind(law, 'honour')]) {
    assert.deepEqual(list.measures, [], list.list)
    assert.ok(list.annulment, list.list)
  }
})

test('principle 1 · every list that is open has an item that keeps its entries', () => {
  for (const list of law.lists.values()) if (list.enabled) assert.equal(itemsOfList(law, list.list).length, 1, list.list)
  assert.deepEqual(itemsOfList(law, 'site-attention'), ['site-attention'])
  assert.deepEqual(itemsOfList(law, 'trust-honour'), ['honour-org'])
  assert.deepEqual(itemsOfList(law, 'financial-serious'), [])
})

test('M202 · the period of the court list is the one of its ground', () => {
  const list = law.lists.get('dishonest-judgment-debtor')
  assert.ok(list)
  assert.equal(listPeriodOf(list, 'able-but-refuses')?.months, null)
  assert.equal(listPeriodOf(list, 'evades')?.months, 24)
  assert.equal(termMonthsOf(list), null)
  assert.equal(termMonthsOf({ periods: list.periods.slice(1) }), 24)
  assert.equal(termMonthsOf({ periods: [] }), null)
})

test('M202 · who is assigned the item decides, nobody decides on a court list', () => {
  assert.equal(mayDecideList(law, 'human-resources', 'wage-arrears'), true)
  assert.equal(mayDecideList(law, 'education', 'wage-arrears'), false)
  assert.equal(mayDecideList(law, 'intermediate-court', 'dishonest-judgment-debtor'), false)
  assert.equal(mayDecideList(law, 'housing-construction', 'site-attention'), true)
  assert.equal(mayDecideList(law, 'human-resources', 'site-attention'), false)
})

test('M215 · a closed list keeps what is missing though it is closed', () => {
  const list = law.lists.get('national-defence-serious')
  assert.ok(list)
  assert.deepEqual(missingParts(list), ['notice', 'period', 'exit'])
})
