import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import {
  commitmentMattersOf,
  commitmentNumber,
  commitmentTemplateOn,
  commitmentTypeOfText,
  findCommitmentMatter,
  isBreach,
} from './commitments.ts'
import { openLaw } from './load.ts'
import { withLaw } from './testing.ts'
import { smallLaw } from './testing-law.ts'

const root = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(root, 'law'), cityDir: join(root, 'city/example') })

test('M112 · seven types with their codes, each with a template and with what follows a breach', () => {
  const types = [...law.commitments.types.values()]
  assert.deepEqual(
    types.map(one => [one.code, one.text]),
    [
      ['1', '审批替代型'],
      ['2', '容缺受理型'],
      ['3', '证明事项型'],
      ['4', '信用修复型'],
      ['5', '行业自律型'],
      ['6', '主动型'],
      ['0', '其他'],
    ],
  )
  for (const one of types) {
    assert.equal(commitmentTypeOfText(law, one.text), one)
    assert.ok(one.consequences.length > 0, one.type)
  }
})

test('M115, M117 · the register has twenty columns, those of the catalogue item', () => {
  const { register } = law.commitments
  assert.equal(register?.register.length, 20)
  assert.deepEqual(
    register?.register.map(one => one.column).sort(),
    law.items
      .get('commitment-org')
      ?.at(-1)
      ?.fields.map(one => one.code)
      .sort(),
  )
})

test('M115 · a template is found by its day; its legal part has no blank that anybody types', () => {
  assert.equal(commitmentTemplateOn(law, 'informed-commitment', day('2026-03-31')), undefined)
  const template = commitmentTemplateOn(law, 'informed-commitment', day('2026-04-01'))
  assert.ok(template)
  const typed = template.blanks.map(one => `{${one.blank}}`)
  for (const one of template.paragraphs.filter(it => it.legal)) assert.ok(!typed.some(mark => one.text.includes(mark)), one.text)
})

test('M115 · of two editions of a template the one in force is signed', () => {
  const texts = smallLaw()
  const old = 'law/commitments/templates/shop-commitment@2024-01-01.yaml'
  const text = texts[old] ?? ''
  texts[old] = text.replace('validMonths', 'inForceUntil: 2024-12-31\nvalidMonths')
  texts[old.replace('2024', '2025')] = text.replace('2024-01-01', '2025-01-01').replace('validMonths: 12', 'validMonths: 24')
  const small = withLaw(texts, openLaw)
  const months = (on: string): number | null | undefined => commitmentTemplateOn(small, 'shop-commitment', day(on))?.validMonths
  assert.deepEqual([months('2023-12-31'), months('2024-12-31'), months('2025-01-01')], [undefined, 12, 24])
})

test('M114, M127, M129, M132 · each unit publishes its matters: informed commitment, missing material, proof, in place of a bond', () => {
  const all = commitmentMattersOf(law)
  assert.deepEqual(
    [...new Set(all.map(one => (one.kind === 'approval' ? one.matter.accepts : one.matter.inPlaceOf)))].sort(),
    ['informed-commitment', 'missing-material', 'proof-commitment', '履约保证金', '投标保证金'].sort(),
  )
  const found = findCommitmentMatter(law, 'approval', 'food-business-missing')
  assert.deepEqual(found?.kind === 'approval' && found.matter.supplyWithin, { count: 10, unit: 'working' })
  assert.equal(findCommitmentMatter(law, 'education', 'food-business-missing'), undefined)
  for (const one of all) assert.ok(one.matter.closedTo.includes('serious-list'), one.matter.id)
})

test('M124, M128 · a breach is what the words of the standard say, and enters the record only after three things', () => {
  assert.deepEqual(
    ['全部履行', '部分履行', '全部未履行', '不清楚'].map(text => isBreach(law, text)),
    [false, true, true, undefined],
  )
  assert.deepEqual(law.commitments.register?.breach.needs, ['heard', 'written-decision', 'second-person'])
})

const numbers: readonly (readonly [string, number, string | undefined])[] = [
  ['860100', 7, '86010020260401000007'],
  ['860100', 999_999, '86010020260401999999'],
  ['860100', 1_000_000, undefined],
  ['860100', 0, undefined],
  ['8601', 7, undefined],
]
for (const [division, serial, number] of numbers)
  test(`M117 · division ${division}, serial ${serial}: ${number ?? 'no number'}`, () =>
    assert.equal(commitmentNumber(law, division, day('2026-04-01'), serial), number))
