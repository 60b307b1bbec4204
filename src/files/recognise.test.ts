import assert from 'node:assert/strict'
import { test } from 'node:test'
import ExcelJS from 'exceljs'
import { encodeGb18030 } from './gb18030.ts'
import { readRecords, recognise } from './recognise.ts'
import type { SheetRow } from './rows.ts'
import { withFile, workbookOf } from './testing.ts'

const known = (name: string) => ['名称', '代码', '金额', '日期'].includes(name)

async function records(path: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const chunk of readRecords(path, await recognise(path, known), { chunkRows: 2 })) rows.push(...chunk.rows)
  return rows
}

const sheet = (name: string, cells: readonly string[], state?: string) => ({
  name,
  xml: `<worksheet><sheetData><row r="2">${cells.map(cell => `<c t="str"><v>${cell}</v></c>`).join('')}</row></sheetData></worksheet>`,
  ...(state === undefined ? {} : { state }),
})

test('recognition · the first visible sheet with a heading is read, the others are named', async () => {
  const book = workbookOf([
    sheet('说明', ['请先阅读', '填报要求']),
    sheet('隐藏', ['名称', '代码'], 'hidden'),
    sheet('数据', ['名称', '代码']),
    sheet('更多', ['名称', '金额']),
    sheet('空', [], 'veryHidden'),
  ])
  await withFile(book, async path => {
    const found = await recognise(path, known)
    assert.equal(found.sheet, '数据')
    assert.deepEqual(found.otherSheets, [
      { name: '说明', isHidden: false, hasHeader: false, isEmpty: false },
      { name: '隐藏', isHidden: true, hasHeader: true, isEmpty: false },
      { name: '更多', isHidden: false, hasHeader: true, isEmpty: false },
      { name: '空', isHidden: true, hasHeader: false, isEmpty: true },
    ])
  })
})

test('recognition · titles with their blank rows are kept, data begins behind the heading', async () => {
  const text = '公示表,,\n\n填报单位：甲局,,\n名称,代码（必填）,备注\n乙公司,91,\n\n丙公司,92,x\n'
  await withFile(encodeGb18030(text), async path => {
    const found = await recognise(path, known)
    assert.deepEqual(found.titles, [['公示表', '', ''], [], ['填报单位：甲局', '', '']])
    assert.deepEqual(
      found.header.columns.map(column => column.known),
      ['名称', '代码', null],
    )
    assert.deepEqual(await records(path), [
      { row: 5, cells: ['乙公司', '91', ''] },
      { row: 7, cells: ['丙公司', '92', 'x'] },
    ])
  })
})

test('recognition · the number of rows is told before they are read: near enough in a long file, exactly in a short one', async () => {
  const line = (i: number) => `虚构${i + 100_000}号公司,9199${i + 100_000},${(i % 90) + 10}\n`
  const long = `名称,代码,金额\n${Array.from({ length: 30_000 }, (_, i) => line(i)).join('')}`
  for (const content of [long, encodeGb18030(long)]) {
    const { approximateRows } = await withFile(content, path => recognise(path, known))
    assert.ok(approximateRows !== null && approximateRows > 29_000 && approximateRows < 31_000, String(approximateRows))
  }
  assert.equal(
    (await withFile(`公示表\n${long.slice(0, 400)}`, path => recognise(path, known))).approximateRows,
    long.slice(0, 400).split('\n').length - 1,
  )
})

test('recognition · a heading that uses the last of very many shared texts is found', async () => {
  const many = Array.from({ length: 60_000 }, (_, i) => `<si><t>文${i}</t></si>`).join('')
  const shared = `${many}<si><t>名称</t></si><si><t>代码</t></si>`
  const xml = '<row r="1"><c t="s"><v>60000</v></c><c t="s"><v>60001</v></c></row><row r="2"><c t="s"><v>7</v></c></row>'
  const { header, approximateRows } = await withFile(workbookOf(xml, { shared }), path => recognise(path, known))
  assert.deepEqual([header.row, approximateRows], [1, 1])
})

const unfound: readonly (readonly [string, string])[] = [
  ['file.no-header', 'a,b\n1,2\n'],
  ['file.no-header', '[{"a":1,"b":2}]'],
]
for (const [code, content] of unfound) {
  test(`recognition · ${JSON.stringify(content)} is refused with ${code}`, () =>
    withFile(content, path => assert.rejects(recognise(path, known), { code })))
}

test('recognition · a workbook as Excel writes it: merged title, dates, rich text, formula, shared texts, long numbers', async () => {
  const book = new ExcelJS.Workbook()
  const page = book.addWorksheet('Sheet1')
  page.mergeCells('A1:D1')
  page.getCell('A1').value = '公示表'
  page.addRow(['名称', '代码', '金额', '日期'])
  page.addRow(['甲公司', 110000199001011230, 1234.56, new Date(Date.UTC(2026, 2, 5))])
  page.addRow([
    { richText: [{ text: '乙' }, { text: '公司', font: { bold: true } }] },
    '91',
    { formula: 'C3*2', result: 2469.12 },
    '2026/3/5',
  ])
  page.addRow(['甲公司', '=1+1', { error: '#N/A' }, true])
  await withFile(Buffer.from(await book.xlsx.writeBuffer()), async path => {
    assert.deepEqual(await records(path), [
      { row: 3, cells: ['甲公司', '110000199001011230', '1234.56', '2026-03-05'], kinds: 'slnd' },
      { row: 4, cells: ['乙公司', '91', '2469.12', '2026/3/5'], kinds: 'ssns' },
      { row: 5, cells: ['甲公司', '=1+1', '#N/A', 'TRUE'], kinds: 'sseb' },
    ])
  })
})
