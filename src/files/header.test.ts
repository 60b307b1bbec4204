import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findHeader, headingUnit, isExampleRow, normalHeading } from './header.ts'
import type { SheetRow } from './rows.ts'

const names = new Set([
  '行政相对人名称',
  '统一社会信用代码',
  '罚款金额',
  '处罚机关',
  '处罚决定日期',
  '法定代表人姓名',
  '法定代表人证件号码',
])
const known = (name: string) => names.has(name)

function rowsOf(...lines: readonly (readonly string[])[]): SheetRow[] {
  return lines.map((cells, i) => ({ row: i + 1, cells: [...cells] })).filter(({ cells }) => cells.length > 0)
}

const found: readonly (readonly [title: string, rows: SheetRow[], row: number, known: readonly (string | null)[]])[] = [
  ['first row', rowsOf(['行政相对人名称', '处罚机关'], ['甲公司', '乙局']), 1, ['行政相对人名称', '处罚机关']],
  [
    'titles, fill-in lines and blank rows above it',
    rowsOf(
      ['甲市行政处罚信息公示表'],
      [],
      ['填报单位：乙局', '', '填报日期：2026-03-05'],
      ['行政相对人名称', '统一社会信用代码'],
      ['丙公司', '91'],
    ),
    4,
    ['行政相对人名称', '统一社会信用代码'],
  ],
  [
    'columns in another order, unknown ones among them',
    rowsOf(['序号', '处罚机关', '备注', '行政相对人名称'], ['1', 'a', '', 'b']),
    1,
    [null, '处罚机关', null, '行政相对人名称'],
  ],
  [
    'stars, blanks, line breaks, full-width signs, notes of duty',
    rowsOf(['*行政相对人名称', '统一社会\n信用代码（必填）', ' 处罚 机关：', '处罚决定日期*']),
    1,
    ['行政相对人名称', '统一社会信用代码', '处罚机关', '处罚决定日期'],
  ],
  [
    'two rows with merged groups',
    rowsOf(['统计表'], ['行政相对人名称', '法定代表人', '', '处罚机关'], ['', '姓名', '证件号码', ''], ['甲', '乙', '', '丙']),
    3,
    ['行政相对人名称', '法定代表人姓名', '法定代表人证件号码', '处罚机关'],
  ],
  ['a table of one column', rowsOf(['统一社会信用代码'], ['91']), 1, ['统一社会信用代码']],
]
for (const [title, rows, row, expected] of found) {
  test(`heading · ${title}`, () => {
    const header = findHeader(rows, known)
    assert.equal(header?.row, row)
    assert.deepEqual(
      header?.columns.map(column => column.known),
      expected,
    )
  })
}

test('heading · none is found when fewer than two names are known, or only in a broken row', () => {
  assert.equal(findHeader(rowsOf(['甲', '乙'], ['处罚机关', '丙', '丁']), known), null)
  assert.equal(findHeader([{ row: 1, cells: ['行政相对人名称', '处罚机关'], broken: 'row.quote-misplaced' }], known), null)
  assert.equal(findHeader([], known), null)
})

test('heading · M082 the unit stands in the heading, or above the table; the name is known without it', () => {
  const header = findHeader(rowsOf(['公示表', '', '单位：万元'], ['行政相对人名称', '罚款金额（万元）', '罚款金额(元)']), known)
  assert.deepEqual(
    header?.columns.map(({ unit, known }) => [unit, known]),
    [
      [null, '行政相对人名称'],
      ['万元', '罚款金额'],
      ['元', '罚款金额'],
    ],
  )
  assert.equal(header?.unit, '万元')
})

const units = [
  ['罚款金额（万元）', '万元'],
  ['罚款金额(单位：元)', '元'],
  ['罚款金额/亿元', '亿元'],
  ['罚款金额', null],
  ['填报单位', null],
] as const
for (const [name, unit] of units) test(`heading · the unit of ${name} is ${unit}`, () => assert.equal(headingUnit(name), unit))

test('heading · a line that names the reporting unit names no amount unit', () => {
  assert.equal(findHeader(rowsOf(['填报单位：元谋局'], ['行政相对人名称', '处罚机关']), known)?.unit, null)
})

test('heading · brackets that tell two columns apart are kept', () => {
  assert.notEqual(normalHeading('罚款金额（元）'), normalHeading('罚款金额（万元）'))
  assert.equal(normalHeading('罚款金额（元）'), normalHeading('罚款金额 (元)*'))
})

const examples = [
  ['【示例】甲公司', true],
  ['[示例] 甲公司', true],
  ['示例：甲公司', true],
  ['示例市甲公司', false],
  ['甲公司（示例）', false],
] as const
for (const [cell, expected] of examples) {
  test(`example row · ${cell}: ${expected}`, () => assert.equal(isExampleRow(['', ' ', cell, 'x']), expected))
}
