import { hash } from 'node:crypto'
import type { Keys } from '../crypto/keys.ts'
import type { CatalogueItem } from '../law/model.ts'
import type { CheckedRow, Counterpart } from '../validation/model.ts'

/*
 * Keyed digests of rows: whoever holds the database but not the keys learns nothing by trying document numbers or contents against them.
 * SHA-256 over key and text in one call; cut to 16 bytes, which also removes what a length extension would need.
 */

export type RowDigests = {
  /** item + deciding authority + document number, and the counterpart where the number is shared by many. */
  number(item: CatalogueItem, row: CheckedRow): string
  /** The content as canonical text, and the person's document, which does not stand in it. */
  content(row: CheckedRow): string
  /** The row as sent. */
  row(text: string): Buffer
}

const BYTES = 16

export function rowDigests(keys: Pick<Keys, 'mac'>): RowDigests {
  const numberKey = keys.mac('content-mac', 'document number').toString('hex')
  const contentKey = keys.mac('content-mac', 'content').toString('hex')
  const rowKey = keys.mac('content-mac', 'row as sent').toString('hex')
  return {
    number: (item, row) => {
      const whose = isNumberShared(item) ? `\u0000${codeOf(row.counterpart)}` : ''
      return uuidOf(hash('sha256', `${numberKey}${item.item}\u0000${row.authority}\u0000${row.documentNumber}${whose}`, 'hex'))
    },
    content: row => uuidOf(hash('sha256', contentKey + row.comparedText + (row.counterpart.document?.blind ?? ''), 'hex')),
    row: text => hash('sha256', rowKey + text, 'buffer').subarray(0, BYTES),
  }
}

/**
 * True where one number belongs to many counterparts: an honour names all it honours, and a day with its reason, a year or the name of a
 * rating is no document at all. Everywhere else another name under the same number waits for a person.
 */
function isNumberShared({ nature, roles, fields }: CatalogueItem): boolean {
  if (nature === 'honour') return true
  return !roles.documentNumber.some(code => fields.some(field => field.code === code && field.type === 'document-number'))
}

function codeOf(party: Counterpart): string {
  return party.uscc ?? party.document?.blind ?? party.organisationCode ?? party.registrationNumber ?? party.nameKey
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
