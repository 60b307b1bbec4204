import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CsvScanner } from './csv.ts'
import { defaultLimits, type ReadLimits, type SheetRow } from './rows.ts'

function scan(pieces: readonly string[], limits: Partial<ReadLimits> = {}, delimiter = ','): SheetRow[] {
  const scanner = new CsvScanner(delimiter, { ...defaultLimits, ...limits })
  const rows: SheetRow[] = []
  for (const piece of pieces) scanner.push(piece, false, rows)
  scanner.push('', true, rows)
  return rows
}

const table: readonly (readonly [title: string, text: string, rows: readonly SheetRow[]])[] = [
  [
    'plain lines',
    'a,b\nc,d\n',
    [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['c', 'd'] },
    ],
  ],
  ['no line end at the end', 'a,b', [{ row: 1, cells: ['a', 'b'] }]],
  [
    'CR LF',
    'a,b\r\nc\r\n',
    [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['c'] },
    ],
  ],
  [
    'CR alone',
    'a,b\rc,d\r',
    [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['c', 'd'] },
    ],
  ],
  [
    'blank rows are counted',
    'a\n\n,,\n""\nb',
    [
      { row: 1, cells: ['a'] },
      { row: 5, cells: ['b'] },
    ],
  ],
  ['quotes, doubled quotes, delimiters within', '"a,""b""",c\n', [{ row: 1, cells: ['a,"b"', 'c'] }]],
  [
    'a line break within quotes: one row, two lines',
    '"a\r\nb",c\nd',
    [
      { row: 1, cells: ['a\r\nb', 'c'] },
      { row: 2, line: 3, cells: ['d'] },
    ],
  ],
  [
    'a quote within an unquoted cell stands for itself',
    'a"b,c"\nd',
    [
      { row: 1, cells: ['a"b', 'c"'] },
      { row: 2, cells: ['d'] },
    ],
  ],
  [
    'text behind a closing quote breaks the row, not the next',
    '"a"b,c\nd,e\n',
    [
      { row: 1, cells: ['"a"b', 'c'], broken: 'row.quote-misplaced' },
      { row: 2, cells: ['d', 'e'] },
    ],
  ],
  [
    'a quote that never ends breaks its own line alone',
    'a,"b\nc,d\ne,f',
    [
      { row: 1, cells: ['a', '"b'], broken: 'row.quote-unclosed' },
      { row: 2, cells: ['c', 'd'] },
      { row: 3, cells: ['e', 'f'] },
    ],
  ],
  [
    'a stray quote that meets the next one breaks its own line alone',
    'a,"b\nc,d\ne,"f"\n',
    [
      { row: 1, cells: ['a', '"b'], broken: 'row.quote-misplaced' },
      { row: 2, cells: ['c', 'd'] },
      { row: 3, cells: ['e', 'f'] },
    ],
  ],
  [
    'a zero character breaks the row',
    'a\0,b\nc',
    [
      { row: 1, cells: ['a\0', 'b'], broken: 'row.character-broken' },
      { row: 2, cells: ['c'] },
    ],
  ],
  ['formula-like cells are kept as they are', '=1+1,@x,-2\n', [{ row: 1, cells: ['=1+1', '@x', '-2'] }]],
]

for (const [title, text, rows] of table) {
  test(`CSV · ${title}`, () => assert.deepEqual(scan([text]), rows))
  test(`CSV · ${title}, character by character`, () => assert.deepEqual(scan([...text]), rows))
}

test('CSV · a row beyond the limit is broken without being held in memory, and the next row is read', () => {
  const long = 'x'.repeat(300)
  const expected = [
    { row: 1, cells: ['a'] },
    { row: 2, cells: [], broken: 'row.too-long' },
    { row: 3, cells: ['b'] },
  ]
  assert.deepEqual(scan([`a\n${long}`, long, `${long}\nb\n`], { row: 200 }), expected)
  assert.deepEqual(scan([`a\n${long},${long}\nb\n`], { row: 200 }), expected)
})

test('CSV · a cell beyond the limit and a quote that runs beyond it break one line each', () => {
  const long = 'x'.repeat(60)
  assert.deepEqual(scan([`${long},b\n"c\n${long}\nd\n`], { cell: 50 }), [
    { row: 1, cells: [], broken: 'row.too-long' },
    { row: 2, cells: ['"c'], broken: 'row.quote-unclosed' },
    { row: 3, cells: [], broken: 'row.too-long' },
    { row: 4, cells: ['d'] },
  ])
})

test('CSV · a row that breaks behind a cell of two lines breaks its first line alone', () => {
  const rows = scan(['"a\nb",c,"d"e\nf\n'])
  assert.deepEqual(
    rows.map(({ row, cells, broken }) => [row, cells, broken]),
    [
      [1, ['"a'], 'row.quote-misplaced'],
      [2, ['b"', 'c', '"d"e'], 'row.quote-misplaced'],
      [3, ['f'], undefined],
    ],
  )
})

test('CSV · a quoted row that goes on without end is given up', () => {
  const rows = scan([`"a\nb",${'x'.repeat(400)}`, 'x'.repeat(400), '\nlast\n'], { row: 200, cell: 100 })
  assert.deepEqual(
    rows.map(({ row, broken }) => [row, broken]),
    [
      [1, 'row.too-long'],
      [2, 'row.too-long'],
      [3, undefined],
    ],
  )
})

test('CSV · more columns than a table can have break the row', () => {
  assert.equal(scan([`${',a'.repeat(20)}\n`], { columns: 10 })[0]?.broken, 'row.too-many-columns')
})

const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r', ' ', '', '=', '\t'), maxLength: 6 })

test('CSV · any table that RFC 4180 can write reads back, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 7 }),
      (rows, size) => {
        const text = rows.map(cells => cells.map(value => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
        const filled = rows.filter(cells => cells.some(value => value !== ''))
        assert.deepEqual(
          scan(pieces).map(row => row.cells),
          filled,
        )
      },
    ),
  )
})

test('CSV · whatever the text, pieces change nothing and no unquoted line is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r'), maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (text, size) => {
        assert.deepEqual(scan(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []), scan([text]))
      },
    ),
    { numRuns: 500 },
  )
})
