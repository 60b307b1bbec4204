import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { ROOT } from '../base/root.ts'
import { openLaw } from '../law/load.ts'
import { maskingLaw, VALUE_KINDS, VIEWERS } from '../law/masking-model.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { kindOfColumn, maskFor, nameShownTo, shownTo } from './mask-for.ts'
import { itemOf } from './testing-records.ts'

const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const ID = inventedResidentId(5, day('1980-02-03'))
const ACCOUNT = '6222021234567890123'
const VALUES = {
  'person-name': '欧阳测试',
  'published-name': '林照远',
  'id-number': ID,
  telephone: '13800138000',
  address: '甲省乙市丙区丁路5号',
  'organisation-address': '甲省乙市丙区丁路6号',
  'bank-account': ACCOUNT,
  'free-text': '电话13800138000，罚款200元',
  'unpublished-text': '电话13800138001，罚款300元',
} as const
const [NAME, CALL, HOME] = ['欧阳**', '138****', '甲省乙市丙区***']

/** Written by hand, beside the law: what each viewer sees, in the order of the kinds above. */
const SEEN = {
  subject: [
    '欧阳测试',
    '林照远',
    `860101********${ID.slice(-4)}`,
    '13800138000',
    VALUES.address,
    VALUES['organisation-address'],
    `${'*'.repeat(15)}0123`,
    '电话***，罚款200元',
    VALUES['unpublished-text'],
  ],
  'reporting-unit': [
    '欧阳测试',
    '林照远',
    `860***********${ID.slice(-4)}`,
    '13800138000',
    VALUES.address,
    VALUES['organisation-address'],
    `${'*'.repeat(15)}0123`,
    '电话***，罚款200元',
    VALUES['unpublished-text'],
  ],
  'other-unit': [
    '欧阳测试',
    '林照远',
    `860***********${ID.slice(-4)}`,
    CALL,
    HOME,
    VALUES['organisation-address'],
    '***',
    '电话***，罚款200元',
    '电话***，罚款300元',
  ],
  'window-officer': [
    '欧阳测试',
    '林照远',
    `860***********${ID.slice(-4)}`,
    CALL,
    HOME,
    VALUES['organisation-address'],
    '***',
    '电话***，罚款200元',
    '电话***，罚款300元',
  ],
  'case-officer': [NAME, '林照远', '***', '***', '***', VALUES['organisation-address'], '***', '电话***，罚款200元', '***'],
  receiver: [
    NAME,
    '林照远',
    `860*************${ID.slice(-2)}`,
    CALL,
    HOME,
    VALUES['organisation-address'],
    '***',
    '电话***，罚款200元',
    '电话***，罚款300元',
  ],
  program: [
    '欧阳测试',
    '林照远',
    `860***********${ID.slice(-4)}`,
    CALL,
    HOME,
    VALUES['organisation-address'],
    '***',
    '电话***，罚款200元',
    '电话***，罚款300元',
  ],
  auditor: [NAME, '林照远', '***', '***', '***', VALUES['organisation-address'], '***', '电话***，罚款200元', '***'],
  public: [NAME, '林照远', '***', CALL, HOME, VALUES['organisation-address'], '***', '电话***，罚款200元', '***'],
} as const

for (const viewer of VIEWERS)
  test(`M466 · PIPL 28 · PIPL 51 · what ${viewer} sees of each kind of value`, () => {
    assert.deepEqual(
      VALUE_KINDS.map(kind => shownTo(law, kind, viewer, VALUES[kind])),
      SEEN[viewer],
    )
    for (const kind of VALUE_KINDS) {
      assert.equal(shownTo(law, kind, viewer, ''), '')
      if (kind === 'id-number') assert.ok(!shownTo(law, kind, viewer, 'sealed:bm90').includes('bm90'))
    }
  })

test('M466 · of what the table does not name, nothing is shown', () => {
  const masking = maskingLaw()
  for (const kind of VALUE_KINDS) for (const viewer of VIEWERS) assert.equal(maskFor({ masking }, kind, viewer)?.('甲'), '***')
})

test('M466 · a column is of a kind by what the catalogue says of it: its type, its mask, whether it is public, whose it is', () => {
  const { fields, ...item } = itemOf({})
  const [plain] = fields
  assert.ok(plain)
  const kind = (given: object, subjects = item.subjects): string | null =>
    kindOfColumn({ subjects }, { ...plain, public: false, ...given })
  assert.equal(kind({ type: 'id-number' }), 'id-number')
  assert.equal(kind({ type: 'id-number', mask: 'person-name' }), 'id-number')
  assert.equal(kind({ type: 'text', mask: 'id-number' }), 'id-number')
  assert.equal(kind({ type: 'text', mask: 'bank-account' }), 'bank-account')
  assert.equal(kind({ type: 'person-name' }), 'person-name')
  assert.equal(kind({ type: 'person-name', public: true }), 'published-name')
  assert.equal(kind({ type: 'person-name', public: true, mask: 'person-name' }), 'person-name')
  assert.equal(kind({ type: 'address' }, ['enterprise']), 'organisation-address')
  assert.equal(kind({ type: 'address' }, ['enterprise', 'sole-trader']), 'address')
  assert.equal(kind({ type: 'address', public: true }, ['natural-person']), 'organisation-address')
  assert.equal(kind({ type: 'text' }), 'unpublished-text')
  assert.equal(kind({ type: 'text', public: true }), null)
  assert.equal(kind({ type: 'name', name: '身份证号码' }), null, 'a name of a column decides nothing')
})

test('M466 · a person is named as the viewer may see it, an organisation in full', () => {
  assert.equal(nameShownTo(law, 'auditor', { kind: 'natural-person', name: '周栖禾' }), '周**')
  assert.equal(nameShownTo(law, 'auditor', { kind: 'enterprise', name: '甲有限公司' }), '甲有限公司')
})
