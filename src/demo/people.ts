import { addDays, type Day } from '../base/day.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { Chance } from './chance.ts'
import type { DemoCity } from './city.ts'
import { GIVEN_FIRST, GIVEN_SECOND, RARE_GIVEN, SURNAMES } from './name-words.ts'

export type Person = { readonly name: string; readonly residentId: string; readonly birth: Day }

/** A name put together by chance: surname and one or two characters. */
export function personName(chance: Chance): string {
  const surname = SURNAMES[Math.floor(SURNAMES.length * chance.next() ** 1.7)] ?? '王'
  if (chance.is(0.012)) return surname + chance.pick(RARE_GIVEN)
  return chance.is(0.18) ? surname + chance.pick(GIVEN_FIRST) : surname + chance.pick(GIVEN_FIRST) + chance.pick(GIVEN_SECOND)
}

const PEOPLE_AT_MOST = 90_000

/** How many people the person tables are about. */
export function peopleOf(city: DemoCity): number {
  return Math.min(PEOPLE_AT_MOST, Math.max(20, Math.round(city.subjects / 8)))
}

/** The n-th person: of full age throughout the five years. */
export function personOf(city: DemoCity, n: number): Person {
  const chance = new Chance(city.seed, 'person', n)
  const birth = addDays(city.start, -(19 * 366) - chance.below(40 * 365))
  return { name: personName(chance), birth, residentId: inventedResidentId(n, birth) }
}

/** A child of ten, for the rows that must be refused. */
export function childOf(city: DemoCity, n: number): Person {
  const chance = new Chance(city.seed, 'child', n)
  const birth = addDays(city.day, -(10 * 365) - chance.below(600))
  return { name: personName(chance), birth, residentId: inventedResidentId(n % PEOPLE_AT_MOST, birth) }
}
