import { hash } from 'node:crypto'
import type { Keys } from '../crypto/keys.ts'
import type { CatalogueItem } from '../law/item-model.ts'
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
  /** The row as sent: 16 bytes in hex. */
  row(text: RowText): string
}

const DIGITS = 32

export function rowDigests(keys: Pick<Keys, 'mac'>): RowDigests {
  const numberKey = keys.mac('content-mac', 'document number').toString('hex')
  const content = new RowText(keys.mac('content-mac', 'content').toString('hex'))
  return {
    number: (item, row) => {
      const whose = isNumberShared(item) ? `\u0000${codeOf(row.counterpart)}` : ''
      return uuidOf(hash('sha256', `${numberKey}${item.item}\u0000${row.authority}\u0000${row.documentNumber}${whose}`, 'hex'))
    },
    content: row => {
      const whose = row.counterpart.document?.blind ?? ''
      // An annulment that waits is another question than the row it annuls.
      content.take(
        row.operation === 'annul' ? `${row.comparedText}${whose}annul` : whose ? row.comparedText + whose : row.comparedText,
      )
      return uuidOf(content.digest())
    },
    row: text => text.digest().slice(0, DIGITS),
  }
}

/** The text that a row's digest is taken of, made bytes once: key and text lie one behind the other. */
export function sentText(keys: Pick<Keys, 'mac'>): RowText {
  return new RowText(keys.mac('content-mac', 'row as sent').toString('hex'))
}

export class RowText {
  private bytes: Buffer
  private end = 0
  private readonly from: number

  constructor(key: string) {
    this.from = key.length
    this.bytes = Buffer.alloc(8192)
    this.bytes.write(key, 'latin1')
  }

  /** Takes the next text in place of the one before. */
  take(text: string): void {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    const room = this.from + text.length * 3
    if (room > this.bytes.length) {
      const larger = Buffer.alloc(room * 2)
      this.bytes.copy(larger, 0, 0, this.from)
      this.bytes = larger
    }
    this.end = this.from + this.bytes.write(text, this.from)
  }

  digest(): string {
    return hash('sha256', this.bytes.subarray(0, this.end), 'hex')
  }

  get length(): number {
    return this.end - this.from
  }

  /** Appends the text's bytes to `into`; where they end there. */
  copyTo(into: Buffer, at: number): number {
    return at + this.bytes.copy(into, at, this.from, this.end)
  }
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

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
