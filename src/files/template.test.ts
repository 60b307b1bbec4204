import assert from 'node:assert/strict'
import { test } from 'node:test'
import ExcelJS from 'exceljs'
import { isExampleRow } from './header.ts'
import { readRecords, recognise } from './recognise.ts'
import type { SheetRow } from './rows.ts'
import { type Template, writeTemplate } from './template.ts'
import { bytesOf, withFile } from './testing.ts'

const regions = Array.from({ length: 80 }, (_, i) => `9900${String(i).padStart(2, '0')} 虚构区${i}`)
const template: Template = {
  title: '行政处罚信息（法人及非法人组织）',
  unitCode: '119900000000000000',
  columns: [
    { name: '行政相对人名称', note: '填写营业执照上的全称。', required: true, kind: 'text', width: 30 },
    { name: '统一社会信用代码', note: '18位。', required: true, kind: 'code', width: 24 },
    { name: '处罚类别', note: '从下拉列表选择。', required: true, values: ['警告', '罚款'], kind: 'text', width: 14 },
    { name: '区划', note: '', required: false, values: regions, kind: 'code', width: 14 },
    { name: '罚款金额（万元）', note: '', required: false, kind: 'amount', width: 14 },
    { name: '处罚决定日期', note: '', required: true, kind: 'day', width: 14 },
  ],
  example: ['虚构贸易有限公司', '91990000MA0000000X', '罚款', '', '0.5', '2026-11-20'],
}
const known = (name: string) =>
  ['罚款金额', ...template.columns.slice(0, 4).map(column => column.name), '处罚决定日期'].includes(name)

async function read(bytes: Buffer): Promise<{ rows: SheetRow[]; known: (string | null)[] }> {
  return withFile(bytes, async path => {
    const recognition = await recognise(path, known)
    const rows: SheetRow[] = []
    for await (const chunk of readRecords(path, recognition)) rows.push(...chunk.rows)
    return { rows, known: recognition.header.columns.map(column => column.known) }
  })
}

for (const format of ['xlsx', 'csv'] as const) {
  test(`template · ${format}: intake finds every column of it, and knows the example for what it is`, async () => {
    const { rows, known } = await read(await bytesOf(writeTemplate(format, template)))
    assert.deepEqual(known, ['行政相对人名称', '统一社会信用代码', '处罚类别', '区划', '罚款金额', '处罚决定日期'])
    assert.equal(rows.length, 1)
    assert.deepEqual(rows[0]?.cells, ['【示例】虚构贸易有限公司', ...template.example.slice(1)])
    assert.equal(isExampleRow(rows[0]?.cells ?? []), true)
  })
}

test('template · in another program: title over all columns, required columns marked, notes, drop-downs, text cells', async () => {
  const bytes = await bytesOf(writeTemplate('xlsx', template))
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Uint8Array.from(bytes).buffer)
  const page = book.worksheets[0]
  assert.ok(page)
  assert.equal(page.name, '行政处罚信息（法人及非法人组织）')
  assert.equal(page.getCell('F1').master.address, 'A1')
  assert.equal(page.getCell('A2').value, '报送单位代码：119900000000000000　　带*的列必须填写。')
  assert.equal(page.getCell('B3').value, '18位。按文本填写，不要省略前面的0。')
  assert.deepEqual(Object.values(page.getRow(4).values), [
    '行政相对人名称*',
    '统一社会信用代码*',
    '处罚类别*',
    '区划',
    '罚款金额（万元）',
    '处罚决定日期*',
  ])
  assert.notDeepEqual(page.getCell('A4').fill, page.getCell('D4').fill)
  assert.deepEqual(page.getCell('C8').dataValidation.formulae, ['"警告,罚款"'])
  assert.deepEqual(page.getCell('D8').dataValidation.formulae, ["'代码表'!$A$1:$A$80"])
  assert.equal(page.getCell('B8').dataValidation.prompt, '必填。18位。按文本填写，不要省略前面的0。')
  assert.equal(page.getColumn(2).numFmt, '@')
})

test('template · the same template is the same file', async () => {
  assert.deepEqual(await bytesOf(writeTemplate('xlsx', template)), await bytesOf(writeTemplate('xlsx', template)))
})

test('template · an example without a first value is marked in the first that there is', async () => {
  const { rows } = await read(await bytesOf(writeTemplate('csv', { ...template, example: ['', '91'] })))
  assert.deepEqual(rows[0]?.cells.slice(0, 2), ['', '【示例】91'])
})
