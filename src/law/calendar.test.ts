import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import chineseDays from 'chinese-days'
import { parse } from 'yaml'
import { addDays, type Day, day } from '../base/day.ts'
import { addWorkingDays, isWorkingDay, makeCalendar, previousWorkingDay, workingDaysBetween } from './calendar.ts'
import { calendarYear } from './report-model.ts'

const folder = fileURLToPath(new URL('../../law/calendar/', import.meta.url))
const notices = readdirSync(folder).map(name => calendarYear.parse(parse(readFileSync(folder + name, 'utf8'))))
const calendar = makeCalendar(notices)

const counts = [
  // row or case                                        from          n   answer
  ['M067 · seven days across the National Day week', '2026-09-28', 7, '2026-10-13'],
  ['M067 · seven days across a Spring Festival with two worked weekends', '2026-02-10', 7, '2026-02-26'],
  ['M067 · from a Saturday that is worked', '2026-02-14', 1, '2026-02-24'],
  ['M067 · from a Saturday that is not worked', '2026-03-07', 1, '2026-03-09'],
  ['M067 · the last day that can be counted', '2026-12-30', 1, '2026-12-31'],
] as const
for (const [title, from, count, answer] of counts) {
  test(title, () => assert.equal(addWorkingDays(calendar, day(from), count), answer))
}

test('M067 · beyond the last notice nothing is guessed', () => {
  assert.deepEqual(addWorkingDays(calendar, day('2026-12-31'), 1), { unknown: 2027 })
  assert.deepEqual(addWorkingDays(calendar, day('2026-12-24'), 7), { unknown: 2027 })
  assert.equal(isWorkingDay(calendar, day('2027-01-01')), undefined)
  assert.deepEqual(workingDaysBetween(calendar, day('2026-12-01'), day('2027-01-04')), { unknown: 2027 })
  assert.deepEqual(previousWorkingDay(calendar, day('2027-02-01')), { unknown: 2027 })
  assert.equal(previousWorkingDay(calendar, day('2027-01-01')), '2026-12-31')
})

test('M067 · before the first notice nothing is guessed, but the eve of the first known day counts', () => {
  const first = calendar.knownFrom
  assert.deepEqual(addWorkingDays(calendar, addDays(first, -2), 1), { unknown: Number(first.slice(0, 4)) - 1 })
  assert.equal(typeof addWorkingDays(calendar, addDays(first, -1), 1), 'string')
  assert.deepEqual(previousWorkingDay(calendar, first), { unknown: Number(first.slice(0, 4)) - 1 })
})

test('M067 · years after a gap are not known', () => {
  const gapped = makeCalendar(notices.filter(one => one.year !== 2025))
  assert.equal(gapped.knownUntil, '2024-12-31')
  assert.deepEqual(addWorkingDays(makeCalendar([]), day('2026-01-05'), 1), { unknown: 2026 })
})

test('M067 · a count of nothing is a mistake of the caller', () => {
  for (const count of [0, -1, 1.5]) assert.throws(() => addWorkingDays(calendar, day('2026-01-05'), count), RangeError)
})

test('M067 · days left are negative when the due day has passed', () => {
  assert.equal(workingDaysBetween(calendar, day('2026-10-13'), day('2026-09-28')), -7)
  assert.equal(workingDaysBetween(calendar, day('2026-09-28'), day('2026-10-13')), 7)
})

test('M067 · every covered day agrees with an independent calendar', () => {
  const differing: Day[] = []
  for (let on = calendar.knownFrom; on <= calendar.knownUntil; on = addDays(on, 1)) {
    if (isWorkingDay(calendar, on) !== chineseDays.isWorkday(on)) differing.push(on)
  }
  assert.deepEqual(differing, [])
})

test('M067 · the index agrees with counting day by day', () => {
  for (let on = day('2024-01-01'); on <= '2026-06-30'; on = addDays(on, 17)) {
    let left = 7
    let end = on
    while (left > 0) {
      end = addDays(end, 1)
      if (isWorkingDay(calendar, end)) left -= 1
    }
    assert.equal(addWorkingDays(calendar, on, 7), end)
  }
})
