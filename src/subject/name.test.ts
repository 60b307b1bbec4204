import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { GBK_PRIVATE_USE, withoutPrivateUse } from './gbk-private-use.ts'
import { isBranchName, nameBigrams, nameKey, personNameKey, splitBranchName } from './name.ts'
import { nameParts } from './name-parts.ts'
import { SIMPLIFIED, TRADITIONAL } from './traditional.ts'

const KEY = '明州市青禾食品(集团)有限公司'
const spellings = [
  ['full-width brackets', '明州市青禾食品（集团）有限公司'],
  ['tortoise-shell brackets', '明州市青禾食品〔集团〕有限公司'],
  ['spaces between characters', ' 明州市 青禾食品 (集团) 有限公司\u3000'],
  ['a line break', '明州市青禾食品\n（集团）有限公司'],
  ['a zero-width space', '明州市青禾\u200b食品(集团)有限公司'],
  ['empty brackets', '明州市青禾食品（）(集团)有限公司'],
  ['a full stop behind', '明州市青禾食品(集团)有限公司。'],
  ['traditional script', '明州市青禾食品(集團)有限公司'],
  ['a note of deregistration', '明州市青禾食品(集团)有限公司（已注销）'],
  ['a note of revocation', '明州市青禾食品(集团)有限公司(吊销，未注销)'],
  ['a radical for a character', '明州市青禾⾷品(集团)有限公司'],
  ['brackets within brackets, a stop and a note', '明州市青禾食品(集团)有限公司(（）)。（筹）'],
] as const
for (const [what, spelling] of spellings) {
  test(`M056 · a name with ${what} has the same key`, () => assert.equal(nameKey(spelling), KEY))
}

const kept = [
  ['organisation form', '甲有限责任公司', '甲有限公司'],
  ['division', '明州青禾食品有限公司', '明州市青禾食品有限公司'],
  ['place of the division', '青禾(明州)有限公司', '明州青禾有限公司'],
  ['one character', '明州市青禾食品有限公司', '明州市青和食品有限公司'],
  ['the branch part', '青禾食品有限公司', '青禾食品有限公司东门分公司'],
  ['乾 and 干, both simplified', '乾元商行', '干元商行'],
] as const
for (const [what, one, other] of kept) {
  test(`M056 · names that differ in ${what} keep different keys`, () => assert.notEqual(nameKey(one), nameKey(other)))
}

test('M056 · width, case and Latin words', () => {
  assert.equal(nameKey('ａｂＣ科技有限公司'), 'ABC科技有限公司')
  assert.equal(nameKey('Qing He Trading Co., Ltd.'), 'QING HE TRADING CO., LTD')
  assert.equal(nameKey('青禾 ABC Tech 公司'), '青禾ABC TECH公司')
  assert.equal(nameKey('第Ⅱ建筑公司'), '第II建筑公司')
  assert.equal(nameKey('甲乙合夥企業(有限合夥)'), '甲乙合伙企业(有限合伙)')
  assert.equal(nameKey(''), '')
})

test('M056 · folding twice is folding once, whatever the text', () => {
  const sign = fc.constantFrom(...'甲乙丙集團公司（）()〔〕 ．·•ＡaＢb１2\u3000\u200b㈱Ⅲ⾙𠮷.,-—。\ue815注销')
  fc.assert(fc.property(fc.string({ unit: sign, maxLength: 30 }), text => assert.equal(nameKey(nameKey(text)), nameKey(text))))
})

test('M056 · the fast and the careful way give the same key', () => {
  const sign = fc.constantFrom(...'甲乙丙集團公司（）〔〕·•ＡaＢb１2﹣—龜')
  fc.assert(
    fc.property(fc.string({ unit: sign, minLength: 1, maxLength: 30 }), text => {
      // A space in the middle of two Chinese characters sends the name the careful way and leaves no trace.
      assert.equal(nameKey(`始${text}终`), nameKey(`始${text}终 终`).slice(0, -1))
    }),
  )
})

test('M056 · the script table is one to one and free of loops', () => {
  assert.equal(TRADITIONAL.length, SIMPLIFIED.length)
  assert.equal(new Set(TRADITIONAL).size, TRADITIONAL.length)
  const sources = new Set(TRADITIONAL)
  for (const target of SIMPLIFIED) assert.ok(!sources.has(target), target)
})

const branches = [
  ['青禾食品有限公司东门分公司', '青禾食品有限公司', '东门分公司'],
  ['明州市青禾食品（集团）股份有限公司第二营业部', '明州市青禾食品(集团)股份有限公司', '第二营业部'],
  ['明州农商银行股份有限公司西门支行', '明州农商银行股份有限公司', '西门支行'],
  ['青禾律师事务所明州分所', '青禾律师事务所', '明州分所'],
  ['明州银行西门支行', null, '明州银行西门支行'],
] as const
for (const [name, parent, branch] of branches) {
  test(`M058 · ${name} is a branch`, () => assert.deepEqual(splitBranchName(name), { parent, branch }))
}

test('M058 · a head office is no branch, whatever its trade', () => {
  for (const name of [
    '青禾食品有限公司',
    '明州市青禾营业部',
    '明州市人民政府驻北京办事处',
    '青禾商行',
    '明州银行',
    '青禾分析仪器有限公司',
  ]) {
    assert.ok(!isBranchName(name), name)
  }
})

const parts = [
  ['盐城市青禾电子科技有限公司', '盐城市', '青禾', '电子科技', 'limited'],
  ['江苏盐城青禾物流有限责任公司', '江苏盐城', '青禾', '物流', 'limited'],
  ['青禾科技（上海）股份有限公司', '上海', '青禾', '科技', 'joint-stock'],
  ['昆山青禾精密机械有限公司', '昆山', '青禾', '精密机械', 'limited'],
  ['青禾水稻种植专业合作社', null, '青禾水稻', '种植', 'co-operative'],
  ['盐城青禾投资中心(有限合伙)', '盐城', '青禾投资中心', '', 'limited-partnership'],
  ['禾', null, '禾', '', null],
] as const
for (const [name, division, brand, trade, form] of parts) {
  test(`企业名称登记管理规定 · ${name} is taken apart`, () => {
    const found = nameParts(name)
    assert.deepEqual([found.division, found.brand, found.trade, found.form], [division, brand, trade, form])
  })
}

test('企业名称登记管理规定 · 有限公司 and 有限责任公司 are one form, number signs one brand key', () => {
  assert.equal(nameParts('青禾有限公司').form, nameParts('青禾有限责任公司').form)
  assert.equal(nameParts('零壹科技有限公司').brandKey, nameParts('〇一科技有限公司').brandKey)
})

test('M056 · any two neighbouring characters of a name find it', () => {
  const name = '明州市青禾（集團）ABC·９９食品有限公司'
  const index = new Set(nameBigrams(name))
  const letters = [...'明州市青禾集团ABC99食品有限公司']
  for (let at = 1; at < letters.length; at++) {
    const query = `${letters[at - 1]}${letters[at]}`
    assert.deepEqual(nameBigrams(query), [query])
    assert.ok(index.has(query), query)
  }
  assert.ok(
    nameBigrams('禾集').every(pair => index.has(pair)),
    'a query across a bracket',
  )
  assert.ok(
    nameBigrams('abc').every(pair => index.has(pair)),
    'a query in small letters',
  )
  assert.deepEqual(nameBigrams('禾'), ['禾'])
  assert.deepEqual(nameBigrams('（）'), [])
  assert.deepEqual(nameBigrams('𠮷野'), ['𠮷野'])
})

test('M053 · separators of many-part names are one, other characters stay', () => {
  for (const dot of ['·', '•', '‧', '・', '．', '.', ' · ']) assert.equal(personNameKey(`买买提${dot}艾力`), '买买提·艾力')
  assert.equal(personNameKey('张 三'), '张三')
  assert.equal(personNameKey('john  smith'), 'JOHN SMITH')
  assert.notEqual(personNameKey('於某'), personNameKey('于某'))
  assert.notEqual(personNameKey('鍾某'), personNameKey('钟某'))
  assert.equal(personNameKey('𠮷某'), '𠮷某')
})

test('GB 18030-2022 · private codes of GBK go to their Unicode places', () => {
  assert.equal(GBK_PRIVATE_USE.size, 82)
  const decoder = new TextDecoder('gb18030')
  for (let at = 0; at < 80; at++) {
    const decoded = decoder.decode(Uint8Array.of(0xfe, 0x50 + at + (at >= 47 ? 1 : 0)))
    const wanted = GBK_PRIVATE_USE.get(String.fromCharCode(0xe815 + at))
    // Six characters the decoder itself still leaves in the private use area.
    if (!/[\ue000-\uf8ff]/.test(decoded)) assert.equal(wanted, decoded)
    else assert.ok(wanted !== undefined && !/[\ue000-\uf8ff]/.test(wanted))
  }
  assert.equal(withoutPrivateUse('\ue863某'), '䶮某')
})
