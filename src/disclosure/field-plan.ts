import type { CatalogueItem } from '../law/item-model.ts'
import type { Field } from '../law/model.ts'
import { HIDDEN } from '../subject/personal-numbers.ts'
import { maskAddress, maskFreeText, maskIdNumber, maskPersonName, maskTelephone } from './mask.ts'
import type { Audience } from './model.ts'
import { VIEWS, type View } from './views.ts'

/** One column as an audience sees it; `mask: null` shows the value as kept. */
export type PlannedField = { readonly code: string; readonly name: string; readonly mask: ((value: string) => string) | null }

/** Sealed in the archive; who may know the number opens it elsewhere, with a deed of its own. */
const SEALED = 'sealed:'

/** An ID number is never in full, and its ciphertext is no answer either. */
function idNumberMask(view: View): (value: string) => string {
  return value => maskIdNumber(value.startsWith(SEALED) ? '' : value, view.idNumber) || HIDDEN
}

const MASKS: Readonly<Record<Exclude<Field['mask'], 'id-number'>, PlannedField['mask']>> = {
  none: null,
  'person-name': maskPersonName,
  'free-text': maskFreeText,
  telephone: maskTelephone,
  address: maskAddress,
}

const plans = new WeakMap<CatalogueItem, Map<Audience, readonly PlannedField[]>>()

/** The columns of an item that an audience sees, in the item's order, each with its mask. Made once for each edition of an item. */
export function fieldPlan(item: CatalogueItem, audience: Audience): readonly PlannedField[] {
  let made = plans.get(item)
  if (!made) {
    made = new Map()
    plans.set(item, made)
  }
  let plan = made.get(audience)
  if (!plan) {
    const view = VIEWS[audience]
    plan = item.fields
      .filter(field => field.public || isOpen(item, view))
      .map(field => ({ code: field.code, name: field.name, mask: maskOf(field, view) }))
    made.set(audience, plan)
  }
  return plan
}

/** Whether an audience sees columns that are not public. */
function isOpen(item: CatalogueItem, { fields }: View): boolean {
  return fields === 'all' || (fields === 'all-of-unpublished' && !item.fields.some(field => field.public))
}

function maskOf(field: Field, view: View): PlannedField['mask'] {
  // An ID number is masked by its type too: a catalogue that forgot the mask must not show it.
  if (field.type === 'id-number' || field.mask === 'id-number') return idNumberMask(view)
  if (field.type === 'telephone' && field.mask === 'none' && !view.lifted.has('telephone')) return maskTelephone
  if (view.fields === 'all-of-unpublished' && field.mask === 'none') {
    // What no portal shows was not made fit to leave the state's hands: names and texts are, here.
    if (field.type === 'person-name') return maskPersonName
    if (field.type === 'address') return maskAddress
    if (field.type === 'text') return maskFreeText
  }
  if (field.mask !== 'none' && field.mask !== 'free-text' && view.lifted.has(field.mask)) return null
  return MASKS[field.mask]
}
