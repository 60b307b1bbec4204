import { constants, zstdCompressSync } from 'node:zlib'
import type { App } from '../app.ts'
import type { SheetRow } from '../files/rows.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import { type CheckContext, checkRow } from '../validation/check.ts'
import { type RowDigests, type RowText, rowDigests, sentText } from './digest.ts'
import { CELL, ROW } from './kept-rows.ts'
import type { Delivery } from './model.ts'
import { isChecked, type PreparedChunk, type PreparedRow } from './settle-chunk.ts'

const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const LARGEST_KEPT = 16 * 1024 * 1024

/** Checks rows as they come and makes chunks of them. */
export class ChunkBuilder {
  private readonly keys: App['keys']
  private readonly delivery: Delivery
  private readonly item: CatalogueItem
  private readonly context: CheckContext
  private readonly digests: RowDigests
  private readonly sent: RowText
  private chunkNo = 0
  private rows: PreparedRow[] = []
  private lastRow = 0
  /** The rows as sent, one behind the other; the same memory for every chunk. */
  private kept = Buffer.allocUnsafe(1024 * 1024)
  private keptEnd = 0

  constructor(app: Pick<App, 'keys'>, delivery: Delivery, item: CatalogueItem, context: CheckContext) {
    this.keys = app.keys
    this.delivery = delivery
    this.item = item
    this.context = context
    this.digests = rowDigests(app.keys)
    this.sent = sentText(app.keys)
  }

  get size(): number {
    return this.rows.length
  }

  add(sheet: SheetRow): void {
    this.sent.take(sheet.cells.join(CELL))
    const { row, blanked } = checkRow(this.context, sheet, this.digests.row(this.sent))
    if (blanked.length > 0) this.sent.take(sheet.cells.map((cell, i) => (blanked.includes(i) ? '' : cell)).join(CELL))
    this.keep(sheet)
    this.lastRow = sheet.row
    this.rows.push(
      isChecked(row)
        ? { row, numberHash: this.digests.number(this.item, row), contentMac: this.digests.content(row) }
        : { row, numberHash: '', contentMac: '' },
    )
  }

  private keep(sheet: SheetRow): void {
    const head = `${this.rows.length === 0 ? '' : ROW}${sheet.row}${CELL}${sheet.kinds ?? ''}${CELL}`
    const room = this.keptEnd + head.length + this.sent.length
    if (room > this.kept.length) {
      const larger = Buffer.allocUnsafe(room * 2)
      this.kept.copy(larger, 0, 0, this.keptEnd)
      this.kept = larger
    }
    this.keptEnd = this.sent.copyTo(this.kept, this.keptEnd + this.kept.write(head, this.keptEnd, 'latin1'))
  }

  /** The chunk of the rows so far; the next row begins the next chunk. */
  finish(): PreparedChunk {
    const packed = zstdCompressSync(this.kept.subarray(0, this.keptEnd), FASTEST)
    const chunk = {
      chunkNo: this.chunkNo,
      firstRow: this.rows[0]?.row.rowNo ?? 0,
      lastRow: this.lastRow,
      rows: this.rows,
      keptRows: this.keys.seal('data', packed, `delivery_chunk:${this.delivery.deliveryId}:${this.chunkNo}`),
    }
    this.chunkNo++
    this.rows = []
    this.keptEnd = 0
    if (this.kept.length > LARGEST_KEPT) this.kept = Buffer.allocUnsafe(1024 * 1024)
    return chunk
  }
}
