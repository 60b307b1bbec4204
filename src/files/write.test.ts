import assert from 'node:assert/strict'
import { test } from 'node:test'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import type { Format } from './format.ts'
import { encodeGb18030 } from './gb18030.ts'
import { readRecords, recognise } from './recognise.ts'
import type { SheetRow } from './rows.ts'
import { bytesOf, withFile } from './testing.ts'
import { encodeText } from './text.ts'
import { layoutOf, type RefusedRow, writeRefused } from './write.ts'

const known = (name: string) => ['名称', '代码', '金额'].includes(name)

async function contentOf(
  content: string | Uint8Array,
): Promise<{ recognition: Awaited<ReturnType<typeof recognise>>; rows: SheetRow[] }> {
  return withFile(content, async path => {
    const recognition = await recognise(path, known)
    const rows: SheetRow[] = []
    for await (const chunk of readRecords(path, recognition)) rows.push(...chunk.rows)
    return { recognition, rows }
  })
}

function refuse(row: SheetRow): RefusedRow {
  return { row, reason: '代码校验不符', mend: '=请核对', faulty: [1] }
}

async function returned(content: string | Uint8Array): Promise<Buffer> {
  const { recognition, rows } = await contentOf(content)
  return bytesOf(writeRefused(recognition.format, layoutOf(recognition), rows.map(refuse)))
}

const reasons = "代码校验不符,'=请核对"

test('returned file · CSV keeps encoding, delimiter, line ends, titles, blank rows and order of columns', async () => {
  const sent = encodeGb18030('公示表\n\n代码;名称;备注\n91;甲公司;"a;b"\n92;=1+1;\'=x\n')
  const back = new TextDecoder('gb18030', { fatal: true }).decode(await returned(sent))
  assert.equal(
    back,
    `公示表\n\n代码;名称;备注;未通过原因;怎样修改\n91;甲公司;"a;b";代码校验不符;'=请核对\n92;'=1+1;''=x;代码校验不符;'=请核对\n`,
  )
})

test('returned file · CSV with a mark and CR LF', async () => {
  const back = await returned('\ufeff名称,代码\r\n甲公司,91\r\n')
  assert.equal(back.toString('utf8'), `\ufeff名称,代码,未通过原因,怎样修改\r\n甲公司,91,${reasons}\r\n`)
})

test('returned file · a shifted row keeps the cells beyond the heading', async () => {
  const back = await returned('名称,代码\n甲,公司,91\n')
  assert.equal(back.toString('utf8'), `名称,代码,未通过原因,怎样修改\n甲,公司,${reasons},91\n`)
  assert.deepEqual((await contentOf(back)).rows, [{ row: 2, cells: ['甲', '公司', '91'] }])
})

test('returned file · returned a second time it has the reasons once, and the cells of the first', async () => {
  const sent = "=表\n名称,代码\n=1+1,91\n'乙,-\n"
  const once = await returned(sent)
  const twice = await returned(once)
  assert.equal(twice.toString('utf8'), once.toString('utf8'))
  assert.deepEqual((await contentOf(twice)).rows, (await contentOf(sent)).rows)
})

test('returned file · a file of the sender that has quotes before formulas is not changed', async () => {
  assert.deepEqual((await contentOf("名称,代码\n'=1,'-x\n")).rows, [{ row: 2, cells: ["'=1", "'-x"] }])
})

test('returned file · JSON keeps numbers, words, absent and late members, and its outer object', async () => {
  const late = `{"名称":"x","代码":1}${',\n{"名称":"甲","代码":1}'.repeat(120)}`
  const sent = `{"data":[${late},{"名称":"乙","代码":123456789012345678,"备注":null,"对":true},{"名称":{"a":1},"代码":1.50}]}`
  const back: { data: unknown[] } = JSON.parse(
    (await returned(sent)).toString('utf8'),
    function (this: unknown, _key, value, context?: { source: string }) {
      return typeof value === 'number' ? (context?.source ?? value) : value
    },
  )
  const said = { 未通过原因: '代码校验不符', 怎样修改: '=请核对' }
  assert.deepEqual(back.data.slice(-2), [
    { 名称: '乙', 代码: '123456789012345678', 备注: null, 对: true, ...said },
    { 名称: { a: '1' }, 代码: '1.50', ...said },
  ])
  const again = await contentOf(JSON.stringify(back))
  assert.deepEqual(again.rows.at(-2)?.cells.slice(0, 2), ['乙', '123456789012345678'])
})

test('returned file · NDJSON: a line that is no JSON comes back as text', async () => {
  const back = (await returned('{"名称":"甲","代码":"1"}\n{"名称":\n')).toString('utf8')
  assert.equal(
    back,
    '{"名称":"甲","代码":"1","未通过原因":"代码校验不符","怎样修改":"=请核对"}\n{"原文":"{\\"名称\\":","未通过原因":"代码校验不符","怎样修改":"=请核对"}\n',
  )
})

test('returned file · XLSX has titles, marked cells, drop-downs, text that stays text, and opens in another program', async () => {
  const { recognition } = await contentOf('公示表\n名称,代码,金额\n甲,91,1\n')
  const long = Array.from({ length: 60 }, (_, i) => `选项${i}, 其他`)
  const layout = {
    ...layoutOf(
      recognition,
      new Map([
        [0, ['是', '否']],
        [2, long],
      ]),
    ),
    sheet: '处罚',
  }
  const row: SheetRow = { row: 7, cells: ['=1+1', '110000199001011234', ' 1\n2 '] }
  const bytes = await bytesOf(writeRefused({ kind: 'xlsx' }, layout, [refuse(row)]))
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Uint8Array.from(bytes).buffer)
  const page = book.getWorksheet('处罚')
  assert.ok(page)
  assert.equal(page.getCell('A1').value, '公示表')
  assert.equal(page.getCell('A1').isMerged, true)
  assert.deepEqual(Object.values(page.getRow(2).values), ['名称', '代码', '金额', '未通过原因', '怎样修改'])
  assert.deepEqual(Object.values(page.getRow(3).values), ['=1+1', '110000199001011234', ' 1\n2 ', '代码校验不符', '=请核对'])
  assert.equal(page.getCell('B3').numFmt, '@')
  assert.deepEqual(page.getCell('B3').fill, {
    type: 'pattern',
    pattern: 'solid',
    fgColor: { argb: 'FFFDEDEC' },
    bgColor: { indexed: 64 },
  })
  assert.deepEqual(page.getCell('A3').fill, { type: 'pattern', pattern: 'none' })
  assert.deepEqual(page.getCell('A3').dataValidation.formulae, ['"是,否"'])
  assert.deepEqual(page.getCell('C9').dataValidation.formulae, ["'代码表'!$A$1:$A$60"])
  assert.equal(book.getWorksheet('代码表')?.state, 'hidden')
  assert.equal(book.getWorksheet('代码表')?.getCell('A60').value, '选项59, 其他')
  const again = await contentOf(bytes)
  assert.deepEqual(again.rows, [{ row: 3, cells: row.cells }])
  assert.equal(again.recognition.sheet, '处罚')
})

test('returned file · JSON: an absent member stays absent', async () => {
  const back = (await returned('[{"名称":"甲","代码":"1"},\n{"名称":"乙"}]')).toString('utf8')
  assert.equal(back.includes('{"名称":"乙","未通过原因"'), true, back)
})

test("returned file · a first cell that begins with a byte order mark does not become the file's", async () => {
  const format: Format = { kind: 'csv', encoding: 'utf-8', hasMark: false, delimiter: ',', newline: '\n', hasSepLine: false }
  const layout = { sheet: null, titles: [['\ufeff表']], heading: [['名称', '代码']], width: 2 }
  const bytes = await bytesOf(writeRefused(format, layout, []))
  const { recognition } = await contentOf(bytes)
  assert.deepEqual([recognition.format, recognition.titles], [format, [['\ufeff表']]])
})

const anyCell = fc
  .oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom(
        '=',
        "'",
        '"',
        ',',
        '\n',
        '\r',
        '\t',
        '_',
        'x',
        '0',
        'D',
        '&',
        '<',
        '>',
        '中',
        '\u{20000}',
        ' ',
        '-',
        '\u0001',
        '\ufeff',
      ),
      maxLength: 12,
    }),
  )
  .filter(text => !text.includes('\0') && text.isWellFormed() && !(text.length === 1 && text >= '\ue000' && text <= '\uf8ff'))
const anyTable = fc.array(fc.tuple(anyCell, anyCell, anyCell), { minLength: 1, maxLength: 6 })
const csvOf = (encoding: 'utf-8' | 'gb18030' | 'utf-16le', hasMark: boolean, delimiter: string): Format => ({
  kind: 'csv',
  encoding,
  hasMark,
  delimiter,
  newline: '\r\n',
  hasSepLine: false,
})
const formats: readonly Format[] = [
  csvOf('utf-8', false, ','),
  csvOf('utf-8', true, ';'),
  csvOf('gb18030', false, '\t'),
  csvOf('utf-16le', true, '\t'),
  { kind: 'json', encoding: 'utf-8', hasMark: false, member: null },
  { kind: 'ndjson', encoding: 'utf-8', hasMark: true },
  { kind: 'xlsx' },
]
/** GB 18030 of 2022 gives these private-use characters no code of their own. */
const isFormer = (text: string) => /[\ue000-\uf8ff]/.test(text)

for (const format of formats) {
  test(`returned file · any table of text comes back from ${JSON.stringify(format)} unchanged`, async () => {
    const layout = { sheet: '表', titles: [['公示表']], heading: [['名称', '代码', '金额']], width: 3 }
    await fc.assert(
      fc.asyncProperty(anyTable, async table => {
        const cells = format.kind === 'csv' && format.encoding === 'gb18030' ? table.filter(row => !row.some(isFormer)) : table
        const rows = cells.map((row, i) => refuse({ row: i, cells: [...row] }))
        const again = await contentOf(await bytesOf(writeRefused(format, layout, rows)))
        const trimmed = (row: readonly string[]) => [...row, '', '', ''].slice(0, 3)
        assert.deepEqual(
          again.rows.map(row => trimmed(row.cells)),
          cells,
        )
        assert.deepEqual(again.recognition.format, format)
      }),
      { numRuns: 60 },
    )
  })
}

test('returned file · UTF-16 text is encoded in both orders', () => {
  assert.deepEqual([...encodeText('A中', 'utf-16le')], [0x41, 0, 0x2d, 0x4e])
  assert.deepEqual([...encodeText('A中', 'utf-16be')], [0, 0x41, 0x4e, 0x2d])
})
