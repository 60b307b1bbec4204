import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JsonScanner } from './json.ts'
import { defaultLimits, type ReadLimits, type SheetRow } from './rows.ts'
import { readAll } from './testing.ts'

function scan(kind: 'json' | 'ndjson', pieces: Iterable<string>, limits: Partial<ReadLimits> = {}): SheetRow[] {
  const scanner = new JsonScanner(kind, { ...defaultLimits, ...limits })
  const rows: SheetRow[] = []
  for (const piece of pieces) scanner.push(piece, rows)
  scanner.push(null, rows)
  return rows
}

const cases: readonly (readonly [title: string, text: string, rows: readonly SheetRow[]])[] = [
  [
    'numbers keep their digits, words their names',
    '[{"a":123456789012345678,"b":1.50,"c":true,"d":null,"e":"x\\n\\u4e2d"}]',
    [
      { row: 0, cells: ['a', 'b', 'c', 'd', 'e'] },
      { row: 1, cells: ['123456789012345678', '1.50', 'true', '', 'x\n中'], kinds: 'nnbzs' },
    ],
  ],
  [
    'the heading is the union of the first objects; an absent member is not an empty one',
    '[{"a":"1"},\n{"b":"2","a":""}]',
    [
      { row: 0, cells: ['a', 'b'] },
      { row: 1, cells: ['1', ''], kinds: 's-' },
      { row: 2, cells: ['', '2'] },
    ],
  ],
  [
    'an object that is no flat record is refused alone',
    '[{"a":{"b":1}},\n[1],\n7,\n"x",\n{"a":"ok"},\n{"a":1,"a":2},\n{"a":"\\ud800"}]',
    [
      { row: 0, cells: ['a'] },
      { row: 1, cells: ['{"a":{"b":1}}'], broken: 'row.nested-value' },
      { row: 2, cells: ['[1]'], broken: 'row.not-an-object' },
      { row: 3, cells: ['7'], broken: 'row.not-an-object' },
      { row: 4, cells: ['"x"'], broken: 'row.not-an-object' },
      { row: 5, cells: ['ok'] },
      { row: 6, cells: ['{"a":1,"a":2}'], broken: 'row.duplicate-key' },
      { row: 7, cells: ['{"a":"\\ud800"}'], broken: 'row.character-broken' },
    ],
  ],
  [
    'rows within an outer object, on their lines',
    '{"code":0,"tags":["x"],\n"data":[\n{"a":"}]\\""},\n{"a":"2"}\n],"end":{"x":[1]}}',
    [
      { row: 0, cells: ['a'] },
      { row: 1, line: 3, cells: ['}]"'] },
      { row: 2, line: 4, cells: ['2'] },
    ],
  ],
  ['no objects', '[]', []],
]
for (const [title, text, rows] of cases) {
  test(`JSON · ${title}`, () => assert.deepEqual(scan('json', [text]), rows))
  test(`JSON · ${title}, character by character`, () => assert.deepEqual(scan('json', text), rows))
}

const flaws: readonly (readonly [code: string, text: string])[] = [
  ['json.broken', '[{"a":1}'],
  ['json.broken', '[{"a":1},]'],
  ['json.broken', '[{"a":1} {"a":2}]'],
  ['json.broken', '[{"a":1}] x'],
  ['json.broken', '{"a":[{"b":1}]'],
  ['json.no-rows', '{"a":{"list":[{"b":1}]},"c":[1,2]}'],
  ['json.several-tables', '{"a":[{"b":1}],"c":[{"d":1}]}'],
]
for (const [code, text] of flaws)
  test(`JSON · ${text} is refused with ${code}`, () => assert.throws(() => scan('json', text), { code }))

test('JSON · a member that first comes up late is kept beside the row', () => {
  const first = Array.from({ length: 150 }, () => '{"a":"1"}').join(',\n')
  const rows = scan('json', [`[${first},\n{"a":"2","late":7}]`])
  assert.deepEqual(rows.at(-1), { row: 151, cells: ['2'], extra: [{ name: 'late', text: '7', kind: 'n' }] })
})

test('JSON · an object beyond the limit breaks alone and is not held in memory', () => {
  const rows = scan('json', ['[{"a":"', 'x'.repeat(300), 'y'.repeat(300), '"},\n{"a":"2"}]'], { row: 200 })
  assert.deepEqual(rows.slice(1), [
    { row: 1, cells: [], broken: 'row.too-long' },
    { row: 2, cells: ['2'] },
  ])
})

test('NDJSON · lines are rows: blank ones are counted, broken and endless ones break alone', () => {
  const text = `{"a":"1"}\r\n\n{"a":\n${'z'.repeat(300)}\n{"a":"2"}`
  for (const pieces of [[text], [...text]]) {
    assert.deepEqual(scan('ndjson', pieces, { row: 200 }), [
      { row: 0, cells: ['a'] },
      { row: 1, cells: ['1'] },
      { row: 3, cells: ['{"a":'], broken: 'row.json-broken' },
      { row: 4, cells: [], broken: 'row.too-long' },
      { row: 5, cells: ['2'] },
    ])
  }
})

test('JSON · the name __proto__ is a name like others', () => {
  assert.deepEqual(
    scan('json', ['[{"__proto__":"x"}]']).map(row => row.cells),
    [['__proto__'], ['x']],
  )
})

test('JSON · a file in UTF-8 with a mark is read', async () => {
  assert.deepEqual(
    (await readAll('\ufeff[{"名称":"甲"}]')).map(row => row.cells),
    [['名称'], ['甲']],
  )
})
