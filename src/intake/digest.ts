import { hash } from 'node:crypto'
import type { Keys } from '../crypto/keys.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import type { CheckedRow, Counterpart } from '../validation/model.ts'
import { KeyedText } from './keyed-text.ts'

/*
 * Keyed digests of rows: whoever holds the database but not the keys learns nothing by trying document numbers or contents against them.
 * SHA-256 over key and text in one call; cut to 16 bytes, which also removes what a length extension would need.
 */

export type RowDigests = {
  /** item + deciding authority + document number, and the counterpart where the number is shared by many. */
  number(item: CatalogueItem, row: CheckedRow): string
  /** The content as canonical text, and the person's document, which does not stand in it. */
  content(row: CheckedRow, text: KeyedText): string
  /** The row as sent: 16 bytes in hex. */
  row(text: KeyedText): string
  /** Takes the texts that `content` digests. */
  readonly contents: KeyedText
  /** Takes the texts that `row` digests. */
  readonly rows: KeyedText
}

const DIGITS = 32

export function rowDigests(keys: Pick<Keys, 'mac'>): RowDigests {
  const numberKey = keys.mac('content-mac', 'document number').toString('hex')
  return {
    number: (item, row) => {
      const whose = isNumberShared(item) ? `\u0000${codeOf(row.counterpart)}` : ''
      return uuidOf(hash('sha256', `${numberKey}${item.item}\u0000${row.authority}\u0000${row.documentNumber}${whose}`, 'hex'))
    },
    content: (row, text) => uuidOf(text.digest(beyondText(row))),
    row: text => text.digest().slice(0, DIGITS),
    contents: new KeyedText(keys.mac('content-mac', 'content').toString('hex')),
    rows: new KeyedText(keys.mac('content-mac', 'row as sent').toString('hex')),
  }
}

/** What tells rows of one text apart: whose document it is, and that an annulment which waits is another question than the row it annuls. */
function beyondText({ counterpart, operation }: CheckedRow): string | undefined {
  const whose = counterpart.document?.blind
  return operation === 'annul' ? `${whose ?? ''}annul` : whose
}

/**
 * True where one number belongs to many counterparts: an honour names all it honours, and a day with its reason, a year or the name of a
 * rating is no document at all. Everywhere else another name under the same number waits for a person.
 */
function isNumberShared(item: CatalogueItem): boolean {
  const kept = shared.get(item)
  if (kept !== undefined) return kept
  const { nature, roles, fields } = item
  const isShared =
    nature === 'honour' ||
    !roles.documentNumber.some(code => fields.some(field => field.code === code && field.type === 'document-number'))
  shared.set(item, isShared)
  return isShared
}
const shared = new WeakMap<CatalogueItem, boolean>()

function codeOf(party: Counterpart): string {
  return party.uscc ?? party.document?.blind ?? party.organisationCode ?? party.registrationNumber ?? party.nameKey
}

/** A uuid without its hyphens, which PostgreSQL takes and the statements of `key-store.ts` give back. */
function uuidOf(hex: string): string {
  return hex.slice(0, DIGITS)
}
