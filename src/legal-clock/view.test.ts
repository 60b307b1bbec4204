import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { day } from '../base/day.ts'
import { openLaw } from '../law/load.ts'
import { loadWords } from '../words/words.ts'
import { ClockSheet } from './contract.ts'
import type { RunningClock } from './model.ts'
import { type ClockGround, clockSheet, clockView, type Told, type Turn } from './view.ts'

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const law = openLaw({ lawDir: folder('law'), cityDir: folder('city/example') })
const words = loadWords()

const on = (today: string): ClockGround => ({
  law,
  say: words.say,
  now: new Date(`${today}T01:00:00Z`),
  today: day(today),
})
const unit: Turn = { whose: 'unit', name: '示例局' }
const clock = (rest: Partial<RunningClock> = {}): RunningClock => ({
  from: day('2026-03-02'),
  count: 5,
  unit: 'working',
  ...rest,
})
const rests = (from: string, until: string | null) => ({
  suspensions: [{ from: day(from), until: until === null ? null : day(until) }],
})

const sentences = [
  // today, whose, clock, done on → state, sentence
  ['2026-03-03', unit, {}, null, 'open', '2026-03-09到期（还有4个工作日），由示例局办理。'],
  ['2026-03-04', unit, {}, null, 'soon', '2026-03-09到期（还有3个工作日），由示例局办理。'],
  ['2026-03-09', unit, {}, null, 'today', '2026-03-09到期，就在今天，由示例局办理。'],
  ['2026-03-11', unit, {}, null, 'overdue', '应于2026-03-09办结，示例局已超期2个工作日。'],
  ['2026-03-07', unit, { count: 4 }, null, 'overdue', '应于2026-03-06办结，示例局已超期。'],
  ['2026-03-20', unit, {}, '2026-03-09', 'done', '应于2026-03-09办结，示例局已在2026-03-09按期办结。'],
  ['2026-03-20', unit, {}, '2026-03-11', 'done-late', '应于2026-03-09办结，示例局在2026-03-11才办结，超期2个工作日。'],
  ['2026-03-06', unit, rests('2026-03-05', null), null, 'suspended', '2026-03-05起中止计时，还剩3个工作日，由示例局办理。'],
  [
    '2026-03-06',
    unit,
    rests('2026-03-05', '2026-03-09'),
    null,
    'suspended',
    '2026-03-05起中止计时，恢复后2026-03-12到期，由示例局办理。',
  ],
  [
    '2026-12-29',
    unit,
    { from: day('2026-12-28') },
    null,
    'unknown',
    '2027年放假安排尚未公布，到期日暂不能确定。公布后自动计算。',
  ],
  ['2026-12-29', unit, { from: day('2026-12-28') }, '2026-12-29', 'done', '示例局已在2026-12-29办结。'],
  ['2026-12-29', unit, { count: 1, unit: 'years' }, null, 'open', '2027-03-02到期，由示例局办理。'],
  ['2026-03-03', { whose: 'you' }, {}, null, 'open', '请在2026-03-09当日或者以前办理，还有4个工作日。'],
  ['2026-03-09', { whose: 'you' }, {}, null, 'today', '今天（2026-03-09）是最后一日，请在今天办理。'],
  ['2026-03-10', { whose: 'you' }, {}, null, 'lapsed', '期限到2026-03-09为止，已经届满。'],
  ['2026-03-10', { whose: 'subject' }, {}, null, 'lapsed', '已于2026-03-09届满。'],
  ['2026-03-03', { whose: 'nobody' }, {}, null, 'open', '2026-03-09届满，还有4个工作日。'],
] as const
for (const [today, turn, rest, doneOn, state, sentence] of sentences)
  test(`ux 4.5 · on ${today} a clock of ${turn.whose} says: ${sentence}`, () => {
    const told: Told = { clock: clock(rest), turn, doneOn: doneOn === null ? null : day(doneOn) }
    const view = clockView(on(today), told)
    assert.deepEqual([view.state, view.sentence], [state, sentence])
  })

test('ux 4.5 · every state has a sentence for whosever turn it is, without a blank', () => {
  const clocks = [
    {},
    rests('2026-03-05', null),
    rests('2026-03-05', '2026-03-09'),
    { from: day('2026-12-28') },
    { unit: 'years' as const },
  ]
  for (const turn of [unit, { whose: 'you' }, { whose: 'subject' }, { whose: 'nobody' }] as const)
    for (const rest of clocks)
      for (const today of ['2026-03-03', '2026-03-06', '2026-03-09', '2026-03-14', '2026-12-30'])
        for (const doneOn of [null, day('2026-03-09'), day('2026-03-14')]) {
          const { sentence } = clockView(on(today), { clock: clock(rest), turn, doneOn })
          assert.match(sentence, /^[^{}—]+。$/)
          assert.doesNotMatch(sentence, /clock\./)
        }
})

test('ux 4.5 · the sheet tells the term, its article, what happened to it and every stretch of days', () => {
  const sheet = clockSheet(on('2026-09-30'), {
    turn: unit,
    basis: 'hen-reg#41',
    clock: {
      from: day('2026-09-28'),
      count: 3,
      unit: 'working',
      onTransfer: 'runs-on',
      suspensions: [{ from: day('2026-09-30'), until: day('2026-09-30'), reason: '等候鉴定' }],
      extensions: [{ on: day('2026-09-29'), count: 2, unit: 'working', reason: '情况复杂' }],
      transfers: [{ on: day('2026-10-09'), to: 'urban-management' }],
    },
  })
  assert.deepEqual(ClockSheet.parse(sheet), sheet)
  assert.equal(sheet.term, '自2026-09-28起3个工作日，当日不计入。')
  assert.match(sheet.basis ?? '', /河南省社会信用条例.*第四十一条/)
  assert.deepEqual(sheet.events, [
    '2026-09-29延长2个工作日。理由：情况复杂',
    '2026-09-30至2026-09-30中止计时。理由：等候鉴定',
    `2026-10-09转${law.units.get('urban-management')?.name}办理，时限接着算。`,
  ])
  assert.deepEqual(
    sheet.runs.map(run => `${run.from} ${run.days} ${run.isCounted ? '+' : '-'} ${run.text}`),
    [
      '2026-09-28 1 - 起算日，不计入',
      '2026-09-29 1 + 第1个工作日',
      '2026-09-30 1 - 中止计时，不计',
      '2026-10-01 7 - 国庆节放假，不计（国办发明电〔2025〕7号）',
      '2026-10-08 2 + 第2至3个工作日',
      '2026-10-10 1 + 周末调休上班，第4个工作日（延长）（国办发明电〔2025〕7号）',
      '2026-10-11 1 - 周末，不计',
      '2026-10-12 1 + 第5个工作日（延长）',
    ],
  )
})

test('ux 4.5 · terms by the calendar, by month and with the first day counted say how they are counted', () => {
  const terms = (rest: Partial<RunningClock>) => clockSheet(on('2026-03-03'), { clock: clock(rest), turn: unit })
  assert.equal(terms({ count: 2, unit: 'months' }).term, '自2026-03-02起2个月，当日不计入。')
  assert.equal(terms({ startsNextDay: false }).term, '自2026-03-02起5个工作日，当日计入。')
  assert.deepEqual(
    terms({ from: day('2026-09-30'), count: 3, unit: 'calendar', dayOff: 'moves' }).runs.map(run => run.text),
    ['起算日，不计入', '第1至3日', '国庆节放假，不计（国办发明电〔2025〕7号）', '末日遇放假，顺延到这一日'],
  )
  assert.deepEqual(
    clockSheet(on('2026-03-03'), {
      clock: clock({ onTransfer: 'anew', transfers: [{ on: day('2026-03-03'), to: 'nowhere' }] }),
      turn: unit,
    }).events,
    ['2026-03-03转nowhere办理，时限重新起算。'],
  )
})

const named = { number: 'GR20260302-7', title: '更正请求的答复期限' }

test('ux 6 · a day to come has a file for calendars, whose revision goes up with each change', () => {
  const file = (rest: Partial<RunningClock>, today = '2026-03-03') =>
    clockSheet(on(today), { clock: clock(rest), turn: unit }, named).ics ?? ''
  assert.match(file({}), /UID:GR20260302-7@example\.mingxin\r\nSEQUENCE:0\r\n[\s\S]*DTSTART;VALUE=DATE:20260309\r\n/)
  assert.match(file(rests('2026-03-05', '2026-03-09')), /SEQUENCE:2\r\n[\s\S]*DATE:20260312\r\n/)
  assert.match(file({}, '2026-03-09'), /DATE:20260309/)
})

test('ux 6 · there is no file for a day that has passed, is not known, or is done', () => {
  const none = [
    ['2026-03-10', {}, null],
    ['2026-03-03', rests('2026-03-03', null), null],
    ['2026-12-29', { from: day('2026-12-28') }, null],
    ['2026-03-04', {}, day('2026-03-04')],
  ] as const
  for (const [today, rest, doneOn] of none)
    assert.equal(clockSheet(on(today), { clock: clock(rest), turn: unit, doneOn }, named).ics, null)
  assert.equal(clockSheet(on('2026-03-03'), { clock: clock(), turn: unit }).ics, null)
})
