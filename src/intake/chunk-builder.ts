import { constants, zstdCompressSync } from 'node:zlib'
import type { App } from '../app.ts'
import type { SheetRow } from '../files/rows.ts'
import { type CheckContext, type Checked, checkRow } from '../validation/check.ts'
import { type RowDigests, rowDigests } from './digest.ts'
import { CELL, ROW } from './kept-rows.ts'
import type { Delivery } from './model.ts'
import type { PreparedChunk } from './settle-chunk.ts'

const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Checks rows as they come and makes a chunk of them. */
export class ChunkBuilder {
  readonly chunkNo: number
  private readonly app: Pick<App, 'keys'>
  private readonly delivery: Delivery
  private readonly context: CheckContext
  private readonly digests: RowDigests
  private readonly checked: Checked['row'][] = []
  private readonly texts: string[] = []
  private firstRow = 0
  private lastRow = 0

  constructor(app: Pick<App, 'keys'>, delivery: Delivery, context: CheckContext, chunkNo: number) {
    this.app = app
    this.delivery = delivery
    this.context = context
    this.chunkNo = chunkNo
    this.digests = rowDigests(app.keys)
  }

  get size(): number {
    return this.checked.length
  }

  add(sheet: SheetRow): void {
    let text = sheet.cells.join(CELL)
    const { row, blanked } = checkRow(this.context, sheet, this.digests.row(text))
    if (blanked.length > 0) text = sheet.cells.map((cell, i) => (blanked.includes(i) ? '' : cell)).join(CELL)
    if (this.checked.length === 0) this.firstRow = sheet.row
    this.lastRow = sheet.row
    this.checked.push(row)
    this.texts.push(`${sheet.row}${CELL}${sheet.kinds ?? ''}${CELL}${text}`)
  }

  finish(): PreparedChunk {
    const packed = zstdCompressSync(this.texts.join(ROW), FASTEST)
    const aad = `delivery_chunk:${this.delivery.deliveryId}:${this.chunkNo}`
    return {
      chunkNo: this.chunkNo,
      firstRow: this.firstRow,
      lastRow: this.lastRow,
      rows: this.checked,
      keptRows: this.app.keys.seal('data', packed, aad),
    }
  }
}
