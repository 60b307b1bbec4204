import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import type { Unit } from '../law/city-model.ts'
import type { Law } from '../law/law.ts'
import type { Words } from '../words/words.ts'

/** Whom a letter is addressed to, as its subject is known. */
export type Card = { readonly kind: string; readonly name: string; readonly uscc: string | null }

/** The unit that writes a letter: the one named, else the actor's own, else the city's credit office. Refuses `notice.unit-unknown`. */
export function issuingUnit(law: Law, named: string | null, actor: Pick<Actor, 'unit'>): Unit {
  const unit = named === null ? (law.units.get(actor.unit ?? '') ?? creditOffice(law)) : law.units.get(named)
  if (!unit) throw new Refusal('notice.unit-unknown', null, { unit: named }, 422)
  return unit
}

/** The city's own credit office: the one without another above it. */
export function creditOffice(law: Pick<Law, 'units'>): Unit | undefined {
  return [...law.units.values()].find(one => one.kind === 'credit-office' && one.parent === null)
}

/** An organisation by name and code, a person by the name alone: no number of a person stands in a letter. */
export function addresseeOf(words: Pick<Words, 'say'>, { kind, name, uscc }: Card): string {
  return kind === 'natural-person' || uscc === null ? name : words.say('notice.addressee', { name, code: uscc })
}

/** Where to ask about a letter: the unit's own contact, else the platform's. */
export function contactOf({ law, city, words }: Pick<App, 'law' | 'city' | 'words'>, unit: Unit): string {
  if (unit.contact) return words.say('notice.contact', { unit: unit.name, contact: unit.contact })
  const { office, telephone, address } = city.contact
  const contact = [office, telephone, address].filter(Boolean).join(words.say('notice.comma'))
  return law.units.size > 0 ? words.say('notice.contact', { unit: unit.name, contact }) : contact
}
