import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { ReportField } from './model.ts'
import { emsOf } from './pieces.ts'
import { toSheet } from './sheet.ts'
import { penalty, publicReport, section } from './testing.ts'
import { REPORT_FONTS } from './typesetter.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const compiler = NodeCompiler.create({ workspace: HERE, fontArgs: [{ fontPaths: REPORT_FONTS }] })

type Sheet = ReturnType<typeof toSheet>

const sheetOf = (fields: ReportField[]): Sheet =>
  toSheet(publicReport(0, 0, { sections: [section('二', '甲', [penalty(1, { fields })])] }), text => text)

const linesOf = (sheet: Sheet): boolean[] =>
  sheet.sections.flatMap(part => part.records.flatMap(({ rows }) => rows.map(row => row.line)))

function pdfOf(sheet: Sheet): Buffer {
  compiler.mapShadow(`${HERE}report.json`, Buffer.from(JSON.stringify(sheet)))
  const document = compiler.compile({ mainFilePath: `${HERE}template.typ` }).result
  return compiler.pdf(document ?? assert.fail('the template did not compile'), { pdfStandard: 'a-2a', creationTimestamp: 0 })
}

/** The same sheet with every row left to be measured. */
function measured(sheet: Sheet): Sheet {
  const sections = sheet.sections.map(part => ({
    ...part,
    records: part.records.map(record => ({ ...record, rows: record.rows.map(row => ({ ...row, line: false })) })),
  }))
  return { ...sheet, sections }
}

// The widest texts that count as one line: wide capitals and signs, figures, days in boxes, Chinese, and mixtures of them.
const fill = (sample: string, most: number): string => {
  let text = ''
  for (const letter of sample.repeat(99)) if (emsOf(text + letter) <= most) text += letter
  return text
}
for (const sample of [
  '国',
  'W',
  '@',
  '%m',
  '0',
  '8-',
  '2026-01-15 ',
  '罚款1.25万元，',
  '（《国》）',
  'ＷＭ',
  'W国0',
  '“甲”',
  '……',
  '示市监罚〔2026〕1号',
]) {
  test(`M155 · rows taken for one line are as high as their text: ${sample}`, () => {
    const [half, full] = [fill(sample, 14), fill(sample, 39)]
    const fields = [half, half, full, half, full].map(value => ({ name: fill(sample, 10) || '甲', value }))
    const sheet = sheetOf(fields)
    assert.ok(pdfOf(sheet).equals(pdfOf(measured(sheet))))
  })
}

test('M155 · a row that may need two lines is measured: long names, long values, line ends, a basis, signs of unknown width', () => {
  const rows = (field: ReportField): boolean[] => linesOf(sheetOf([field, { name: '甲', value: '乙'.repeat(30) }]))
  assert.deepEqual(rows({ name: '甲', value: '乙' }), [true, true])
  for (const field of [
    { name: '信息提供单位统一社会信用代码', value: '乙' },
    { name: '甲', value: '乙'.repeat(40) },
    { name: '甲', value: '乙\n丙' },
    { name: '甲', value: '乙', basis: '丙' },
    { name: '甲', value: '乙⸻丙' },
  ])
    assert.deepEqual(rows(field), [false, true], JSON.stringify(field))
})
