import { addDays, addMonths, type Day } from '../base/day.ts'
import type { City as CityFile } from '../law/city-model.ts'
import type { Law } from '../law/law.ts'

/** A county of the example city as its names, codes and addresses use it. */
export type County = {
  readonly id: string
  readonly name: string
  readonly short: string
  readonly division: string
  readonly isDistrict: boolean
}

/** What the whole of an example city is made from; everything else follows from it. */
export type DemoCity = {
  readonly law: Law
  readonly seed: number
  readonly subjects: number
  /** The last day: nothing is decided or sent after it. */
  readonly day: Day
  /** Five years before. */
  readonly start: Day
  /** 澜川市 */
  readonly name: string
  /** 澜川 */
  readonly short: string
  readonly counties: readonly County[]
  readonly division: string
}

export const YEARS = 5

/** The example city of a law. Throws where the city declares no invented province: no record is invented for a real city. */
export function openCity(law: Law, options: { seed: number; subjects: number; day: Day }): DemoCity {
  const file: CityFile = law.city
  if (file.inventedPrefixes.length === 0 || !file.inventedPrefixes.some(prefix => file.division.startsWith(prefix)))
    throw new RangeError('only a city in an invented province can be filled with invented records')
  return {
    law,
    ...options,
    start: addDays(addMonths(options.day, -12 * YEARS), 1),
    name: file.name,
    short: file.name.replace(/市$/, ''),
    counties: file.counties.map(({ id, name, division }) => ({
      id,
      name,
      short: name.replace(/[区县市]$/, ''),
      division,
      isDistrict: name.endsWith('区'),
    })),
    division: file.division,
  }
}
