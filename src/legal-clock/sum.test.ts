import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import type { RunningClock } from './model.ts'
import { runsOf, sumOf } from './sum.ts'
import { heldCalendar } from './testing.ts'

const calendar = heldCalendar()

const clock = (rest: Partial<RunningClock>): RunningClock => ({ from: day('2026-03-02'), count: 5, unit: 'working', ...rest })
const rest = (from: string, until: string | null) => [{ from: day(from), until: until === null ? null : day(until) }]
const more = (count: number, unit: RunningClock['unit']) => ({ on: day('2026-03-03'), count, unit })

/** A sum in one line: each run with its days, what they count and why. */
function told(from: string, twists: Partial<RunningClock>): string[] {
  const { days } = sumOf(calendar, clock({ from: day(from), ...twists }))
  return runsOf(days).map(run => {
    const counted = run.counted === null ? '' : ` ${run.counted.join('-')}`
    const why = [run.because, run.holiday ?? [], run.notice ?? [], run.isExtension ? 'extension' : []].flat()
    return `${run.from} ${run.days}${counted} ${why.join(' ')}`
  })
}

test('ux 4.5 · the sum names the notice of each holiday and of each worked weekend', () => {
  assert.deepEqual(told('2026-09-29', { count: 4 }), [
    '2026-09-29 1 start',
    '2026-09-30 1 1-1 weekday',
    '2026-10-01 7 holiday 国庆节 holidays-2026',
    '2026-10-08 2 2-3 weekday',
    '2026-10-10 1 4-4 worked-weekend holidays-2026',
  ])
})

test('ux 4.5 · the sum shows the rest, and what an extension added', () => {
  const twists: Partial<RunningClock> = {
    count: 2,
    suspensions: rest('2026-03-04', '2026-03-05'),
    extensions: [more(2, 'working')],
  }
  assert.deepEqual(told('2026-03-02', twists), [
    '2026-03-02 1 start',
    '2026-03-03 1 1-1 weekday',
    '2026-03-04 2 suspended',
    '2026-03-06 1 2-2 weekday',
    '2026-03-07 2 weekend extension',
    '2026-03-09 2 3-4 weekday extension',
  ])
  assert.deepEqual(told('2026-03-02', { count: 2, extensions: [more(3, 'calendar')] }).slice(-2), [
    '2026-03-03 2 1-2 weekday',
    '2026-03-05 3 1-3 calendar-day extension',
  ])
})

test('ux 4.5 · the sum shows where a last day moves, where it stands still, and where the notices end', () => {
  assert.deepEqual(told('2026-09-22', { count: 10, unit: 'calendar', dayOff: 'moves' }), [
    '2026-09-22 1 start',
    '2026-09-23 10 1-10 calendar-day',
    '2026-10-03 5 holiday 国庆节 holidays-2026',
    '2026-10-08 1 moved',
  ])
  assert.deepEqual(told('2026-03-02', { suspensions: rest('2026-03-05', null) }).at(-1), '2026-03-05 1 suspended')
  assert.deepEqual(told('2026-12-28', {}), ['2026-12-28 1 start', '2026-12-29 3 1-3 weekday'])
  assert.deepEqual(told('2014-06-01', {}), ['2014-06-01 1 start'])
  assert.deepEqual(told('2027-06-01', {}), ['2027-06-01 1 start'])
  assert.deepEqual(told('2026-03-02', { count: 1, startsNextDay: false }), ['2026-03-02 1 1-1 weekday'])
})

test('ux 4.5 · where an extension begins, a new line begins', () => {
  assert.deepEqual(told('2026-03-02', { count: 2, extensions: [more(2, 'working')] }), [
    '2026-03-02 1 start',
    '2026-03-03 2 1-2 weekday',
    '2026-03-05 2 3-4 weekday extension',
  ])
})
