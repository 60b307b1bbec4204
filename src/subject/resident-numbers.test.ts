import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, day } from '../base/day.ts'
import { inventedResidentId, inventedUscc } from './invented.ts'
import { isMinorOn, isResidentId, makeResidentId, residentCheck } from './resident-id.ts'
import { holdsResidentId, jsonWithoutResidentNumbers, maskResidentNumbers } from './resident-numbers.ts'
import { makeUscc, parseUscc } from './uscc.ts'

const ON = day('2026-11-20')
const TEXT = { isDocumentNumber: false, on: ON }
const NUMBER = { isDocumentNumber: true, on: ON }

const ID = inventedResidentId(5, day('1980-02-03'))
const WITH_X = Array.from({ length: 99 }, (_, n) => inventedResidentId(n, day('1971-05-06'))).find(id => id.endsWith('X')) ?? ID
const CHILD = inventedResidentId(5, day('2015-02-03'))
const OLD = '860101800203051'
const fullWidth = (text: string): string => text.replace(/[0-9X]/g, one => String.fromCharCode(one.charCodeAt(0) + 0xfee0))

const masked = [
  [`当事人张某（身份证号码${ID}）无证经营`, '当事人张某（身份证号码***）无证经营'],
  [`张某${ID}，李某${WITH_X.toLowerCase()}。`, '张某***，李某***。'],
  [`${fullWidth(WITH_X)}号`, '***号'],
  [`${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}`, '***'],
  [`${ID.slice(0, 4)}-${ID.slice(4, 8)}-${ID.slice(8, 12)}-${ID.slice(12, 16)}-${ID.slice(16)}`, '***'],
  [`2026-02-10 ${ID.slice(0, 6)} ${ID.slice(6)} 50000元`, '2026-02-10 *** 50000元'],
  [`操作证T${ID}`, '操作证T***'],
  [`张某${ID}13800138000到案`, '张某***13800138000到案'],
  [`${ID}${WITH_X}`, '******'],
  [`纳税人识别号${ID}01`, '纳税人识别号***01'],
  [`卡号${ID}`, '卡号***'],
  [`张某之子${CHILD}`, '张某之子***'],
  [`决定书${ID}`, '决定书***'],
  [`身份证号：${ID.slice(0, 17)}${ID.endsWith('0') ? '1' : '0'}`, '身份证号：***'],
  ['身份证86010180020305', '身份证***'],
  [`旧身份证（${OLD}）`, '旧身份证（***）'],
  [`证件号码${OLD}，张某`, '证件号码***，张某'],
  [`${OLD}（证件号）`, '***（证件号）'],
  [`身份证 ${OLD.slice(0, 6)} ${OLD.slice(6, 12)} ${OLD.slice(12)}`, '身份证 ***'],
] as const
for (const [text, shown] of masked) {
  test(`M054 · masked at rest: ${shown}`, () => {
    assert.equal(maskResidentNumbers(text, TEXT), shown)
    assert.ok(holdsResidentId(text))
  })
}

const paper = (born: string): string => inventedResidentId(7, day(born))
const kept = [
  ['甲市监罚字〔2024〕15号', NUMBER],
  [paper('2024-03-05'), NUMBER],
  [`许可证号${paper('2024-03-05')}`, TEXT],
  [`流水号${paper('2024-03-05')}07`, TEXT],
  [`${inventedUscc('enterprise', 9)}甲公司`, TEXT],
  [OLD, NUMBER],
  [`注册号${OLD}`, TEXT],
  [`身份证已核验，注册号${OLD}`, TEXT],
  ['处罚决定书文号20240101000012345', TEXT],
  ['没收违法所得1234567.89元，罚款人民币12345678901元', TEXT],
  ['当事人于2024年1月5日至2024-12-31经营', TEXT],
  [`${ID.slice(0, 17)}${ID.endsWith('0') ? '1' : '0'}`, TEXT],
  ['', TEXT],
] as const
for (const [text, where] of kept) {
  test(`M054 · stays as it is: ${text}`, () => assert.equal(maskResidentNumbers(text, where), text))
}

test('M054 · among numbers of papers a grown person’s number is masked, and without a day everybody’s', () => {
  assert.equal(maskResidentNumbers(ID, NUMBER), '***')
  assert.equal(maskResidentNumbers(`许可证号${ID}`, TEXT), '许可证号***')
  assert.equal(maskResidentNumbers(`${CHILD}01`), '***01')
})

test('M051 · a unified code of digits that is an ID number too stays, unless the text calls it an ID number', () => {
  const both = Array.from({ length: 9999 }, (_, n) =>
    makeUscc('5', '1', '110119', `90${String((n % 12) + 1).padStart(2, '0')}${String(n).padStart(4, '0')}`),
  ).filter(code => isResidentId(code))
  assert.ok(both.length > 0)
  for (const code of both) {
    assert.equal(maskResidentNumbers(`代码${code}，`, TEXT), `代码${code}，`)
    assert.equal(maskResidentNumbers(`身份证${code}，`, TEXT), '身份证***，')
  }
})

test('M054 · all texts of a JSON value are masked, and nothing else in it', () => {
  const told = { titles: [[`填报人${ID}`], []], row: 3, sheet: null, name: '甲' }
  assert.deepEqual(JSON.parse(jsonWithoutResidentNumbers(told)), { ...told, titles: [['填报人***'], []] })
  assert.equal(jsonWithoutResidentNumbers(null), 'null')
})

/** Any text, with much of what numbers are mixed with. */
const around = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'甲乙罚款，。号：（）、 0123456789-xXA'), maxLength: 40 }),
)
/** Real provinces and the invented one, people of full age. */
const number = fc
  .record({
    division: fc.constantFrom('110105', '330106', '440300', '650102', '860101', '830000'),
    days: fc.integer({ min: 0, max: 39_000 }),
    n: fc.integer({ min: 1, max: 999 }),
  })
  .map(({ division, days, n }) => makeResidentId(division, addDays(day('1900-01-01'), days), n) as string)
  .filter(id => !parseUscc(id, { inventedPrefixes: ['86'] }).ok)
const typed = fc.constantFrom<(id: string) => string>(
  id => id,
  id => id.toLowerCase(),
  fullWidth,
  id => `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`,
  id => `${id.slice(0, 6)}-${id.slice(6)}`,
)

test('M054 · whatever stands around it, no ID number of a grown person is left in a text, and masking twice is masking once', () => {
  fc.assert(
    fc.property(around, around, number, typed, fc.constantFrom(TEXT, NUMBER), (a, b, id, type, where) => {
      const written = type(id)
      // Written in groups, a number ends where its groups end.
      const [before, behind] = /[ -]/.test(written) ? [`${a}，`, `，${b}`] : [a, b]
      const shown = maskResidentNumbers(`${before}${written}${behind}`, where)
      assert.ok(!shown.includes(written), shown)
      assert.equal(maskResidentNumbers(shown, where), shown)
    }),
    { numRuns: 3000 },
  )
})

test('M054 · a text without eighteen digits that are right, and without the word, is not touched', () => {
  const wrong = number.map(id => `${id.slice(0, 17)}${'0123456789X'.replace(residentCheck(id.slice(0, 17)), '')[0]}`)
  const quiet = fc.string({ unit: fc.constantFrom(...'甲乙罚款，。号：（）、'), maxLength: 40 })
  fc.assert(
    fc.property(quiet, quiet, wrong, (a, b, code) => {
      assert.equal(maskResidentNumbers(`${a}${code}${b}`, TEXT), `${a}${code}${b}`)
    }),
  )
})

test('M057 · the day of receipt decides who is of age', () => {
  const born = day('2008-11-20')
  const id = inventedResidentId(5, born)
  for (const on of [addDays(ON, -1), ON]) {
    const isMinor = isMinorOn(born, on)
    assert.equal(maskResidentNumbers(id, { isDocumentNumber: true, on }), isMinor ? id : '***')
  }
})

test('M054 · a text that is nothing but digits is gone through once, however long it is', () => {
  const began = performance.now()
  for (const text of ['1'.repeat(200_000), ID.repeat(10_000), '12 '.repeat(60_000)]) maskResidentNumbers(text, TEXT)
  // Some hundred milliseconds; half a minute where every digit begins the search for groups anew.
  assert.ok(performance.now() - began < 5000)
})
