import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Day, day } from '../base/day.ts'
import { openLaw } from './load.ts'
import type { MeasureTerm } from './measure-model.ts'
import { needsReview, openMeasure, reaches, termText } from './measures.ts'
import { withLaw } from './testing.ts'
import { smallLaw } from './testing-law.ts'

const root = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(root, 'law'), cityDir: join(root, 'city/example') })
const small = withLaw(smallLaw(), openLaw)
const today = day('2026-11-20')
const rows = [...law.measures.values()]

test('M220, M221 · the register holds fourteen national measures, forty-eight sub-measures, nine that may never be', () => {
  const count = (row: string): number => rows.filter(one => one.row === row).length
  assert.deepEqual([count('national-list'), count('sub-measure'), count('prohibited')], [14, 48, 9])
})

test('M223 · every open measure has statute, body, trigger, end and publication; every other says what it lacks', () => {
  for (const one of rows) {
    const answer = openMeasure(law, one.id, today)
    assert.equal(answer.open, one.enabled, one.id)
    if (!answer.open) assert.ok(answer.missing.length > 0)
  }
  assert.equal(rows.filter(one => one.enabled).length, 22)
  assert.deepEqual(openMeasure(law, 'm03-02', today), { open: false, missing: ['enabled', 'trigger', 'term', 'published'] })
  assert.deepEqual(openMeasure(law, 'nothing', today), { open: false, missing: ['measure'] })
})

test('principle 5 · nothing executes itself, the nine stay closed, nobody is reached for being kin', () => {
  for (const one of rows) {
    assert.equal(one.autoExecute, false)
    if (one.row === 'prohibited') assert.ok(!openMeasure(law, one.id, today).open && !one.enabled)
    else assert.ok(!reaches(one, 'relative') && !reaches(one, 'affiliate'), one.id)
  }
})

test('M232 · what a court or the tax authority decides is never computed', () => {
  const theirs = rows.filter(one => one.decidedBy !== 'body')
  assert.deepEqual(
    theirs.map(one => [one.id, one.decidedBy, one.computed]),
    [
      ['m03-04', 'court', 'never'],
      ['m04-01', 'court', 'never'],
      ['m05-01', 'court', 'never'],
      ['m05-02', 'tax', 'never'],
    ],
  )
})

test('M228 · a legal representative is reached only where the statute names him', () => {
  const reached = rows.filter(one => one.row === 'sub-measure' && reaches(one, 'legal-representative')).map(one => one.id)
  assert.deepEqual(reached, ['m03-09', 'm04-01', 'm05-02'])
})

test('M227 · a ban has its term; one for life or until an event has a review', () => {
  const terms = ['m01-01', 'm02-01', 'm02-03', 'm03-03'].map(id => termText(law.measures.get(id)?.term ?? null))
  assert.deepEqual(terms, ['1年至3年', '终身', '5年；条文规定的严重情形为终身', '列入名单期间'])
  for (const one of rows) if (needsReview(one.term)) assert.equal(one.termReview?.months, 12, one.id)
})

const spoken: readonly (readonly [MeasureTerm | null, string | null])[] = [
  [null, null],
  [{ months: { atLeast: 6, atMost: 6 } }, '6个月'],
  [{ months: { atLeast: 12, atMost: 24 } }, '1年至2年'],
  [{ lookBackMonths: 36 }, '回溯3年'],
]
for (const [term, text] of spoken) test(`M223 · the end ${text ?? 'of none'} is said`, () => assert.equal(termText(term), text))

test('principle 5 · a measure whose statute is not in force, or whose list is not yet published, is not begun', () => {
  assert.equal(openMeasure(small, 'entry-ban', today).open, true)
  assert.deepEqual(openMeasure(small, 'entry-ban', '2019-12-31' as Day), { open: false, missing: ['published'] })
  assert.deepEqual(openMeasure(small, 'entry-ban', '1999-12-31' as Day), { open: false, missing: ['statute', 'published'] })
  assert.deepEqual(openMeasure(small, 'x01', today).open, false)
})
