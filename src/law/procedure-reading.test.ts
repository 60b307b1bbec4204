import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { loadWords } from '../words/words.ts'
import { procedureOn } from './law.ts'
import { openLaw } from './load.ts'
import { readProcedure } from './procedure-reading.ts'
import { knownSpan } from './procedure-terms.ts'
import { EFFECT_NAMES, ENDS, GUARDS, OFFICES, TERMS, TURNS } from './procedure-words.ts'
import { flawsOf, planted, withLaw } from './testing.ts'
import { smallLaw } from './testing-law.ts'

const law = withLaw(smallLaw(), openLaw)
const words = loadWords()

test('M050 · every word that a table may name has a sentence for people', () => {
  const codes = [
    ...OFFICES.map(one => `office-${one}`),
    ...TURNS.map(one => `turn-${one}`),
    ...ENDS.map(one => `end-${one}`),
    ...GUARDS.map(one => `guard-${one}`),
    ...EFFECT_NAMES.map(one => `effect-${one}`),
    ...TERMS.filter(one => !one.startsWith('province-')).map(one => `term-${one}`),
  ]
  assert.deepEqual(
    codes.filter(code => !words.has(`procedure.${code}`)),
    [],
  )
})

test('M050 · a procedure is in force by the edition of the day, and before its first edition there is none', () => {
  const onDay = (text: string): string | undefined => procedureOn(law, 'objecting', day(text))?.inForceFrom
  assert.equal(onDay('2019-12-31'), undefined)
  assert.equal(onDay('2020-01-01'), '2020-01-01')
  assert.equal(onDay('2023-12-31'), '2020-01-01')
  assert.equal(onDay('2024-01-01'), '2024-01-01')
  assert.equal(procedureOn(law, 'nothing', day('2024-01-01')), undefined)
})

test('M050 · an edition says what becomes of the cases that run: by the one they began under, or by the new one', () => {
  const read = (name: string): string[] => (law.procedures.get(name) ?? []).map(one => one.transition.running)
  assert.deepEqual(read('objecting'), ['as-begun', 'by-this'])
  assert.deepEqual(read('placing'), ['as-begun'])
})

test('M050 · the last day of an edition that ends without another is its last', () => {
  const file = 'law/procedures/placing@2024-01-01.yaml'
  const texts = smallLaw()
  texts[file] = planted(texts[file] ?? '', 'inForceFrom: 2024-01-01', 'inForceFrom: 2024-01-01\ninForceUntil: 2025-06-30')
  const ending = withLaw(texts, openLaw)
  assert.ok(procedureOn(ending, 'placing', day('2025-06-30')))
  assert.equal(procedureOn(ending, 'placing', day('2025-07-01')), undefined)
})

test('M146 · a reading tells who acts in which state, which clock runs or stands still, and where each act leads', () => {
  const on = day('2024-06-03')
  const edition = procedureOn(law, 'objecting', on)
  assert.ok(edition)
  const read = readProcedure(law, edition, on, words.say)
  assert.equal(read.startsSubject, true)
  assert.deepEqual(
    read.steps.map(step => step.state),
    ['lodged', 'awaiting', 'confirming'],
  )
  const [lodged, awaiting] = read.steps
  assert.deepEqual(
    lodged?.clocks.map(({ name, span, isPaused }) => [name, span, isPaused]),
    [['答复期限', '20个工作日', false]],
  )
  assert.equal(lodged?.clocks[0]?.extension?.span, '10个工作日')
  assert.deepEqual(
    awaiting?.clocks.map(({ name, isPaused, from }) => [name, isPaused, from]),
    [
      ['答复期限', true, '自“提出异议”之日起算'],
      ['补充期限', false, '自“要求的日期”起算'],
    ],
  )
  const leads = new Map(lodged?.acts.map(act => [act.act, act.leadsTo]))
  assert.deepEqual([leads.get('keep'), leads.get('extend')], ['kept', null])
  assert.equal(awaiting?.acts.find(act => act.act === 'supplement-over')?.when, '“补充期限”届满')
  assert.deepEqual(
    read.ends.map(one => one.end),
    ['对您有利', '对您不利', '您撤回'],
  )
})

test('principle 12 · a term of the place has the count, basis and confidence of the place; one of the case is not guessed', () => {
  const clocks: typeof law.clocks = {
    objectionSet: 'here',
    objection: [
      {
        ...{ set: 'here', name: '某地', place: null, inForceFrom: day('2020-01-01'), inForceUntil: null },
        transfer: { starts: 'runs-on', basis: ['act'], confidence: 'primary' },
        steps: [
          { step: 'own-scope', count: 5, unit: 'working', basis: ['act#1'], confidence: 'memory' },
          { step: 'longest', count: 20, unit: 'working', basis: ['act#2'], confidence: 'primary' },
        ],
      },
    ],
  }
  const on = (named: 'province-answer' | 'province-extension' | 'list-term', text = '2024-06-03') =>
    knownSpan({ clocks }, { named }, day(text))
  assert.partialDeepStrictEqual(on('province-answer'), { count: 5, unit: 'working', ofPlace: { confidence: 'memory' } })
  assert.partialDeepStrictEqual(on('province-extension'), { count: 15, unit: 'working', ofPlace: { basis: ['act#2'] } })
  assert.equal(on('list-term'), null)
  assert.equal(on('province-answer', '2019-12-31'), null)
})

test("M050 · two terms that are nobody's duty may run at once", () => {
  const file = 'law/procedures/placing@2024-01-01.yaml'
  const texts = smallLaw()
  const clock = (name: string): string =>
    `  - { clock: ${name}, name: 期间${name}, duty: term, span: { count: 1, unit: years }, basis: [rule#1], confidence: primary }\n`
  const [clocks, opened] = ['clocks:\n  - { clock: statement', '    guards: [list-openable]\n']
  texts[file] = planted(texts[file] ?? '', clocks, clocks.replace('\n', `\n${clock('one')}${clock('two')}`))
  texts[file] = planted(texts[file], opened, `${opened}    clocks: { start: [one, two] }\n`)
  texts[file] = planted(texts[file], '{ start: [statement] }', '{ start: [statement], stop: [one, two] }')
  assert.deepEqual(flawsOf(texts), [])
})
