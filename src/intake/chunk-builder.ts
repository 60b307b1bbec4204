import { constants, zstdCompressSync } from 'node:zlib'
import type { App } from '../app.ts'
import type { SheetRow } from '../files/rows.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import { type CheckContext, checkRow } from '../validation/check.ts'
import type { CheckedRow, KeptContent } from '../validation/model.ts'
import { Bytes } from './bytes.ts'
import { type RowDigests, rowDigests } from './digest.ts'
import { CELL, ROW } from './kept-rows.ts'
import type { Delivery } from './model.ts'
import type { PreparedChunk, PreparedRow } from './prepared-chunk.ts'

const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Checks rows as they come and makes chunks of them. What is long becomes bytes at once: thousands of texts are a burden to the collector. */
export class ChunkBuilder {
  private readonly keys: App['keys']
  private readonly delivery: Delivery
  private readonly item: CatalogueItem
  private readonly context: CheckContext
  private readonly digests: RowDigests
  private chunkNo = 0
  private lastRow = 0
  private rows: PreparedRow[] = []
  /** The rows as sent, one behind the other. */
  private readonly kept = new Bytes()
  /** Their contents; handed on with the chunk. */
  private contents = new Bytes()
  private readonly free: Bytes[] = []

  constructor(app: Pick<App, 'keys'>, delivery: Delivery, item: CatalogueItem, context: CheckContext) {
    this.keys = app.keys
    this.delivery = delivery
    this.item = item
    this.context = context
    this.digests = rowDigests(app.keys)
  }

  get size(): number {
    return this.rows.length
  }

  add(sheet: SheetRow): void {
    const { rows: sent } = this.digests
    sent.take(sheet.cells.join(CELL))
    const { row, content, blanked } = checkRow(this.context, sheet, this.digests.row(sent))
    if (blanked.length > 0) sent.take(sheet.cells.map((cell, i) => (blanked.includes(i) ? '' : cell)).join(CELL))
    this.kept.write(`${this.rows.length === 0 ? '' : ROW}${sheet.row}${CELL}${sheet.kinds ?? ''}${CELL}`)
    this.kept.take(sent)
    this.lastRow = sheet.row
    this.rows.push(content === null ? { row, content, numberHash: '', contentMac: '' } : this.prepare(row, content))
  }

  private prepare(row: CheckedRow, { contentText, comparedText }: KeptContent): PreparedRow {
    const { contents } = this.digests
    contents.take(comparedText)
    const contentMac = this.digests.content(row, contents)
    const from = this.contents.end
    if (comparedText === contentText) this.contents.take(contents)
    else this.contents.write(contentText)
    const content = { from, to: this.contents.end }
    return { row, content, numberHash: this.digests.number(this.item, row), contentMac }
  }

  /** Takes back the memory of a chunk that is settled. */
  reuse({ contents }: PreparedChunk): void {
    contents.clear()
    this.free.push(contents)
  }

  /** The chunk of the rows so far; the next row begins the next chunk. */
  finish(): PreparedChunk {
    const packed = zstdCompressSync(this.kept.all(), FASTEST)
    const chunk = {
      chunkNo: this.chunkNo,
      firstRow: this.rows[0]?.row.rowNo ?? 0,
      lastRow: this.lastRow,
      rows: this.rows,
      contents: this.contents,
      keptRows: this.keys.seal('data', packed, `delivery_chunk:${this.delivery.deliveryId}:${this.chunkNo}`),
    }
    this.chunkNo++
    this.rows = []
    this.contents = this.free.pop() ?? new Bytes(this.contents.end)
    this.kept.clear()
    return chunk
  }
}
