import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { makeCalendar } from '../law/calendar.ts'
import { clockOf, stateOf } from './clock.ts'

const calendar = makeCalendar([
  {
    year: 2026,
    instrument: 'plan',
    confidence: 'primary',
    holidays: [{ name: '国庆节', from: day('2026-10-01'), to: day('2026-10-07') }],
    workedWeekends: [day('2026-10-10')],
  },
] as never)
const entry = (step: string, days: number | null = null) => ({ step, days }) as never

const rows = [
  // asked on, working days, extension, today, closed on → due, left, overdue
  ['2026-09-29', 5, null, '2026-09-30', null, '2026-10-12', 4, false],
  ['2026-09-29', 5, null, '2026-10-12', null, '2026-10-12', 0, false],
  ['2026-09-29', 5, null, '2026-10-13', null, '2026-10-12', -1, true],
  ['2026-09-29', 5, 5, '2026-10-13', null, '2026-10-19', 4, false],
  ['2026-09-29', 5, null, '2026-11-30', '2026-10-09', '2026-10-12', null, false],
  ['2026-09-29', 5, null, '2026-11-30', '2026-10-13', '2026-10-12', null, true],
  ['2026-12-28', 15, null, '2026-12-30', null, null, null, false],
  ['2026-12-21', 5, 10, '2026-12-30', null, null, null, false],
] as const
for (const [asked, workingDays, extension, today, closed, due, left, overdue] of rows)
  test(`PIPL 50 · asked on ${asked}, ${workingDays} working days${extension ? ` and ${extension} more` : ''}, seen on ${today}: due ${due ?? '日历未发布'}`, () => {
    const entries = extension === null ? [entry('lodged')] : [entry('lodged'), entry('extended', extension)]
    const closedOn = closed === null ? null : day(closed)
    const clock = clockOf(calendar, { askedOn: day(asked), workingDays, entries }, day(today), closedOn)
    assert.deepEqual([clock.dueOn, clock.workingDaysLeft, clock.isOverdue], [due, left, overdue])
    assert.equal(clock.unknownYear, due === null ? 2027 : null)
    assert.equal(clock.workingDays, workingDays + (extension ?? 0))
  })

for (const [steps, state] of [
  [['lodged'], 'open'],
  [['lodged', 'routed', 'extended'], 'open'],
  [['lodged', 'proposed'], 'proposed'],
  [['lodged', 'proposed', 'returned'], 'open'],
  [['lodged', 'proposed', 'granted'], 'granted'],
  [['lodged', 'refused'], 'refused'],
  [['lodged', 'withdrawn'], 'withdrawn'],
] as const)
  test(`after ${steps.join(', ')} a request is ${state}`, () => assert.equal(stateOf(steps.map(step => ({ step }))), state))
