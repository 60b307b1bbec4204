import type { Known } from '../matching/identify.ts'
import type { CheckedRow, RefusedRow } from '../validation/model.ts'
import type { Bytes } from './bytes.ts'

/** A row that met the catalogue or did not; the digests are empty for one that did not. */
export type PreparedRow = {
  readonly row: CheckedRow | RefusedRow
  /** Where its canonical text lies in the chunk's contents. */
  readonly content: { readonly from: number; readonly to: number } | null
  readonly numberHash: string
  readonly contentMac: string
}

/** Some thousand rows and the same rows as sent. */
export type PreparedChunk = {
  readonly chunkNo: number
  readonly firstRow: number
  readonly lastRow: number
  /** In the order of the file. */
  readonly rows: readonly PreparedRow[]
  /** Canonical texts of the rows that met the catalogue (UTF-8). */
  readonly contents: Bytes
  /** Sealed text of the rows, prohibited values blanked. */
  readonly keptRows: Buffer
  /** Who is known of their counterparts, where it was asked ahead; else it is asked in the change. */
  readonly known?: Promise<Known>
}
