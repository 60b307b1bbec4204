import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day, daysBetween } from '../base/day.ts'
import { isWorkingDay } from '../law/calendar.ts'
import { clockOn } from './clock-on.ts'
import { dueOf } from './due.ts'
import { CLOCK_UNITS, type RunningClock, type Span } from './model.ts'
import { runsOf, sumOf } from './sum.ts'
import { heldCalendar, walkByHand } from './testing.ts'

const calendar = heldCalendar()
const SETTINGS = { numRuns: 400, seed: 2026 }

const aDay = fc
  .integer({ min: 0, max: daysBetween(calendar.knownFrom, calendar.knownUntil) })
  .map(n => addDays(calendar.knownFrom, n))
/** Years are few: a sum of sixty would be twenty thousand days. */
const few = <One extends Span>(span: One): One => (span.unit === 'years' ? { ...span, count: 1 + (span.count % 3) } : span)
const aSpan = fc.record({ count: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom(...CLOCK_UNITS) }).map(few)
const stop = (from: Day) =>
  fc
    .tuple(fc.integer({ min: -5, max: 90 }), fc.option(fc.integer({ min: 0, max: 40 }), { nil: null, freq: 6 }))
    .map(([after, length]) => ({ from: addDays(from, after), until: length === null ? null : addDays(from, after + length) }))
const aClock: fc.Arbitrary<RunningClock> = aDay.chain(from =>
  fc
    .record({
      from: fc.constant(from),
      count: fc.integer({ min: 1, max: 60 }),
      unit: fc.constantFrom(...CLOCK_UNITS),
      startsNextDay: fc.boolean(),
      dayOff: fc.constantFrom('moves', 'stays'),
      onTransfer: fc.constantFrom('anew', 'runs-on'),
      suspensions: fc.array(stop(from), { maxLength: 4 }),
      extensions: fc.array(
        fc.tuple(fc.integer({ min: 0, max: 30 }), aSpan).map(([after, span]) => ({ ...span, on: addDays(from, after) })),
        { maxLength: 3 },
      ),
      transfers: fc.array(
        fc.integer({ min: 0, max: 30 }).map(after => ({ on: addDays(from, after), to: 'other' })),
        { maxLength: 2 },
      ),
    })
    .map(few),
)
const inWorkingDays = (clock: RunningClock): boolean => [clock, ...(clock.extensions ?? [])].at(-1)?.unit === 'working'
const check = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void) =>
  test(title, () => fc.assert(fc.property(arbitrary, holds), SETTINGS))

check(
  'principle 7 · what is counted in working days, or moves, is due on a working day of the notices, never beyond them',
  aClock,
  clock => {
    const found = dueOf(calendar, clock)
    if ('unknown' in found) assert.ok(found.unknown < 2015 || found.unknown > 2026)
    // Extensions of a former unit are gone, so only clocks whose duty stays are told by their last span.
    const isWorking = inWorkingDays(clock) && (clock.transfers ?? []).length === 0
    if (!('due' in found) || !(isWorking || clock.dayOff === 'moves')) return
    assert.equal(isWorkingDay(calendar, found.due), true)
  },
)

check('principle 7 · no last day is a suspended day, and none lies before the first day', aClock, clock => {
  const found = dueOf(calendar, clock)
  if ('suspendedSince' in found) assert.ok(found.left.length > 0 && found.left.every(span => span.count > 0))
  if (!('due' in found)) return
  assert.ok(found.due >= clock.from)
  for (const { from, until } of clock.suspensions ?? [])
    assert.ok(found.due < from || (until !== null && until < found.due) || (until !== null && until < from))
})

check('principle 7 · one more of a unit is never due earlier', aClock, clock => {
  const [less, more] = [dueOf(calendar, clock), dueOf(calendar, { ...clock, count: clock.count + 1 })]
  if ('due' in less && 'due' in more) assert.ok(less.due <= more.due)
  // What is not known, or stands still, does not become known by adding to it.
  if ('suspendedSince' in less) assert.ok('suspendedSince' in more)
})

check(
  'principle 7 · a rest of n working days inside the term moves the last day by exactly n working days',
  fc.record({
    from: aDay,
    count: fc.integer({ min: 2, max: 60 }),
    rest: fc.integer({ min: 1, max: 20 }),
    at: fc.integer({ min: 1, max: 59 }),
  }),
  ({ from, count, rest, at }) => {
    const term: RunningClock = { from, count, unit: 'working' }
    const begins = dueOf(calendar, { ...term, count: Math.min(at, count) })
    const ends = dueOf(calendar, { ...term, count: Math.min(at, count) + rest - 1 })
    const without = dueOf(calendar, { ...term, count: count + rest })
    if (!('due' in begins && 'due' in ends)) return
    assert.deepEqual(dueOf(calendar, { ...term, suspensions: [{ from: begins.due, until: ends.due }] }), without)
  },
)

check(
  'principle 7 · an extension in the unit of the term is the longer term',
  fc.tuple(aClock, fc.integer({ min: 1, max: 30 })),
  ([clock, more]) => {
    const plain = { ...clock, extensions: [], transfers: [] }
    assert.deepEqual(
      dueOf(calendar, { ...plain, extensions: [{ on: clock.from, count: more, unit: clock.unit }] }),
      dueOf(calendar, { ...plain, count: clock.count + more }),
    )
  },
)

check('principle 7 · a duty that begins anew is a clock from the day of transfer', fc.tuple(aClock, aDay), ([clock, on]) => {
  const begun = { ...clock, onTransfer: 'anew' as const, extensions: [] }
  const from = [on, clock.from].sort()[1] ?? on
  assert.deepEqual(
    dueOf(calendar, { ...begun, transfers: [{ on, to: 'other' }] }),
    dueOf(calendar, { ...begun, from, transfers: [] }),
  )
})

check('principle 7 · suspensions in any order, split or overlapping, suspend the same days', aClock, clock => {
  const suspensions = clock.suspensions ?? []
  const split = suspensions.flatMap(({ from, until }) =>
    until === null || until <= from
      ? [{ from, until }]
      : [
          { from: addDays(from, 1), until },
          { from, until: from },
          { from, until },
        ],
  )
  assert.deepEqual(dueOf(calendar, { ...clock, suspensions: split.reverse() }), dueOf(calendar, clock))
})

check(
  'principle 7 · counting by hand with any rests gives the same day',
  fc.tuple(fc.integer({ min: 0, max: 650 }), aClock),
  ([after, clock]) => {
    const from = addDays(day('2025-01-01'), after)
    const shift = daysBetween(clock.from, from)
    const suspensions = (clock.suspensions ?? []).flatMap(one =>
      one.until === null ? [] : [{ from: addDays(one.from, shift), until: addDays(one.until, shift) }],
    )
    const rests = (on: string) => suspensions.some(one => one.from <= on && on <= one.until)
    const due = walkByHand(from, clock.count, rests)
    assert.deepEqual(
      dueOf(calendar, { from, count: clock.count, unit: 'working', suspensions }),
      due === null ? { unknown: 2027 } : { due },
    )
  },
)

check('ux 4.5 · the sum ends where the clock ends, names every day once and counts each span to its end', aClock, clock => {
  const { days, answer, spans } = sumOf(calendar, clock)
  for (const [index, one] of days.entries()) assert.equal(one.day, addDays(days[0]?.day as Day, index))
  assert.equal(
    runsOf(days).reduce((sum, run) => sum + run.days, 0),
    days.length,
  )
  if (!('due' in answer)) return
  assert.equal(days.at(-1)?.day, answer.due)
  const [first] = spans
  const counted = days.filter(one => one.counted !== null && one.because !== 'moved')
  if (spans.length === 1 && first && (first.unit === 'working' || first.unit === 'calendar'))
    assert.equal(counted.length, first.count)
})

check('ux 4.5 · a clock is overdue after its last day and never before', fc.tuple(aClock, aDay), ([clock, today]) => {
  const seen = clockOn(calendar, clock, today)
  if (seen.due !== null) assert.equal(seen.state === 'overdue', today > seen.due)
  else assert.ok(seen.state === 'unknown' || seen.state === 'suspended')
  assert.ok((seen.workingDaysLeft ?? 0) >= 0 && (seen.workingDaysOver ?? 0) >= 0)
})
