import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SheetRow } from '../rows.ts'
import { readAll, workbookOf } from '../testing.ts'

const cells = async (row: string, parts: Parameters<typeof workbookOf>[1] = {}) => (await readAll(workbookOf(row, parts)))[0]

const inline = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲 &amp; 乙&#10;_x000D_</t></is></c></row>'
const table: readonly (readonly [title: string, xml: string, row: SheetRow | undefined])[] = [
  ['inline text with references and control characters', inline, { row: 1, cells: ['甲 & 乙\n\r'] }],
  [
    'rich text is joined, phonetic readings are left out',
    '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>公示</t></r><r><t xml:space="preserve"> 表</t></r><rPh sb="0" eb="1"><t>gong</t></rPh></is></c></row>',
    { row: 1, cells: ['公示 表'] },
  ],
  [
    'cells without references follow each other',
    '<row><c><v>1</v></c><c t="str"><v>b</v></c></row>',
    { row: 1, cells: ['1', 'b'], kinds: 'ns' },
  ],
  [
    'gaps between cells are empty cells',
    '<row r="3"><c r="C3" t="str"><v>x</v></c><c r="AA3" s="1"/></row>',
    { row: 3, cells: ['', '', 'x'] },
  ],
  [
    'booleans and errors',
    '<row r="1"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
    { row: 1, cells: ['TRUE', '#N/A'], kinds: 'be' },
  ],
  [
    'a formula gives its last result, or says that there is none',
    '<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>yx</v></c><c r="B1"><f t="shared" si="0"/><v>7</v></c><c r="C1"><f>A1</f></c></row>',
    { row: 1, cells: ['yx', '7', ''], kinds: 'snf' },
  ],
  [
    'cells out of order stand where they belong',
    '<row r="1"><c r="C1"><v>3</v></c><c r="A1" t="str"><v>a</v></c></row>',
    { row: 1, cells: ['a', '', '3'], kinds: 'ssn' },
  ],
  [
    'days as ISO text',
    '<row r="1"><c t="d"><v>2026-03-05</v></c><c t="d"><v>2026-03-05T08:01:02</v></c></row>',
    { row: 1, cells: ['2026-03-05', '2026-03-05 08:01:02'], kinds: 'dt' },
  ],
  [
    'single quotes and blanks in tags',
    "<row r = '2' ><c r = 'B2' t = 'str' ><v>x</v></c ></row >".replace('</row >', '</row>'),
    { row: 2, cells: ['', 'x'] },
  ],
  ['rows that hold only looks are no rows', '<row r="1"><c r="A1" s="1"/></row><row r="2" ht="3"/>', undefined],
]
for (const [title, xml, row] of table) test(`XLSX · ${title}`, async () => assert.deepEqual(await cells(xml), row))

test('XLSX · numbers as a person reads them: no exponent, 15 digits, and the mark that Excel has rounded', async () => {
  const numbers = [
    '1',
    '-0.5',
    '1234.5599999999999',
    '0.30000000000000004',
    '1.2345E+17',
    '9007199254740992',
    '110000199001011234',
    '1E-3',
    '12345678901234.5',
  ]
  const row = await cells(`<row r="1">${numbers.map(value => `<c><v>${value}</v></c>`).join('')}</row>`)
  assert.deepEqual(row, {
    row: 1,
    cells: [
      '1',
      '-0.5',
      '1234.56',
      '0.3',
      '123450000000000000',
      '9007199254740992',
      '110000199001011234',
      '0.001',
      '12345678901234.5',
    ],
    kinds: 'nnnnlllnn',
  })
})

const formats = [
  'yyyy/m/d',
  'yyyy"年"m"月"d"日"',
  'yyyy\\-mm\\-dd hh:mm:ss',
  '[$-804]General',
  '000000',
  '0.00%',
  '0.00"万元"',
  '[红色]0;-0',
  'h:mm',
  '0!.0,"万元"',
  '"共"0"项"',
  'm"月"d"日"',
]
const styles = `<styleSheet><numFmts>${formats.map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="31"/>${formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join('')}</cellXfs></styleSheet>`

const dates: readonly (readonly [title: string, serial: string, style: number, text: string, kind: string, is1904?: boolean])[] =
  [
    ['built-in day', '46086', 1, '2026-03-05', 'd'],
    ['built-in day with time', '46086.5', 2, '2026-03-05 12:00:00', 't'],
    ['a time at midnight is a day', '46086', 2, '2026-03-05', 'd'],
    ['Chinese built-in day', '46086', 3, '2026-03-05', 'd'],
    ['custom day', '46086', 4, '2026-03-05', 'd'],
    ['custom Chinese day', '46086.75', 5, '2026-03-05', 'd'],
    ['seconds are rounded, not cut', '46086.99998842593', 6, '2026-03-05 23:59:59', 't'],
    ['system of 1904', '44624', 1, '2026-03-05', 'd', true],
    ['first day of 1900', '1', 1, '1900-01-01', 'd'],
    ['28 February 1900', '59', 1, '1900-02-28', 'd'],
    ['the day that never was', '60', 1, '1900-02-29', 'd'],
    ['1 March 1900', '61', 1, '1900-03-01', 'd'],
    ['31 December 2099', '73050', 1, '2099-12-31', 'd'],
    ['a day written as a number stays the number', '20260305', 1, '20260305', 'n'],
    ['a negative number is no day', '-3', 1, '-3', 'n'],
    ['general with a locale is a number', '46086', 7, '46086', 'n'],
    ['leading zeros are shown', '123', 8, '000123', 'n'],
    ['a share', '0.125', 9, '12.5%', 'n'],
    ['a unit that the format writes is read', '5', 10, '5万元', 'n'],
    ['colours are no days', '7', 11, '7', 'n'],
    ['a time alone', '0.5', 12, '12:00:00', 't'],
    ['a format that scales does not lend its unit', '12345', 13, '12345', 'n'],
    ['other words of a format are left out', '3', 14, '3', 'n'],
    ['month and day', '46086', 15, '2026-03-05', 'd'],
  ]
for (const [title, serial, style, text, kind, is1904 = false] of dates) {
  test(`XLSX · ${title}: ${serial} is ${text}`, async () => {
    const row = await cells(`<row r="1"><c r="A1" s="${style}"><v>${serial}</v></c></row>`, { styles, is1904 })
    assert.deepEqual(row, { row: 1, cells: [text], kinds: kind })
  })
}

test('XLSX · shared texts: plain, rich, empty, with references', async () => {
  const shared =
    '<si><t>甲</t></si><si><t xml:space="preserve"> 乙 </t></si><si/><si><r><t>a</t></r><r><t>&lt;b&gt;</t></r><rPh><t>x</t></rPh><phoneticPr/></si><si><t/></si><si><t>末_x000D_</t></si>'
  const row = await cells(`<row r="1">${[0, 1, 2, 3, 4, 5, 0].map(i => `<c t="s"><v>${i}</v></c>`).join('')}</row>`, { shared })
  assert.deepEqual(row, { row: 1, cells: ['甲', ' 乙 ', '', 'a<b>', '', '末\r', '甲'] })
})

test('XLSX · every element may have a prefix', async () => {
  const xml =
    '<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c r="B1"><x:f>1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData><x:rowBreaks/></x:worksheet>'
  assert.deepEqual(await readAll(workbookOf([{ name: 'a', xml }])), [{ row: 1, cells: ['甲', '2'], kinds: 'sn' }])
})

test('XLSX · a cell beyond the columns, a text beyond the limit, a zero character break their row alone', async () => {
  const xml = `<row r="1"><c r="XFD1"><v>1</v></c></row><row r="2"><c t="str"><v>${'x'.repeat(30)}</v></c></row><row r="3"><c t="str"><v>_x0000_</v></c></row><row r="4"><c><v>4</v></c></row>`
  const rows = await readAll(workbookOf(xml), { limits: { cell: 20 } })
  assert.deepEqual(
    rows.map(({ row, broken }) => [row, broken]),
    [
      [1, 'row.too-many-columns'],
      [2, 'row.too-long'],
      [3, 'row.character-broken'],
      [4, undefined],
    ],
  )
})

test('XLSX · hidden rows and rows of any length of markup are read whole', async () => {
  const xml = Array.from(
    { length: 5000 },
    (_, i) => `<row r="${i + 1}" hidden="1"><c r="A${i + 1}" t="str"><v>甲${i}${'乙'.repeat(i % 90)}</v></c></row>`,
  ).join('')
  const rows = await readAll(workbookOf(xml))
  assert.equal(rows.length, 5000)
  assert.deepEqual(rows[4999], { row: 5000, cells: [`甲4999${'乙'.repeat(4999 % 90)}`] })
})
