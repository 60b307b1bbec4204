import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { clockOn } from './clock-on.ts'
import { dueOf, requireDue } from './due.ts'
import type { RunningClock } from './model.ts'
import { heldCalendar } from './testing.ts'

const calendar = heldCalendar()

type Told = { readonly [key in keyof RunningClock]: unknown }
const clock = (told: Partial<Told>): RunningClock => ({ from: '2026-03-02', count: 5, unit: 'working', ...told }) as RunningClock
const rest = (from: string, until: string | null) => [{ from, until }]
const more = (count: number, unit: string, on = '2026-03-03') => ({ on, count, unit })

const rows = [
  // title                                                clock → answer
  ['a month ends on the corresponding date', { count: 1, unit: 'months' }, { due: '2026-04-02' }],
  [
    'a month from the last of January ends with February (民法典 202)',
    { from: '2026-01-31', count: 1, unit: 'months' },
    { due: '2026-02-28' },
  ],
  [
    'two months from the last of December do not pass through a shorter month',
    { from: '2025-12-31', count: 3, unit: 'months' },
    { due: '2026-03-31' },
  ],
  ['a year from a leap day ends with February', { from: '2024-02-29', count: 1, unit: 'years' }, { due: '2025-02-28' }],
  ['years and months reach beyond the notices, for they need none', { count: 3, unit: 'years' }, { due: '2029-03-02' }],
  [
    'a month whose first day counts ends on the eve',
    { from: '2026-03-01', count: 1, unit: 'months', startsNextDay: false },
    { due: '2026-03-31' },
  ],
  [
    'a month whose first day counts and that has no corresponding date ends with its month',
    { from: '2026-01-31', count: 1, unit: 'months', startsNextDay: false },
    { due: '2026-02-28' },
  ],
  ['ten days of the calendar', { count: 10, unit: 'calendar' }, { due: '2026-03-12' }],
  ['ten days whose first day counts', { count: 10, unit: 'calendar', startsNextDay: false }, { due: '2026-03-11' }],
  [
    'a last day in the National Day week moves to the first working day (民法典 203)',
    { from: '2026-09-22', count: 10, unit: 'calendar', dayOff: 'moves' },
    { due: '2026-10-08' },
  ],
  ['the same day stays where the rule lets it stay', { from: '2026-09-22', count: 10, unit: 'calendar' }, { due: '2026-10-02' }],
  [
    'a last day on a Saturday that is worked does not move',
    { from: '2026-02-04', count: 10, unit: 'calendar', dayOff: 'moves' },
    { due: '2026-02-14' },
  ],
  [
    'a last day on a plain Saturday moves to Monday',
    { from: '2026-02-07', count: 1, unit: 'months', dayOff: 'moves' },
    { due: '2026-03-09' },
  ],
  [
    'a month that ends on a Sunday moves',
    { from: '2026-02-08', count: 1, unit: 'months', dayOff: 'moves' },
    { due: '2026-03-09' },
  ],
  [
    'a last day that would move beyond the notices is not guessed',
    { from: '2026-12-02', count: 1, unit: 'months', dayOff: 'moves' },
    { unknown: 2027 },
  ],
  [
    'a year that ends in 2027 stays, and is known, where nothing moves',
    { from: '2026-12-02', count: 1, unit: 'years' },
    { due: '2027-12-02' },
  ],
  ['working days beyond the notices are not guessed', { from: '2026-12-28', count: 5 }, { unknown: 2027 }],
  ['a decision of a year before the notices is not guessed', { from: '2014-06-01', count: 5 }, { unknown: 2014 }],
  ['from the eve of the first notice', { from: '2014-12-31', count: 1 }, { due: '2015-01-04' }],
  [
    'from the eve of the first notice, with a rest',
    { from: '2014-12-31', count: 1, suspensions: rest('2015-01-02', '2015-01-04') },
    { due: '2015-01-05' },
  ],
  [
    'suspended days of the calendar do not count',
    { count: 10, unit: 'calendar', suspensions: rest('2026-03-05', '2026-03-09') },
    { due: '2026-03-17' },
  ],
  [
    'suspended days move the end of a month',
    { count: 1, unit: 'months', suspensions: rest('2026-03-10', '2026-03-19') },
    { due: '2026-04-12' },
  ],
  [
    'a rest that falls into the days which an earlier one added counts too',
    { count: 1, unit: 'months', suspensions: [...rest('2026-03-10', '2026-03-19'), ...rest('2026-04-08', '2026-04-09')] },
    { due: '2026-04-14' },
  ],
  [
    'a rest on the last day of a month moves it',
    { count: 1, unit: 'months', suspensions: rest('2026-04-02', '2026-04-02') },
    { due: '2026-04-03' },
  ],
  ['a rest after the last day suspends nothing', { suspensions: rest('2026-03-10', null) }, { due: '2026-03-09' }],
  ['a rest before the first day suspends nothing', { suspensions: rest('2026-02-01', '2026-03-02') }, { due: '2026-03-09' }],
  [
    'a rest that ends before it begins suspends nothing',
    { suspensions: rest('2026-03-05', '2026-03-04') },
    { due: '2026-03-09' },
  ],
  ['a rest on days off moves no working day', { suspensions: rest('2026-03-07', '2026-03-08') }, { due: '2026-03-09' }],
  [
    'an open rest leaves what was left',
    { suspensions: rest('2026-03-05', null) },
    { suspendedSince: '2026-03-05', left: [{ count: 3, unit: 'working' }] },
  ],
  [
    'an open rest on the last day leaves that day',
    { suspensions: rest('2026-03-09', null) },
    { suspendedSince: '2026-03-09', left: [{ count: 1, unit: 'working' }] },
  ],
  [
    'an open rest leaves the days of a month and the extension after it',
    { count: 1, unit: 'months', suspensions: rest('2026-03-23', null), extensions: [more(5, 'working')] },
    {
      suspendedSince: '2026-03-23',
      left: [
        { count: 11, unit: 'calendar' },
        { count: 5, unit: 'working' },
      ],
    },
  ],
  [
    'an open rest is told even where the end would be unknown',
    { from: '2026-12-28', suspensions: rest('2026-12-30', null) },
    { suspendedSince: '2026-12-30', left: [{ count: 4, unit: 'working' }] },
  ],
  [
    'an extension in the same unit is added to the term',
    { extensions: [more(3, 'working'), more(2, 'working')] },
    { due: '2026-03-16' },
  ],
  [
    'two months more than one are three',
    { from: '2025-12-31', count: 1, unit: 'months', extensions: [more(2, 'months')] },
    { due: '2026-03-31' },
  ],
  ['an extension in another unit follows the term', { extensions: [more(1, 'months')] }, { due: '2026-04-09' }],
  [
    'an extension that the rule moves ends on a working day',
    { count: 1, unit: 'months', dayOff: 'moves', extensions: [more(2, 'calendar')] },
    { due: '2026-04-07' },
  ],
  [
    'a last day that moves does not move into a rest',
    { from: '2026-02-08', count: 1, unit: 'months', dayOff: 'moves', suspensions: rest('2026-03-09', '2026-03-10') },
    { due: '2026-03-11' },
  ],
  ['a transfer that runs on changes no day', { transfers: [{ on: '2026-03-04', to: 'b' }] }, { due: '2026-03-09' }],
  [
    'a transfer begins the clock anew where the rule says so',
    { onTransfer: 'anew', transfers: [{ on: '2026-03-04', to: 'b' }] },
    { due: '2026-03-11' },
  ],
  [
    'of two transfers the later one counts',
    {
      onTransfer: 'anew',
      transfers: [
        { on: '2026-03-06', to: 'c' },
        { on: '2026-03-04', to: 'b' },
      ],
    },
    { due: '2026-03-13' },
  ],
  [
    'what the former unit was granted goes with it, what the other is granted on the day of transfer counts',
    {
      onTransfer: 'anew',
      transfers: [{ on: '2026-03-04', to: 'b' }],
      extensions: [more(9, 'working', '2026-03-03'), more(2, 'working', '2026-03-04')],
    },
    { due: '2026-03-13' },
  ],
] as const
for (const [title, told, answer] of rows)
  test(`principle 7 · ${title}`, () => assert.deepEqual(dueOf(calendar, clock(told)), answer))

test('principle 7 · a term of nothing is a mistake of the caller', () => {
  for (const count of [0, -1, 1.5]) assert.throws(() => dueOf(calendar, clock({ count })), RangeError)
  assert.throws(() => dueOf(calendar, clock({ extensions: [more(0, 'working')] })), RangeError)
})

test('principle 7 · an act that needs the day is refused, with the year or the day of the suspension', () => {
  const refusal = (told: Partial<Told>) => {
    try {
      requireDue(calendar, clock(told), 'hen-reg#41')
    } catch (cause) {
      if (cause instanceof Refusal) return [cause.code, cause.basis, cause.facts]
    }
    return null
  }
  assert.equal(requireDue(calendar, clock({})), '2026-03-09')
  assert.deepEqual(refusal({ from: '2026-12-28' }), ['clock.calendar-unknown', 'hen-reg#41', { year: 2027 }])
  assert.deepEqual(refusal({ suspensions: rest('2026-03-05', null) }), [
    'clock.suspended-now',
    'hen-reg#41',
    { since: '2026-03-05' },
  ])
})

const seen = [
  // title, clock, today, done on → state, last day, left, over
  ['four working days left', {}, '2026-03-03', null, 'open', '2026-03-09', 4, null],
  ['three working days left', {}, '2026-03-04', null, 'soon', '2026-03-09', 3, null],
  ['on the Sunday before', {}, '2026-03-08', null, 'soon', '2026-03-09', 1, null],
  ['on the last day', {}, '2026-03-09', null, 'today', '2026-03-09', 0, null],
  ['on the day after', {}, '2026-03-10', null, 'overdue', '2026-03-09', null, 1],
  ['over by days off only', { count: 4, from: '2026-03-02' }, '2026-03-07', null, 'overdue', '2026-03-06', null, 0],
  ['done on the last day', {}, '2026-03-20', '2026-03-09', 'done', '2026-03-09', null, null],
  ['done late', {}, '2026-03-20', '2026-03-11', 'done-late', '2026-03-09', null, 2],
  ['suspended without an end', { suspensions: rest('2026-03-05', null) }, '2026-03-20', null, 'suspended', null, null, null],
  [
    'suspended until a day',
    { suspensions: rest('2026-03-05', '2026-03-09') },
    '2026-03-06',
    null,
    'suspended',
    '2026-03-12',
    3,
    null,
  ],
  [
    'before a suspension that is known',
    { suspensions: rest('2026-03-05', '2026-03-09') },
    '2026-03-04',
    null,
    'soon',
    '2026-03-12',
    3,
    null,
  ],
  ['done while suspended', { suspensions: rest('2026-03-05', null) }, '2026-03-20', '2026-03-06', 'done', null, null, null],
  ['beyond the notices', { from: '2026-12-28' }, '2026-12-30', null, 'unknown', null, null, null],
  ['done though the last day is not known', { from: '2026-12-28' }, '2026-12-30', '2026-12-30', 'done', null, null, null],
  ['a last day beyond the notices that stays', { count: 1, unit: 'years' }, '2026-12-30', null, 'open', '2027-03-02', null, null],
  [
    'near a last day beyond the notices',
    { from: '2026-12-22', count: 10, unit: 'calendar' },
    '2026-12-30',
    null,
    'soon',
    '2027-01-01',
    null,
    null,
  ],
] as const
for (const [title, told, today, doneOn, ...answer] of seen)
  test(`ux 4.5 · a clock ${title} is ${answer[0]}`, () => {
    const on = clockOn(calendar, clock(told), day(today), doneOn === null ? null : day(doneOn))
    assert.deepEqual([on.state, on.due, on.workingDaysLeft, on.workingDaysOver], answer)
    assert.equal(on.unknownYear, told && 'from' in told && told.from === '2026-12-28' ? 2027 : null)
  })
