import type { Day } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import type { Law } from '../law/law.ts'
import { keptText } from '../subject/resident-numbers.ts'
import { type ProhibitedFinder, prohibitedFinder } from './prohibited.ts'

type Prohibiting = Pick<Law, 'prohibited'>

const finders = new WeakMap<object, ProhibitedFinder>()

function finderOf(law: Prohibiting): ProhibitedFinder {
  const finder = finders.get(law) ?? prohibitedFinder(law.prohibited)
  finders.set(law, finder)
  return finder
}

/**
 * Refuses `text.prohibited` where any text of what was typed or sent (a text, or a list or an object of such) says what may not be collected
 * about anybody (law/prohibited.yaml), naming the kind and never the words.
 */
export function requireCollectable(law: Prohibiting, given: unknown): void {
  if (typeof given === 'string') {
    const found = finderOf(law).inValue(given)
    if (found) throw new Refusal('text.prohibited', found.basis[0] ?? null, { name: found.name }, 422)
  } else if (typeof given === 'object' && given !== null) {
    for (const inner of Object.values(given)) requireCollectable(law, inner)
  }
}

/**
 * A text that a person typed, as it may be kept: without blanks at its ends, ID numbers masked; '' where there is none. Refuses
 * `text.prohibited`.
 */
export function keptIfTyped(law: Prohibiting, text: string, today: Day): string {
  const typed = text.trim()
  requireCollectable(law, typed)
  return keptText(typed, today)
}

/** The same of a text that must be there: refuses `text.missing` too. */
export function keptTyped(law: Prohibiting, text: string, today: Day): string {
  if (text.trim() === '') throw new Refusal('text.missing', null, {}, 422)
  return keptIfTyped(law, text, today)
}
