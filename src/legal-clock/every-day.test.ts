import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, type Day } from '../base/day.ts'
import { isWorkingDay } from '../law/calendar.ts'
import { clockOn } from './clock-on.ts'
import { dueOf } from './due.ts'
import type { Due, RunningClock } from './model.ts'
import { sumOf } from './sum.ts'
import { heldCalendar, TWO_YEARS, walkByHand, worksByHand } from './testing.ts'

/* Every day of 2025 and 2026 as the first day of a clock, against days that were written out by hand. */

const calendar = heldCalendar()
const COUNTS = [1, 3, 5, 7, 10, 15, 20, 30]
const answerOf = (due: Day | null): Due => (due === null ? { unknown: 2027 } : { due })

/** Every first day and count whose answer is not what the hand-written days say. */
function differing(
  clockOf: (from: Day, count: number) => RunningClock,
  byHand: (from: Day, count: number) => Day | null,
): string[] {
  return TWO_YEARS.flatMap(from =>
    COUNTS.flatMap(count => {
      const [found, wanted] = [dueOf(calendar, clockOf(from, count)), answerOf(byHand(from, count))]
      return JSON.stringify(found) === JSON.stringify(wanted)
        ? []
        : [`${from} + ${count}: ${JSON.stringify(found)}, by hand ${JSON.stringify(wanted)}`]
    }),
  )
}

test('M067 · every day of 2025 and 2026 is a working day or not as the notices say, 248 in each year', () => {
  assert.deepEqual(
    TWO_YEARS.filter(on => isWorkingDay(calendar, on) !== worksByHand(on)),
    [],
  )
  const worked = (year: string) => TWO_YEARS.filter(on => on.startsWith(year) && worksByHand(on)).length
  assert.deepEqual([worked('2025'), worked('2026')], [248, 248])
})

test('M067 · a clock begun on any day of 2025 and 2026 ends where counting by hand ends, or names 2027', () => {
  assert.deepEqual(
    differing((from, count) => ({ from, count, unit: 'working' }), walkByHand),
    [],
  )
})

test('M067 · where the first day counts it is one of the days', () => {
  assert.deepEqual(
    differing(
      (from, count) => ({ from, count, unit: 'working', startsNextDay: false }),
      (from, count) => walkByHand(addDays(from, -1), count),
    ),
    [],
  )
})

test('principle 7 · a clock suspended from its second day for nine days resumes with what was left', () => {
  const rest = (from: Day) => ({ from: addDays(from, 2), until: addDays(from, 10) })
  assert.deepEqual(
    differing(
      (from, count) => ({ from, count, unit: 'working', suspensions: [rest(from)] }),
      (from, count) => walkByHand(from, count, on => rest(from).from <= on && on <= rest(from).until),
    ),
    [],
  )
})

test('principle 7 · a clock extended by ten working days ends ten working days later', () => {
  assert.deepEqual(
    differing(
      (from, count) => ({ from, count, unit: 'working', extensions: [{ on: addDays(from, 1), count: 10, unit: 'working' }] }),
      (from, count) => walkByHand(from, count + 10),
    ),
    [],
  )
})

for (const onTransfer of ['anew', 'runs-on'] as const)
  test(`principle 7 · a duty passed on after four days ${onTransfer === 'anew' ? 'begins anew with the other unit' : 'runs on'}`, () => {
    const transfers = (from: Day) => [{ on: addDays(from, 4), to: 'other' }]
    assert.deepEqual(
      differing(
        (from, count) => ({ from, count, unit: 'working', onTransfer, transfers: transfers(from) }),
        (from, count) => walkByHand(onTransfer === 'anew' ? addDays(from, 4) : from, count),
      ),
      [],
    )
  })

test('principle 7 · suspension, extension and transfer together, from every day', () => {
  const twists = (from: Day) => ({
    suspensions: [
      { from: addDays(from, 6), until: addDays(from, 8) },
      { from: addDays(from, 8), until: addDays(from, 12) },
      { from: addDays(from, 20), until: addDays(from, 20) },
    ],
    transfers: [{ on: addDays(from, 3), to: 'other' }],
    extensions: [
      { on: addDays(from, 1), count: 9, unit: 'working' as const },
      { on: addDays(from, 5), count: 4, unit: 'working' as const },
    ],
  })
  const rests = (from: Day) => (on: string) => (addDays(from, 6) <= on && on <= addDays(from, 12)) || on === addDays(from, 20)
  assert.deepEqual(
    differing(
      (from, count) => ({ from, count, unit: 'working', onTransfer: 'anew', ...twists(from) }),
      // What the former unit was granted is gone with it; the other unit's four days are added.
      (from, count) => walkByHand(addDays(from, 3), count + 4, rests(from)),
    ),
    [],
  )
})

test('ux 4.5 · on every day the sum counts the same days and ends on the same day', () => {
  for (const from of TWO_YEARS) {
    const { days, answer } = sumOf(calendar, { from, count: 7, unit: 'working' })
    const counted = days.filter(one => one.counted !== null)
    assert.deepEqual(answer, answerOf(walkByHand(from, 7)))
    assert.ok(counted.every(one => worksByHand(one.day)) && days.every(one => one.counted !== null || one.because !== 'weekday'))
    if ('due' in answer) assert.deepEqual([counted.length, days.at(-1)?.day], [7, answer.due])
    else assert.equal(days.at(-1)?.day ?? '2026-12-31', from > '2026-12-31' ? from : '2026-12-31')
  }
})

test('ux 4.5 · seen from every day, the days left and the days over are those that a hand counts', () => {
  const due = walkByHand('2026-02-10', 7) as Day
  for (const today of TWO_YEARS) {
    const [first, last] = today <= due ? [today, due] : [due, today]
    const between = TWO_YEARS.filter(on => on > first && on <= last && worksByHand(on)).length
    const seen = clockOn(calendar, { from: '2026-02-10' as Day, count: 7, unit: 'working' }, today)
    assert.deepEqual([seen.workingDaysLeft, seen.workingDaysOver], today <= due ? [between, null] : [null, between])
    assert.equal(seen.state, today > due ? 'overdue' : today === due ? 'today' : between <= 3 ? 'soon' : 'open')
  }
})
