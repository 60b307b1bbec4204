import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Day, day } from '../base/day.ts'
import { ROOT } from '../base/root.ts'
import { findHeader } from '../files/header.ts'
import { openLaw } from '../law/load.ts'
import { compilePlan } from './plan.ts'
import { knowsHeading } from './plan-columns.ts'

const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })

function plan(sourceId: string, headings: readonly string[]) {
  const source = law.sources.get(sourceId)
  const item = source && law.items.get(source.item)?.at(-1)
  assert.ok(source && item)
  const header = findHeader([{ row: 1, cells: [...headings] }], knowsHeading(item, source))
  assert.ok(header)
  return compilePlan({ law, source, header, receivedOn: day('2026-11-20') })
}

function headingsOf(itemId: string): string[] {
  return (law.items.get(itemId)?.at(-1)?.fields ?? []).map(field => field.name)
}

const DUE: readonly (readonly [row: string, source: string, item: string, decidedOn: string, due: string | null])[] = [
  // Seven legal working days from the decision, 调休 counted; the first makes up for the holiday on 2026-10-10.
  ['M067', 'ecology-penalty', 'penalty-org', '2026-09-28', '2026-10-13'],
  ['M067', 'ecology-penalty', 'penalty-org', '2026-11-16', '2026-11-25'],
  // Beyond the notices held nothing is guessed.
  ['M067', 'ecology-penalty', 'penalty-org', '2026-12-25', null],
]

for (const [row, source, item, decidedOn, due] of DUE) {
  test(`${row} · a decision of ${decidedOn} is due on the platform ${due ?? 'on a day not yet known'}`, () => {
    const made = plan(source, headingsOf(item))
    assert.ok(made.ok)
    assert.equal(made.value.reportDueOn(decidedOn as Day), due)
  })
}

test('M068 · what is no decision of the ten kinds is due within a month', () => {
  const source = [...law.sources.values()].find(one => 'monthly' in (law.items.get(one.item)?.at(-1)?.clocks.report ?? {}))
  assert.ok(source)
  const made = plan(source.source, headingsOf(source.item))
  assert.ok(made.ok)
  assert.equal(made.value.reportDueOn(day('2026-01-31')), '2026-02-28')
})

test('M037 · a file without a required column is refused as a whole, with the columns it lacks', () => {
  const made = plan(
    'ecology-penalty',
    headingsOf('penalty-org').filter(name => name !== '行政处罚决定书文号'),
  )
  assert.ok(!made.ok)
  assert.equal(made.code, 'file.columns-missing')
  assert.equal(made.facts['columns'], '行政处罚决定书文号')
})

test('M075 · every item that is for the government or by authorisation alone has no rule that publishes it', () => {
  for (const editions of law.items.values()) {
    for (const item of editions) {
      const opens = item.disclosure.mode === 'public' || item.disclosure.publicWhen !== undefined
      assert.equal(item.publication.rule === 'never', !opens, item.edition)
    }
  }
})

test('M040 · a measure is open only with its statute, its body and its term', () => {
  for (const measure of law.measures.values()) {
    if (measure.enabled) assert.ok(measure.statutes.length > 0 && measure.body && measure.term, measure.id)
  }
  assert.ok([...law.measures.values()].some(measure => measure.enabled))
  assert.ok([...law.measures.values()].some(measure => !measure.enabled))
})
