import { hash } from 'node:crypto'
import type { Keys } from '../crypto/keys.ts'
import type { CheckedRow } from '../validation/model.ts'

/*
 * Keyed digests of rows: whoever holds the database but not the keys learns nothing by trying document numbers or contents against them.
 * SHA-256 over key and text in one call; cut to 16 bytes, which also removes what a length extension would need.
 */

export type RowDigests = {
  /** item + deciding authority + document number. */
  number(item: string, row: CheckedRow): string
  /** The content as canonical text. */
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
    number: (item, row) => uuidOf(hash('sha256', `${numberKey}${item}\u0000${row.authority}\u0000${row.documentNumber}`, 'hex')),
    content: row => uuidOf(hash('sha256', contentKey + row.comparedText, 'hex')),
    row: text => hash('sha256', rowKey + text, 'buffer').subarray(0, BYTES),
  }
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
