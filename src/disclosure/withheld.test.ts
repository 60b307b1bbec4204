import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openOutletTable } from '../archive/outlet-table.ts'
import { day } from '../base/day.ts'
import { ROOT } from '../base/root.ts'
import { openLaw } from '../law/load.ts'
import { loadWords } from '../words/words.ts'
import { disclose } from './disclose.ts'
import { AUDIENCES, type DisclosedRecord } from './model.ts'
import { itemOf, law, recordOf, sourced } from './testing-records.ts'

// What a record's own columns open and withhold: a declaration that nobody has verified is its subject's alone, whatever else stands in it.

const TODAY = day('2026-11-21')
const DECLARED = itemOf({
  item: 'test-declared',
  nature: 'declaration',
  effect: 'neutral',
  disclosure: {
    mode: 'authorised',
    publicWhen: { field: 'OPEN', is: ['公开'] },
    onlyWhen: { field: 'STATE', is: ['已核验'] },
    ...sourced,
  },
  publication: { rule: 'while-valid', ...sourced },
  report: { section: 'other', heading: '自主申报', order: 1 },
})
const declared = (fields: DisclosedRecord['fields']): DisclosedRecord =>
  recordOf({ item: DECLARED, fields, penaltyKinds: [], gravity: null })
const seers = (record: DisclosedRecord): string[] =>
  AUDIENCES.filter(
    audience =>
      disclose(law, record, audience, {
        ...{ day: TODAY, purpose: '核查', authorised: true, granted: new Set(['test-declared']) },
        window: { from: day('2023-11-20'), to: day('2026-11-20') },
      }).shown,
  )

test('M086 · principle 4 · of what is not verified nobody but its subject sees anything, though it says that it is public', () => {
  for (const fields of [
    {},
    { OPEN: '公开' },
    { STATE: '未核验', OPEN: '公开' },
    { STATE: '核验不通过', OPEN: '公开' },
    { STATE: null },
  ])
    assert.deepEqual(seers(declared(fields)), ['subject'], JSON.stringify(fields))
})

test('M086 · what is verified is shown as its declarer chose, and marked as declared wherever it is', () => {
  assert.deepEqual(seers(declared({ STATE: '已核验', OPEN: '公开' })), [
    'public',
    'public-report',
    'subject',
    'archive',
    'receiver',
  ])
  assert.deepEqual(seers(declared({ STATE: '已核验', OPEN: '不公开' })), ['subject', 'archive', 'receiver'])
  const answer = disclose(law, declared({ STATE: '已核验', OPEN: '公开' }), 'public', { day: TODAY })
  assert.ok(answer.shown && answer.marks.includes('declared'))
})

test('M089 · principle 4 · the table of outlets says of a record that its own column opens what the outlets do', () => {
  const whole = openLaw({ lawDir: `${ROOT}/law`, cityDir: `${ROOT}/city/example` })
  const outlets = openOutletTable({ law: whole, words: loadWords(), day: TODAY, purpose: '核查', authorised: true })
  const isShown = (fields: DisclosedRecord['fields']): boolean | undefined =>
    outlets(declared(fields)).find(one => one.outlet === 'portal-page')?.shown
  assert.equal(isShown({ STATE: '已核验', OPEN: '公开' }), true)
  assert.equal(isShown({ STATE: '已核验', OPEN: '不公开' }), false)
  assert.equal(isShown({ STATE: '未核验', OPEN: '公开' }), false)
})
