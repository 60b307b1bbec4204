import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citedRows, type Requirement, testsByRow, traceRows, wrongReasons } from './coverage.ts'
import { readSource } from './house/source.ts'

const TITLES = [
  ['M067 · a late decision is late', 'M067'],
  ['M143 · M144 · the window ends', 'M143 M144'],
  ['M065, M070 · a clerk sends', 'M065 M070'],
  ['M033–M036 · the catalogue', 'M033 M034 M035 M036'],
  ['M057 民法典17 · a minor', 'M057'],
  ['the platform M067', ''],
  ['M1234 · a number', ''],
] as const

for (const [title, rows] of TITLES)
  test(`"${title}" cites ${rows || 'nothing'}`, () => assert.equal(citedRows(title).join(' '), rows))

const row = (given: Partial<Requirement> = {}): Requirement => ({ group: 'A', zh: '…', source: '000', by: 'software', ...given })

test('a row is done by its tests or by the rows that say the same, open with a reason, and otherwise unexplained', () => {
  const source = readSource('src/a/b.test.ts', "test('M001 · done', () => {}); test('M002 · half', () => {}); const x = 'M005'")
  const rows = {
    M001: row(),
    M002: row(),
    M003: row({ same: ['M001'] }),
    M004: row({ same: ['M002'] }),
    M006: row(),
    M007: row(),
    M008: row({ by: 'policy' }),
  }
  const reasons = [{ rows: ['M002', 'M006'], reason: 'later' }]
  const traced = traceRows(rows, reasons, testsByRow([source]))
  assert.deepEqual(
    traced.map(({ id, state }) => `${id} ${state}`),
    ['M001 done', 'M002 in part', 'M003 done', 'M004 unexplained', 'M006 open', 'M007 unexplained', 'M008 policy'],
  )
})

test('what stands in product code is no test', () => {
  assert.equal(testsByRow([readSource('src/a/b.ts', "test('M001 · done', () => {})")]).size, 0)
})

test('a reason for no row, or a second one, is told', () => {
  const reasons = [
    { rows: ['M001', 'M009'], reason: 'a' },
    { rows: ['M001'], reason: 'b' },
  ]
  assert.deepEqual(wrongReasons({ M001: row() }, reasons), ['M009', 'M001'])
})
