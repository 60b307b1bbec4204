import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Verdict } from '../base/refusal.ts'
import { type AmountUnit, amountIn, fenOf, parseAmount, type Yuan } from './amount-value.ts'
import { parseDay } from './day-value.ts'
import { isPlaceholder, parseDecimal, parseInteger, parseMulti, parseText, tidyDocumentNumber } from './value.ts'

function read<T>(verdict: Verdict<{ value: T }>): T | string {
  return verdict.ok ? verdict.value.value : verdict.code
}

function dayRead(text: string, serial?: '1900' | '1904'): string {
  const found = parseDay(text, serial ? { serial } : {})
  if (!found.ok) return found.code
  return found.value.value.longTerm ? 'long-term' : found.value.value.day
}

const days = [
  ['2024/01/05', '2024-01-05'],
  ['2024/1/5', '2024-01-05'],
  ['2024-01-05', '2024-01-05'],
  ['2024.1.5', '2024-01-05'],
  ['20240105', '2024-01-05'],
  ['2024年1月5日', '2024-01-05'],
  ['2024 年 1 月 5 日', '2024-01-05'],
  ['２０２４／０１／０５', '2024-01-05'],
  ['二〇二四年十一月二十三日', '2024-11-23'],
  ['二零二四年一月十日', '2024-01-10'],
  ['2024-01-05 23:59:59', '2024-01-05'],
  ['2024-01-05T00:00:00+08:00', '2024-01-05'],
  ['2024/1/5 0:00', '2024-01-05'],
  ['2024-01-04T16:00:00Z', 'day.time-zone'],
  ['2099/12/31', 'long-term'],
  ['9999-12-31', 'long-term'],
  ['长期', 'long-term'],
  ['永久', 'long-term'],
  ['2024-02-30', 'day.impossible'],
  ['2023-02-29', 'day.impossible'],
  ['2024-13-01', 'day.impossible'],
  ['0202-01-05', 'day.impossible'],
  ['24/1/5', 'day.two-digit-year'],
  ['24年1月5日', 'day.two-digit-year'],
  ['2024年1月', 'day.incomplete'],
  ['2024', 'day.incomplete'],
  ['05/01/2024', 'day.format'],
  ['2024/1-5', 'day.format'],
  ['二〇二四年二三月五日', 'day.impossible'],
  ['45296', 'day.format'],
  ['—', 'day.placeholder'],
  ['', 'day.placeholder'],
] as const
for (const [text, wanted] of days) test(`M067 · day ${text} → ${wanted}`, () => assert.equal(dayRead(text), wanted))

test('M067 · a serial number is a day only when the source says so', () => {
  assert.equal(dayRead('45296', '1900'), '2024-01-05')
  assert.equal(dayRead('45296.75', '1900'), '2024-01-05')
  assert.equal(dayRead('43834', '1904'), '2024-01-05')
  assert.equal(dayRead('20240105', '1900'), '2024-01-05')
  assert.equal(dayRead('59', '1900'), 'day.impossible')
  assert.equal(dayRead('73050', '1900'), 'long-term')
})

test('M067 · every existing day is read in each of its forms', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2098-12-31'), noInvalidDate: true }), at => {
      const iso = at.toISOString().slice(0, 10)
      const [year, month, date] = iso.split('-').map(Number)
      for (const form of [
        iso,
        iso.replaceAll('-', ''),
        `${year}/${month}/${date}`,
        `${year}年${month}月${date}日`,
        `${year}.${month}.${date}`,
      ]) {
        assert.equal(dayRead(form), iso)
      }
    }),
  )
})

const amounts: readonly (readonly [string, AmountUnit | null, string])[] = [
  ['5', '万元', '50000'],
  ['0.000001', '万元', '0.01'],
  ['1.25', '亿元', '125000000'],
  ['5000', '元', '5000'],
  ['05000.10', '元', '5000.1'],
  ['0', '万元', '0'],
  ['5000元', '万元', '5000'],
  ['0.5万元', '元', '5000'],
  ['5万', '万元', '50000'],
  ['3万5千元', '万元', '35000'],
  ['2亿3000万', null, '230000000'],
  ['叁万伍仟元整', '万元', '35000'],
  ['三万五千元', null, '35000'],
  ['壹佰贰拾叁元肆角伍分', '万元', '123.45'],
  ['拾万元整', null, '100000'],
  ['一亿零二百万元', null, '102000000'],
  ['一万零五百元', null, '10500'],
  ['三百', '万元', '3000000'],
  ['零元', null, '0'],
  ['0元', null, '0'],
  ['0.00万元', null, '0'],
  ['零元整', '万元', '0'],
  ['元整', '万元', 'amount.format'],
  ['2亿3000万', '元', '230000000'],
  ['3万5亿', '元', 'amount.format'],
  ['三万万', '元', 'amount.format'],
  ['５，０００．５元', null, '5000.5'],
  ['￥50,000.00', '元', '50000'],
  ['人民币5万元', null, '50000'],
  ['50000 RMB', '元', '50000'],
  ['1,234,567.89元', null, '1234567.89'],
  ['人民币伍万元整（¥50,000.00）', '万元', '50000'],
  ['伍万元（小写：50000元）', null, '50000'],
  ['伍万元整（¥5,000.00）', '万元', 'amount.contradicts-itself'],
  ['500', null, 'amount.unit-missing'],
  ['-500', '元', 'amount.negative'],
  ['(500)', '元', 'amount.negative'],
  ['负五百元', '元', 'amount.negative'],
  ['500美元', '元', 'amount.currency'],
  ['$500', '元', 'amount.currency'],
  ['三万五', '元', 'amount.format'],
  ['3万5', '元', 'amount.format'],
  ['一百二', '元', 'amount.format'],
  ['约5万元', '元', 'amount.format'],
  ['5-10万元', '元', 'amount.format'],
  ['1,23元', '元', 'amount.format'],
  ['1e5', '元', 'amount.format'],
  ['罚款', '元', 'amount.format'],
  ['万元', '元', 'amount.format'],
  ['3.5元5角', '元', 'amount.format'],
  ['0.30000000000000004', '元', 'amount.too-precise'],
  ['99999999999999999', '元', 'amount.too-large'],
  ['无', '元', 'amount.placeholder'],
  ['—', '元', 'amount.placeholder'],
]
for (const [text, unit, wanted] of amounts) {
  test(`双公示 CF_NR_FK · ${text} in a column of ${unit ?? 'no unit'} → ${wanted}`, () =>
    assert.equal(read(parseAmount(text, unit)), wanted))
}

const FORMAL = '零壹贰叁肆伍陆柒捌玖'
const PLAIN = '〇一二三四五六七八九'

/** Four digits in Chinese, as a bank writes them. */
function section(digits: string, signs: string, places: readonly string[]): string {
  let out = ''
  let gap = false
  for (const [at, digit] of [...digits].entries()) {
    if (digit === '0') {
      gap = true
      continue
    }
    if (gap && out !== '') out += '零'
    else if (gap && at > 0) out += '零'
    gap = false
    out += `${signs[Number(digit)]}${places[3 - at]}`
  }
  return out
}

function inChinese(yuan: number, fen: number, formal: boolean): string {
  const places = formal ? ['', '拾', '佰', '仟'] : ['', '十', '百', '千']
  const signs = formal ? FORMAL : PLAIN
  const digits = String(yuan).padStart(12, '0')
  const bigs = ['亿', '万', '']
  let out = ''
  for (let at = 0; at < 3; at++) {
    const part = digits.slice(at * 4, at * 4 + 4)
    if (part === '0000') continue
    const text = section(part, signs, places)
    out += (out === '' ? text.replace(/^零/, '') : text) + bigs[at]
  }
  const rest =
    fen === 0
      ? '整'
      : `${Math.floor(fen / 10) > 0 ? `${signs[Math.floor(fen / 10)]}角` : '零'}${fen % 10 > 0 ? `${signs[fen % 10]}分` : ''}`
  return `${out === '' ? '零' : out}元${rest}`
}

test('双公示 CF_NR_FK · a sum is read back from each way of writing it, whatever the column', () => {
  const unit = fc.constantFrom<AmountUnit>('元', '万元', '亿元')
  fc.assert(
    fc.property(fc.oneof(fc.nat(30), fc.integer({ min: 0, max: 999_999_999_999 })), fc.nat(99), unit, (yuan, fen, column) => {
      const cents = fen === 0 ? '' : `.${String(fen).padStart(2, '0').replace(/0$/, '')}`
      const sum = `${yuan}${cents}`
      const grouped = `${yuan.toLocaleString('en-US')}${cents}`
      const wide = sum.replace(/[\d.]/g, one => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
      const forms = [
        `${sum}元`,
        `￥${grouped}元`,
        `${wide}元`,
        `人民币${sum}元整`,
        inChinese(yuan, fen, true),
        inChinese(yuan, fen, false),
      ]
      for (const other of ['万元', '亿元'] as const) forms.push(`${amountIn(sum as Yuan, other)}${other}`)
      for (const form of forms) assert.equal(read(parseAmount(form, column)), sum, form)
      assert.equal(read(parseAmount(amountIn(sum as Yuan, column), column)), sum)
      assert.equal(fenOf(sum as Yuan), BigInt(yuan) * 100n + BigInt(fen))
    }),
  )
})

test('R09 · what people write for "none" is a placeholder, and nothing else is', () => {
  const none = [
    '',
    ' ',
    '　',
    '空',
    '无',
    '無'.replace('無', '无'),
    '—',
    '——',
    '-',
    '/',
    '\\',
    '...',
    'N/A',
    'n/a',
    'null',
    'NULL',
    '暂无',
    '不详',
    '0000',
    '00000000000000000X',
    '000000000000000000',
    'ＮＵＬＬ',
    '#N/A',
    '（无）',
    '\u200b',
  ]
  for (const text of none) assert.ok(isPlaceholder(text), JSON.stringify(text))
  for (const text of ['0', '无锡', '空调', '甲', '1', '100', 'X1', '无证经营', '0.00']) assert.ok(!isPlaceholder(text), text)
})

test('R10 · texts are cleaned of what cannot be seen, and measured in characters', () => {
  assert.equal(read(parseText(' 甲\u200b乙\u0000丙\t丁\r\n戊 ')), '甲乙丙 丁 戊')
  assert.equal(read(parseText('甲\r\n乙', { lines: true })), '甲\n乙')
  assert.equal(read(parseText('𠮷𠮷𠮷', { longest: 3 })), '𠮷𠮷𠮷')
  assert.equal(read(parseText('甲乙丙丁', { longest: 3 })), 'text.too-long')
  assert.equal(read(parseText('甲\ufffd乙')), 'text.mangled')
  assert.equal(read(parseText('甲\ud842')), 'text.mangled')
  assert.equal(read(parseText('=SUM(A1)')), '=SUM(A1)', 'a formula is kept as it is')
})

test('R06 · integers and decimals are exact or refused', () => {
  assert.deepEqual(
    ['12', '1,200', '１２', '12.0', '-3', '1.5', '无', '9007199254740993', '1,2'].map(text => read(parseInteger(text))),
    [12, 1200, 12, 12, -3, 'integer.format', 'integer.placeholder', 'integer.too-large', 'integer.format'],
  )
  assert.deepEqual(
    ['012.500', '-0.0', '1,234.5', '1.23', '1234567', '1e3'].map(text => read(parseDecimal(text, { precision: 8, scale: 2 }))),
    ['12.5', '0', '1234.5', '1.23', 'decimal.too-large', 'decimal.format'],
  )
  assert.equal(read(parseDecimal('1.234', { scale: 2 })), 'decimal.too-precise')
})

test('双公示 CF_CFLB · several values in one cell, one of which holds the separator', () => {
  const known = new Set(['警告', '罚款', '没收违法所得、没收非法财物'])
  assert.deepEqual(parseMulti('罚款;没收违法所得、没收非法财物', known).value, ['罚款', '没收违法所得、没收非法财物'])
  assert.deepEqual(parseMulti('警告、罚款，没收违法所得、没收非法财物', known).value, [
    '警告',
    '罚款',
    '没收违法所得、没收非法财物',
  ])
  assert.deepEqual(parseMulti('罚款；罚款; ;其他-责令改正、补办', known).value, ['罚款', '其他-责令改正、补办'])
})

const documents = [
  ['甲市监罚字〔2024〕1号', '甲市监罚字〔2024〕1号'],
  ['甲市监罚字[2024]1号', '甲市监罚字〔2024〕1号'],
  ['甲市监罚字（２０２４） 1 号', '甲市监罚字〔2024〕1号'],
  ['甲市监罚字【2024】１号 ', '甲市监罚字〔2024〕1号'],
  ['jy13209030001234', 'JY13209030001234'],
  ['2024—001', '2024-001'],
  ['无', 'document-number.placeholder'],
  ['空', 'document-number.placeholder'],
  ['测试', 'document-number.placeholder'],
  ['---', 'document-number.placeholder'],
  ['000', 'document-number.placeholder'],
  ['〔〕', 'document-number.placeholder'],
  ['０', 'document-number.placeholder'],
  ['【无】', 'document-number.placeholder'],
] as const
for (const [text, wanted] of documents)
  test(`R09 · document number ${text} → ${wanted}`, () => assert.equal(read(tidyDocumentNumber(text)), wanted))

test('R09 · tidying a document number twice is tidying it once', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'甲罚字〔[（2０4 ）]〕-—1１号a'), minLength: 1, maxLength: 20 }), text => {
      const once = tidyDocumentNumber(text)
      if (once.ok) assert.equal(read(tidyDocumentNumber(once.value.value)), once.value.value)
    }),
  )
})
