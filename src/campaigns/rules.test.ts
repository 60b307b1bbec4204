import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { stateOf } from './model.ts'
import { quotaOfPunishments } from './punishment-quota.ts'
import { withoutSmallCells } from './small-cells.ts'

const WORDS = ['处罚', '罚款', '列入', '约谈', '曝光', '查处', '吊销']

const TEXTS = [
  ['处罚不少于20家', '处罚'],
  ['全年查处案件30起以上', '查处'],
  ['对五十家企业处以罚款', '罚款'],
  ['罚款总额达到100万元', '罚款'],
  ['列入名单10户', '列入'],
  ['3家以上曝光', '曝光'],
  ['约谈二十家企业', '约谈'],
  ['处罚率达到80%', '处罚'],
  // Work, an article, a day: none of them is a number of punishments.
  ['督促300家企业公示许可证', null],
  ['整改完成率达到95%', null],
  ['依照行政处罚法第三十三条办理', null],
  ['2026年底以前全面整改；轻微的不予处罚', null],
  ['督促50家整改。拒不整改的依法处罚', null],
  ['公示20件典型案例的整改经验', null],
] as const
for (const [text, word] of TEXTS)
  test(`M279 · SG20 · a number of punishments is no goal · ${text}`, () => assert.equal(quotaOfPunishments(text, WORDS), word))

const CELLS = [
  [
    { open: 6, done: 9, other: 0 },
    { whole: 15, open: 6, done: 9, other: 0 },
  ],
  [
    { open: 2, done: 9, other: 0 },
    { whole: 11, open: null, done: null, other: 0 },
  ],
  [
    { open: 2, done: 9, other: 7 },
    { whole: 18, open: null, done: 9, other: null },
  ],
  [
    { open: 2, done: 3, other: 7 },
    { whole: 12, open: null, done: null, other: 7 },
  ],
  [
    { open: 1, done: 1, other: 7 },
    { whole: 9, open: null, done: null, other: null },
  ],
  [
    { open: 2, done: 1, other: 0 },
    { whole: null, open: null, done: null, other: 0 },
  ],
  [
    { open: 3, done: 0, other: 0 },
    { whole: null, open: null, done: 0, other: 0 },
  ],
  [
    { open: 0, done: 0, other: 0 },
    { whole: 0, open: 0, done: 0, other: 0 },
  ],
] as const
for (const [parts, { whole, ...told }] of CELLS)
  test(`M281 · what is told to everybody tells of no single one · ${JSON.stringify(parts)}`, () => {
    assert.deepEqual(withoutSmallCells(parts, 5), { whole, parts: told })
  })

test('M281 · no hidden count can be worked out from the others, whatever the counts are', () => {
  const upTo = Array.from({ length: 14 }, (_, n) => n)
  for (const open of upTo)
    for (const done of upTo)
      for (const other of upTo) {
        const { whole, parts } = withoutSmallCells({ open, done, other }, 5)
        const hidden = Object.values(parts).filter(one => one === null).length
        const shown = Object.values(parts).reduce<number>((sum, one) => sum + (one ?? 0), 0)
        assert.ok(Object.values(parts).every(one => one === null || one === 0 || one >= 5))
        if (hidden > 0 && whole !== null) assert.ok(hidden > 1 && whole - shown >= 5, `${open} ${done} ${other}`)
      }
})

const DAYS = { firstDay: day('2026-06-01'), lastDay: day('2026-06-30'), concludedOn: null }
const STATES = [
  [null, '2026-06-10', 'proposed'],
  ['returned', '2026-06-10', 'returned'],
  ['confirmed', '2026-05-31', 'coming'],
  ['confirmed', '2026-06-01', 'running'],
  ['confirmed', '2026-06-30', 'running'],
  ['confirmed', '2026-07-01', 'over'],
] as const
for (const [decision, today, state] of STATES)
  test(`M281 · principle 3 · where a campaign stands is computed from its days · ${decision} on ${today}`, () => {
    assert.equal(stateOf({ ...DAYS, decision }, day(today)), state)
    const concluded = { ...DAYS, concludedOn: day('2026-06-20') }
    if (decision === 'confirmed') assert.equal(stateOf({ ...concluded, decision }, day(today)), 'concluded')
  })
