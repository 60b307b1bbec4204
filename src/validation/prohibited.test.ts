import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { prohibitedFile } from '../law/disclosure-model.ts'
import { type About, prohibitedFinder } from './prohibited.ts'

const rules = prohibitedFile.parse(parse(readFileSync(new URL('../../law/prohibited.yaml', import.meta.url), 'utf8'))).prohibited
const finder = prohibitedFinder(rules)

const headings: readonly (readonly [string, About, string | null])[] = [
  ['宗教信仰', 'natural-person', 'religion'],
  ['宗教信仰', 'organisation', 'religion'],
  ['基因信息', 'natural-person', 'genes'],
  ['DNA', 'natural-person', 'genes'],
  ['指 纹', 'natural-person', 'fingerprints'],
  ['血型（ABO）', 'organisation', 'blood-type'],
  ['既往病史', 'natural-person', 'illness'],
  ['诊断结果', 'natural-person', 'illness'],
  ['年收入（万元）', 'natural-person', 'income'],
  ['存款余额', 'natural-person', 'deposits'],
  ['商业保险', 'natural-person', 'insurance'],
  ['不动产', 'natural-person', 'real-estate'],
  ['纳税金额', 'natural-person', 'tax-amounts'],
  ['法定代表人个人收入', 'organisation', 'income'],
  ['纳税金额', 'organisation', null],
  ['营业收入', 'organisation', null],
  ['不动产权证号', 'organisation', null],
  ['宗教活动场所名称', 'organisation', null],
  ['宗教用品经营范围', 'organisation', null],
  ['职业病防治情况', 'organisation', null],
  ['动物疫病防治', 'organisation', null],
  ['健康证编号', 'natural-person', null],
  ['行政相对人名称', 'natural-person', null],
  ['处罚内容', 'natural-person', null],
]
for (const [heading, about, wanted] of headings) {
  test(`征信业管理条例14 · heading ${heading} about ${about} → ${wanted ?? 'harmless'}`, () => {
    assert.equal(finder.inHeading(heading, about)?.id ?? null, wanted)
  })
}

const values = [
  ['宗教信仰：佛教', 'religion'],
  ['当事人信仰基督教', 'religion'],
  ['血型：AB型', 'blood-type'],
  ['其患有艾滋病', 'illness'],
  ['临床诊断：高血压', 'illness'],
  ['HIV抗体阳性', 'illness'],
  ['销售患有口蹄疫病的生猪', null],
  ['未报告确诊为传染病的病人', null],
  ['既往病史：高血压', 'illness'],
  ['本人DNA检测结果：异常', 'genes'],
  ['宗教信仰：无', 'religion'],
  ['批发宗教用品', null],
  ['甲市宗教事务局', null],
  ['未经许可提供基因检测服务', null],
  ['销售指纹锁', null],
  ['未按规定书写病历', null],
  ['未落实传染病防治措施', null],
  ['使用未取得许可的诊断试剂', null],
  ['甲市第一人民医院', null],
  ['既往病史：无', 'illness'],
  ['罚款五万元', null],
] as const
for (const [value, wanted] of values) {
  test(`征信业管理条例14 · value ${value} → ${wanted ?? 'harmless'}`, () => {
    assert.equal(finder.inValue(value)?.id ?? null, wanted)
  })
}

test('征信业管理条例14 · each rule names its basis, and the eleven kinds are there', () => {
  assert.equal(rules.length, 11)
  for (const rule of rules) assert.ok(rule.basis.length > 0, rule.id)
  assert.deepEqual(
    rules.filter(rule => rule.allowed === 'never').map(rule => rule.id),
    ['religion', 'genes', 'fingerprints', 'blood-type', 'illness'],
  )
})
