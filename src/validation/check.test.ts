import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { ROOT } from '../base/root.ts'
import { findHeader } from '../files/header.ts'
import { penalty } from '../invariants/sent-rows.ts'
import { openLaw } from '../law/load.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { type CheckContext, checkRow } from './check.ts'
import { compilePlan } from './plan.ts'
import { knowsHeading } from './plan-columns.ts'

const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const ID = inventedResidentId(5, day('1980-02-03'))

function checked(changes: Record<string, string>) {
  const source = law.sources.get('ecology-penalty')
  const item = source && law.items.get(source.item)?.at(-1)
  assert.ok(source && item)
  const row = penalty(3, '澜校罚〔2026〕3号', changes)
  const header = findHeader([{ row: 1, cells: Object.keys(row) }], knowsHeading(item, source))
  assert.ok(header)
  const made = compilePlan({ law, source, header, receivedOn: day('2026-11-20') })
  assert.ok(made.ok)
  const context: CheckContext = {
    plan: made.value,
    // Each sealing differs, as the real one's.
    keys: {
      seal: (_, plain) => Buffer.from(`${seals++} ${plain}`),
      blindIndex: (_, plain) => Buffer.from(plain.toString()),
    },
    planOf: () => made.value,
    awaitsEnd: () => null,
  }
  return checkRow(context, { row: 2, cells: Object.values(row) }, 'f'.repeat(32))
}
let seals = 0

test('M054 · the row of a masked text says so, keeps the mask, and is compared by what was sent', () => {
  const { row, content } = checked({ 违法事实: `张某（${ID}）在场`, 行政处罚决定书文号: ID })
  assert.ok(content && 'warnings' in row)
  assert.deepEqual(
    row.warnings?.map(one => [one.code, one.columnName, one.facts]),
    ['行政处罚决定书文号', '违法事实'].map(name => ['cell.person-number-masked', name, { personal: true }]),
  )
  assert.equal(row.documentNumber, ID, 'the key of the record is made of the number as sent')
  assert.deepEqual(content.masked, ['CF_WSH', 'CF_SY'])
  const kept = JSON.parse(content.contentText)
  assert.deepEqual([kept.CF_SY, kept.CF_WSH], ['张某（***）在场', '***'])
  assert.deepEqual(JSON.parse(content.comparedText), { ...kept, CF_SY: `张某（${ID}）在场`, CF_WSH: ID })
  assert.deepEqual(Object.keys(kept), Object.keys(kept).sort(), 'canonical order')
})

test('M054 · beside a sealed number a masked text is compared by what was sent, and the sealed one by its blind index', () => {
  const changes = { 法定代表人证件类型: '身份证', 法定代表人证件号码: ID, 违法事实: `${ID}在场` }
  const [one, other] = [checked(changes).content, checked(changes).content]
  assert.ok(one && other)
  assert.notEqual(one.contentText, other.contentText, 'sealed anew each time')
  assert.equal(one.comparedText, other.comparedText)
  assert.match(one.comparedText, /"CF_FR_ZJHM":"blind:[0-9a-f]+".*在场/)
  assert.ok(!one.contentText.includes(ID))
})

test('M054 · a row without any such number has one text for both, and no warning', () => {
  const { row, content } = checked({})
  assert.ok(content && 'warnings' in row)
  assert.equal(row.warnings, null)
  assert.deepEqual(content.masked, [])
  assert.equal(content.comparedText, content.contentText)
})
