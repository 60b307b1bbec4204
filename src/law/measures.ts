import type { Day } from '../base/day.ts'
import { instrumentIdOf } from './ground.ts'
import { instrumentInForce, type Law } from './law.ts'
import type { Measure, MeasureTerm } from './measure-model.ts'

/* What the register of measures answers: whether a measure may be begun, and how its end is said. */

/** What a measure must have before an officer may be prompted with it, in the order in which a page names what is missing. */
export const MEASURE_PARTS = [
  'measure',
  'prohibited',
  'enabled',
  'statute',
  'body',
  'trigger',
  'term',
  'review',
  'published',
] as const
export type MeasurePart = (typeof MEASURE_PARTS)[number]

export type OpenMeasure =
  | { readonly open: true; readonly measure: Measure }
  | { readonly open: false; readonly missing: readonly MeasurePart[] }

/**
 * Whether a measure may be begun on a day as far as the law goes: a sub-measure that is open, with a statute in force, a body, a trigger, an
 * end with its review, published by then. Entry or decision, officer and served notice are the case's part (principle 5).
 */
export function openMeasure(law: Law, id: string, day: Day): OpenMeasure {
  const found = law.measures.get(id)
  if (found === undefined) return { open: false, missing: ['measure'] }
  const missing = new Set<MeasurePart>(missingMeasureParts(found))
  if (!found.enabled) missing.add('enabled')
  if (!found.statutes.some(one => inForce(law, one, day))) missing.add('statute')
  if (found.published === undefined || found.published.since > day) missing.add('published')
  if (missing.size === 0) return { open: true, measure: found }
  return { open: false, missing: MEASURE_PARTS.filter(part => missing.has(part)) }
}

/** What a row lacks, whatever the day. */
export function missingMeasureParts(one: Measure): MeasurePart[] {
  const missing: MeasurePart[] = []
  if (one.row !== 'sub-measure') missing.push('prohibited')
  if (one.statutes.length === 0) missing.push('statute')
  if (one.body === null) missing.push('body')
  if (one.trigger.lists.length + one.trigger.decisions.length === 0) missing.push('trigger')
  if (one.term === null) missing.push('term')
  if (needsReview(one.term) && one.termReview === undefined) missing.push('review')
  if (one.published === undefined) missing.push('published')
  return missing
}

/** True where the end is no number of months: life, or an event. */
export function needsReview(term: MeasureTerm | null): boolean {
  return term !== null && ('life' in term || 'until' in term || ('months' in term && term.orLife === true))
}

/** Whether a measure reaches somebody as one of those that its statute names. */
export const reaches = (one: Measure, as: Measure['reaches'][number]): boolean => one.reaches.includes(as)

const years = (months: number): string => (months % 12 === 0 ? `${months / 12}年` : `${months}个月`)

/** The end of a measure in words: 1年至3年, 终身, 列入名单期间. */
export function termText(term: MeasureTerm | null): string | null {
  if (term === null) return null
  if ('life' in term) return '终身'
  if ('until' in term) return term.until
  if ('lookBackMonths' in term) return `回溯${years(term.lookBackMonths)}`
  const { atLeast, atMost } = term.months
  const span = atLeast === atMost ? years(atMost) : `${years(atLeast)}至${years(atMost)}`
  return term.orLife ? `${span}；条文规定的严重情形为终身` : span
}

function inForce(law: Law, basis: string, day: Day): boolean {
  const instrument = law.instruments.get(instrumentIdOf(basis))
  return instrument !== undefined && instrumentInForce(instrument, day)
}
