import { addDays, type Day, day as dayOf, daysBetween, earlier } from '../base/day.ts'

/* Calculating with the days of a city's life without asking the calendar for each: hundreds of thousands of subjects have several days each. */

const FIRST = dayOf('1990-01-01')
const COUNT = 80 * 366
const texts: Day[] = []
const places = new Map<string, number>()
for (let at = 0, on = FIRST; at < COUNT; at++, on = addDays(on, 1)) {
  texts.push(on)
  places.set(on, at)
}

/** The day `count` days later (earlier when negative). */
export function laterBy(from: Day, count: number): Day {
  const at = places.get(from)
  return (at === undefined ? undefined : texts[at + count]) ?? addDays(from, count)
}

/** Whole days from one day to another. */
export function spanOf(from: Day, to: Day): number {
  const [a, b] = [places.get(from), places.get(to)]
  return a === undefined || b === undefined ? daysBetween(from, to) : b - a
}

/** The later of two days. */
export function laterOf(a: Day, b: Day): Day {
  return earlier(a, b) === a ? b : a
}
