import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, day } from '../base/day.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { findPersonalNumbers, hasLuhnCheck } from '../subject/personal-numbers.ts'
import { isResidentId, makeResidentId } from '../subject/resident-id.ts'
import { holdsResidentId } from '../subject/resident-numbers.ts'
import { makeUscc } from '../subject/uscc.ts'
import { inspectFreeText, maskAddress, maskFreeText, maskIdNumber, maskPersonName, maskTelephone } from './mask.ts'

const ID = inventedResidentId(5, day('1980-02-03'))
const CARD = '6222021234567894'.replace(/.$/, '')
const CARD_NUMBER = `${CARD}${[...'0123456789'].find(last => hasLuhnCheck(CARD + last))}`

const hidden = [
  [`身份证号码${ID}，处罚款50000元`, '身份证号码***，处罚款50000元', ['resident-id']],
  [`身份证号：${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}`, '身份证号：***', ['resident-id']],
  [`张某ID${ID}到案`, '张某ID***到案', ['resident-id']],
  [`张某${ID}13800138000到案`, '张某***到案', ['resident-id']],
  [`身份证${ID}万某到案`, '身份证***万某到案', ['resident-id']],
  ['旧证号860101800203051，', '旧证号***，', ['resident-id']],
  ['联系电话13800138000，罚款壹万元', '联系电话***，罚款壹万元', ['mobile']],
  ['手机+86 138-0013-8000', '手机+***', ['mobile']],
  ['电话0515-88888888', '电话***', ['landline']],
  ['传真：88888888。', '传真：***。', ['mobile']],
  [`卡号${CARD_NUMBER}开户行`, '卡号***开户行', ['bank-account']],
  [`转入${CARD_NUMBER}`, '转入***', ['bank-account']],
  ['账号 32001234567890 内', '账号 *** 内', ['bank-account']],
  ['护照号码E12345678', '护照号码***', ['passport']],
  ['邮箱zhang.san@example.com', '邮箱***', ['e-mail']],
  ['家住甲市乙区丙路5号3幢201室，罚款200元', '家住***，罚款200元', ['home-address']],
  ['户籍地为甲省乙市丙县丁村3组罚款5000元', '户籍地为***罚款5000元', ['home-address']],
  ['李某，住甲县乙镇丙村5组，因无证驾驶苏A12345', '李某，住***，因无证驾驶苏A12345', ['home-address']],
  ['（住址：甲县乙镇12号）甲市监罚〔2024〕5号', '（住址：***）甲市监罚〔2024〕5号', ['home-address']],
  ['当事人患有精神分裂症，减轻处罚', '当事人***，减轻处罚', ['health']],
  ['患者王某被诊断为肺结核', '患者王某被***', ['health']],
] as const
for (const [text, shown, kinds] of hidden) {
  test(`M099 45号令 · hidden: ${kinds.join()} in ${text.replace(ID, '…')}`, () => {
    assert.deepEqual(inspectFreeText(text), { text: shown, masked: kinds })
  })
}

const shown = [
  '没收违法所得1234567.89元，罚款人民币12345678901元',
  '罚款13800138000元',
  '违反《中华人民共和国食品安全法》第一百二十四条第一款第（五）项',
  '甲市监罚字〔2024〕15号',
  '处罚决定书文号20240101000012345',
  '许可证编号JY13209030001234',
  `许可证号${makeResidentId('320903', day('2024-01-05'), 12)}`,
  `${makeResidentId('320903', day('2024-01-05'), 12)}7`,
  '注册号330203000030639',
  `${inventedUscc('enterprise', 9)}甲公司`,
  '住所：甲省乙市丙路99号',
  '经营场所位于甲市乙区丙路5号',
  '苏A12345号重型货车超载',
  '销售患有口蹄疫病的生猪',
  '该院未按规定书写病历',
  '医疗机构未按规定报告传染病疫情',
  '当事人于2024年1月5日至2024-12-31经营',
  '***',
  '',
]
for (const text of shown) {
  test(`M099 · stays as it is: ${text}`, () => assert.deepEqual(inspectFreeText(text), { text, masked: [] }))
}

test('M099 · no ID number is left in a text, wherever it stands and however it is grouped', () => {
  const around = fc.string({ unit: fc.constantFrom(...'甲乙罚款，。号：（）、 '), maxLength: 12 })
  fc.assert(
    fc.property(
      around,
      around,
      fc.integer({ min: 0, max: 30_000 }),
      fc.integer({ min: 1, max: 999 }),
      fc.boolean(),
      (a, b, days, n, lower) => {
        const id = makeResidentId('110105', addDays(day('1920-01-01'), days), n)
        const typed = lower ? id.toLowerCase() : id.replace(/[0-9]/g, one => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
        const masked = maskFreeText(`${a}${typed}${b}`)
        assert.ok(!masked.includes(typed.slice(6)), masked)
        assert.ok(holdsResidentId(`${a}${typed}${b}`))
      },
    ),
  )
})

test('M099 · fines, document numbers and codes always stay, and masking twice is masking once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), fc.nat(9999), fc.nat(9_999_999), (fine, number, n) => {
      const facts = [`罚款${fine}元`, `甲市监罚字〔2024〕${number}号`, inventedUscc('enterprise', n)]
      const text = `${facts.join('，')}，当事人张某，身份证号${ID}，住址：甲市乙路${number}号，患有糖尿病`
      const masked = maskFreeText(text)
      for (const fact of facts) assert.ok(masked.includes(fact), masked)
      assert.ok(!masked.includes(ID) && !masked.includes('糖尿病') && !masked.includes('乙路'), masked)
      assert.equal(maskFreeText(masked), masked)
    }),
  )
})

test('M099 · a code of digits that is an ID number too stays only where everything speaks for the code', () => {
  const both = Array.from({ length: 9999 }, (_, n) =>
    makeUscc('5', '1', '110119', `90${String((n % 12) + 1).padStart(2, '0')}${String(n).padStart(4, '0')}`),
  ).filter(code => isResidentId(code))
  assert.ok(both.length > 0)
  for (const code of both) assert.equal(maskFreeText(`代码${code}，`), `代码${code}，`)
})

test('M099 · places are given in the text as written', () => {
  const text = `甲，${ID}，乙13800138000丙`
  assert.deepEqual(
    findPersonalNumbers(text).map(one => [one.kind, text.slice(one.from, one.to)]),
    [
      ['resident-id', ID],
      ['mobile', '13800138000'],
    ],
  )
})

test('M099 · names, numbers and addresses in columns of their own', () => {
  assert.deepEqual(['张三', '张三丰', '欧阳小明', '买买提·艾力', '𠮷某', '', '王'].map(maskPersonName), [
    '张**',
    '张**',
    '欧阳**',
    '买**',
    '𠮷**',
    '',
    '*',
  ])
  assert.equal(maskIdNumber(ID), '***')
  assert.equal(maskIdNumber(ID, [3, 2]), `860${'*'.repeat(13)}${ID.slice(-2)}`)
  assert.equal(maskIdNumber(ID, [6, 4]), `860101${'*'.repeat(8)}${ID.slice(-4)}`)
  assert.equal(maskIdNumber('E1234567', [6, 4]), '***')
  assert.equal(maskTelephone('13800138000'), '138****')
  assert.equal(maskTelephone('110'), '***')
  assert.equal(maskAddress('江苏省盐城市亭湖区某路5号'), '江苏省盐城市亭湖区***')
  assert.equal(maskAddress('某路5号'), '***')
})
