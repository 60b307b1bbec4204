import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import type { Law } from '../law/law.ts'
import { keptText } from '../subject/resident-numbers.ts'
import { type ProhibitedFinder, prohibitedFinder } from '../validation/prohibited.ts'

const finders = new WeakMap<Law, ProhibitedFinder>()

/**
 * A text that a person typed, as it may be kept: ID numbers masked. Refuses `rights.text-prohibited` for what may not be collected about
 * anybody (law/prohibited.yaml), naming the kind and never the words.
 */
export function typedText(app: App, text: string): string {
  const finder = finders.get(app.law) ?? prohibitedFinder(app.law.prohibited)
  finders.set(app.law, finder)
  const found = finder.inValue(text)
  if (found) throw new Refusal('rights.text-prohibited', found.basis[0] ?? null, { name: found.name }, 422)
  return keptText(text.trim(), legalDay(app.now(), app.city.zone))
}
