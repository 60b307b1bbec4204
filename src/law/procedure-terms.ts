import type { Day } from '../base/day.ts'
import { answerTermOn, type ObjectionTerm, objectionTermOn } from './clock-model.ts'
import type { Law } from './law.ts'
import type { ProcedureSpan } from './procedure-model.ts'
import type { TermName } from './procedure-words.ts'

type Counted = Exclude<ProcedureSpan, { named: unknown }>

/** So many of a unit; what counts by the place has the place's own basis and confidence, whatever the procedure's table says of itself. */
export type KnownSpan = Counted & { readonly ofPlace: Pick<ObjectionTerm, 'basis' | 'confidence' | 'note'> | null }

function counted(term: ObjectionTerm | null): KnownSpan | null {
  if (term === null || term.count === 'at-once') return null
  const { count, unit, basis, confidence, note } = term
  return { count, unit, ofPlace: { basis, confidence, note } }
}

/** What the city's rules add to an answer: so many days, or as many as are left up to its longest. */
function extensionOn({ clocks }: Pick<Law, 'clocks'>, day: Day): KnownSpan | null {
  const more = counted(objectionTermOn(clocks, 'extension', day))
  if (more) return more
  const [longest, answer] = [counted(objectionTermOn(clocks, 'longest', day)), counted(answerTermOn(clocks, day))]
  return longest && answer && longest.count > answer.count ? { ...longest, count: longest.count - answer.count } : null
}

/**
 * The term of a clock as anybody may know it beforehand: as the table counts it, or by the rules of the city's place on a day. Null where it
 * depends on the single case, and where the place gives none.
 */
export function knownSpan(law: Pick<Law, 'clocks'>, span: ProcedureSpan, day: Day): KnownSpan | null {
  if (!('named' in span)) return { ...span, ofPlace: null }
  const { clocks } = law
  if (span.named === 'province-answer') return counted(answerTermOn(clocks, day))
  if (span.named === 'province-extension') return extensionOn(law, day)
  if (span.named === 'province-review') return counted(objectionTermOn(clocks, 'own-scope', day) ?? answerTermOn(clocks, day))
  return null
}

/** Whether a term depends on the place and not on the case. */
export const isOfPlace = (span: ProcedureSpan): boolean => 'named' in span && span.named.startsWith('province-')

/** Terms that the rules of the place give. */
export type TermOfPlace = Extract<TermName, `province-${string}`>
