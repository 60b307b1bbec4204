import type { City } from '../../src/law/city-model.ts'
import { divisionName } from '../../src/subject/division.ts'

/** The name of a district from its six digits; other texts stand as they came. */
export function districtName(city: City, district: string | null): string {
  if (!district) return ''
  return city.counties.find(county => county.division === district)?.name ?? divisionName(district) ?? district
}
