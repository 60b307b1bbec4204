import type { CatalogueItem } from '../law/item-model.ts'
import { commitmentContent, contractContent, inspectionContent, licenceContent, penaltyContent } from './decisions.ts'
import { type Content, commonContent, cut, type Occasion, plainValue } from './record.ts'
import { branchContent, registrationContent } from './registration.ts'
import {
  abnormalContent,
  arrearsContent,
  changeContent,
  debtorContent,
  declarationContent,
  honourContent,
  listingContent,
  qualificationContent,
  ratingContent,
  rightContent,
} from './standing.ts'

type Maker = (on: Occasion) => Content

const BY_ITEM: Readonly<Record<string, Maker>> = {
  'penalty-org': penaltyContent,
  'penalty-person': penaltyContent,
  'licence-org': licenceContent,
  'licence-person': licenceContent,
  'inspection-org': inspectionContent,
  'registration-org': registrationContent,
  'registration-branch': branchContent,
  'registration-change': changeContent,
  'dishonest-judgment-debtor-org': debtorContent,
  'utility-arrears-org': arrearsContent,
  'tax-a-honour': ratingContent,
}
const BY_NATURE: Partial<Readonly<Record<CatalogueItem['nature'], Maker>>> = {
  listing: listingContent,
  rating: ratingContent,
  honour: honourContent,
  status: abnormalContent,
  'property-right': rightContent,
  declaration: declarationContent,
  qualification: qualificationContent,
  commitment: commitmentContent,
  contract: contractContent,
}

/**
 * The content of a record that passes its item's checks: texts of this folder where there are any, and for every other required field a
 * value of the field's type, so that a new item or source needs nothing here.
 */
export function contentOf(on: Occasion): Content {
  const make = BY_ITEM[on.item.item] ?? BY_NATURE[on.item.nature]
  const content: Content = { ...commonContent(on), ...make?.(on) }
  for (const field of on.item.fields) {
    if (field.required && !content[field.code] && on.source.constants[field.code] === undefined)
      content[field.code] = plainValue(field, on)
    const value = content[field.code]
    if (field.length !== undefined && value !== undefined && value.length > field.length)
      content[field.code] = cut(value, field.length)
  }
  return content
}
