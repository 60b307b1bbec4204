import type { Day } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import type { Law } from '../law/law.ts'
import { keptText } from '../subject/resident-numbers.ts'
import { type ProhibitedFinder, prohibitedFinder } from './prohibited.ts'

const finders = new WeakMap<object, ProhibitedFinder>()

/**
 * A text that a person typed, as it may be kept: without blanks at its ends, ID numbers masked. Refuses `text.prohibited` for what may not be
 * collected about anybody (law/prohibited.yaml), naming the kind and never the words; and `text.missing` where there is none.
 */
export function keptTyped(law: Pick<Law, 'prohibited'>, text: string, today: Day): string {
  const typed = text.trim()
  if (typed === '') throw new Refusal('text.missing', null, {}, 422)
  const finder = finders.get(law) ?? prohibitedFinder(law.prohibited)
  finders.set(law, finder)
  const found = finder.inValue(typed)
  if (found) throw new Refusal('text.prohibited', found.basis[0] ?? null, { name: found.name }, 422)
  return keptText(typed, today)
}
