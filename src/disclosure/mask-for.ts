import type { CatalogueItem } from '../law/item-model.ts'
import type { Law } from '../law/law.ts'
import type { MaskingLevel, ValueKind, Viewer } from '../law/masking-model.ts'
import type { Field } from '../law/model.ts'
import { HIDDEN } from '../subject/personal-numbers.ts'
import { maskAddress, maskFreeText, maskIdNumber, maskPersonName, maskTelephone } from './mask.ts'

/*
 * What of a value is shown to whom: the only place that decides it, by the table of law/access/masking.yaml. A column's kind follows from what
 * the catalogue says of it, never from how it is called.
 */

type Masked = Pick<Law, 'masking'>

/** A sealed value is opened elsewhere, with a deed of its own; its ciphertext is no answer to anybody. */
const SEALED = 'sealed:'

/** What stands in a column, as the table of masking names it; null where nothing of a person can stand there. Fails to the stricter kind. */
export function kindOfColumn({ subjects }: Pick<CatalogueItem, 'subjects'>, field: Field): ValueKind | null {
  // By its type too: a catalogue that forgot the mask must not show it.
  if (field.type === 'id-number') return 'id-number'
  if (field.mask !== 'none') return field.mask
  switch (field.type) {
    case 'telephone':
      return 'telephone'
    case 'person-name':
      return field.public ? 'published-name' : 'person-name'
    case 'address':
      return !field.public && subjects.some(kind => kind === 'natural-person' || kind === 'sole-trader')
        ? 'address'
        : 'organisation-address'
    case 'text':
      return field.public ? null : 'unpublished-text'
    default:
      return null
  }
}

/** How a value of a kind is drawn for a viewer; null: as it is. What the table does not name is hidden. */
export function maskFor({ masking }: Masked, kind: ValueKind, viewer: Viewer): ((value: string) => string) | null {
  const row = masking.levels.get(`${kind} ${viewer}`)
  if (!row || row.level === 'hidden') return hide
  if (row.level === 'full') return kind === 'id-number' ? hide : null
  const part = partOf(row)
  return value => (value.startsWith(SEALED) ? HIDDEN : part(value))
}

/** A value of a kind as a viewer sees it. */
export function shownTo(law: Masked, kind: ValueKind, viewer: Viewer, value: string): string {
  return maskFor(law, kind, viewer)?.(value) ?? value
}

/** A subject's name as a viewer sees it: of a person as the table says, of an organisation as it is. */
export function nameShownTo(
  law: Masked,
  viewer: Viewer,
  subject: { readonly kind: string | null; readonly name: string },
): string {
  return subject.kind === 'natural-person' ? shownTo(law, 'person-name', viewer, subject.name) : subject.name
}

const hide = (value: string): string => (value === '' ? '' : HIDDEN)

function partOf({ kind, keep = [0, 0] }: MaskingLevel): (value: string) => string {
  switch (kind) {
    case 'person-name':
    case 'published-name':
      return maskPersonName
    case 'id-number':
    case 'bank-account':
      return value => maskIdNumber(value, keep)
    case 'telephone':
      return value => maskTelephone(value, keep)
    case 'address':
    case 'organisation-address':
      return maskAddress
    case 'free-text':
    case 'unpublished-text':
      return maskFreeText
  }
}
