import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReportModel } from './model.ts'
import { CODE, penalty, publicReport, section, specialReport } from './testing.ts'

const accepts = (model: unknown) => ReportModel.safeParse(model).success

test('M155 · a finished report of either kind is a model', () => {
  assert.equal(accepts(publicReport(1, 1)), true)
  assert.equal(accepts(specialReport(2, 0)), true)
})

const report = publicReport(0, 1)
const special = specialReport(1, 0)
const refused: [string, unknown][] = [
  ['M155 · a summary in another order', { ...report, summary: report.summary.toReversed() }],
  ['M155 · a summary of seven counts', { ...report, summary: report.summary.slice(1) }],
  ['M155 · sections out of the order of the layout', { ...report, sections: report.sections.toReversed() }],
  ['M155 · a section twice', { ...report, sections: [section('二', '甲'), section('二', '乙')] }],
  ['M155 · a score beside the counts', { ...report, score: 97 }],
  [
    'M147 · a verification code whose check fails',
    { ...report, verifyCode: `${CODE.slice(0, 19)}${CODE.endsWith('0') ? '1' : '0'}` },
  ],
  ['M147 · a verification address that is no web address', { ...report, verifyUrl: 'javascript:alert(1)' }],
  ['M145 · a special report without its last day', { ...special, validUntil: undefined }],
  ['M143 · a window that ends before it begins', { ...special, window: { ...special.window, from: '2026-11-21' } }],
  ['M143 · a special report without its window', { ...special, window: undefined }],
  ['M137 · a special report without domains', { ...special, domains: [] }],
  [
    'M137 · a domain whose count differs from its records',
    { ...special, domains: [{ name: '教育', result: '有2条', count: 2, records: [penalty(1)] }] },
  ],
  ['M133 · a report number of 21 characters', { ...report, number: report.number.slice(1) }],
  ['M133 · an instant without its zone', { ...report, issuedAt: '2026-11-21T20:15:30' }],
]
for (const [what, model] of refused) test(`${what} is refused`, () => assert.equal(accepts(model), false))
