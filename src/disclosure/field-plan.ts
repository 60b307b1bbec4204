import type { CatalogueItem } from '../law/item-model.ts'
import type { MaskingLaw, Viewer } from '../law/masking-model.ts'
import { kindOfColumn, maskFor } from './mask-for.ts'
import type { Audience } from './model.ts'
import { VIEWS, type View } from './views.ts'

/** One column as a viewer sees it; `mask: null` shows the value as kept. */
export type PlannedField = { readonly code: string; readonly name: string; readonly mask: ((value: string) => string) | null }

type Plans = Map<string, readonly PlannedField[]>
const plansOfLaw = new WeakMap<MaskingLaw, WeakMap<CatalogueItem, Plans>>()

/** The columns of an item that an audience sees, in the item's order, each masked for its viewer. Made once for each edition of an item. */
export function fieldPlan(masking: MaskingLaw, item: CatalogueItem, audience: Audience, viewer: Viewer): readonly PlannedField[] {
  const plans = plansOf(masking, item)
  const key = `${audience} ${viewer}`
  const made = plans.get(key)
  if (made) return made
  const view = VIEWS[audience]
  const plan = item.fields
    .filter(field => field.public || isOpen(item, view))
    .map(field => {
      const kind = kindOfColumn(item, field)
      return { code: field.code, name: field.name, mask: kind === null ? null : maskFor({ masking }, kind, viewer) }
    })
  plans.set(key, plan)
  return plan
}

function plansOf(masking: MaskingLaw, item: CatalogueItem): Plans {
  const items = plansOfLaw.get(masking) ?? new WeakMap<CatalogueItem, Plans>()
  plansOfLaw.set(masking, items)
  const plans = items.get(item) ?? new Map<string, readonly PlannedField[]>()
  items.set(item, plans)
  return plans
}

/** Whether an audience sees columns that are not public. */
function isOpen(item: CatalogueItem, { fields }: View): boolean {
  return fields === 'all' || (fields === 'all-of-unpublished' && !item.fields.some(field => field.public))
}
