import { zstdDecompressSync } from 'node:zlib'
import type { App } from '../app.ts'
import type { DeliveryId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'
import type { SheetRow } from '../files/rows.ts'

/** Between the cells of a kept row, and between rows: characters that no cell holds after reading. */
export const CELL = '\u001f'
export const ROW = '\u001e'

type ChunkRow = { chunk_no: number; kept_rows: Buffer; refused: number }

/**
 * The rows of a delivery as they were sent, prohibited values blanked, in the order of the file; `wanted` picks row numbers of rows that were
 * refused or warned of. One chunk at a time.
 */
export async function* keptRows(
  app: Pick<App, 'keys'> & { readonly db: Query },
  deliveryId: DeliveryId,
  wanted?: ReadonlySet<number>,
): AsyncGenerator<SheetRow> {
  const [first, last] = wanted ? spanOf(wanted) : [0, Number.MAX_SAFE_INTEGER]
  const chunks = await app.db.rows<{ chunk_no: number }>(
    sql`select chunk_no from delivery_chunk where delivery_id = ${deliveryId} and (${wanted === undefined} or refused > 0 or warned > 0)
      and first_row <= ${last} and last_row >= ${first} order by chunk_no`,
  )
  for (const { chunk_no: chunkNo } of chunks) {
    const row = await app.db.row<ChunkRow>(
      sql`select chunk_no, kept_rows, refused from delivery_chunk where delivery_id = ${deliveryId} and chunk_no = ${chunkNo}`,
    )
    if (!row || row.kept_rows.length === 0) continue
    const text = zstdDecompressSync(app.keys.open(row.kept_rows, `delivery_chunk:${deliveryId}:${chunkNo}`)).toString('utf8')
    for (const line of text.split(ROW)) {
      const [no = '', kinds = '', ...cells] = line.split(CELL)
      if (wanted === undefined || wanted.has(Number(no))) yield { row: Number(no), cells, ...(kinds ? { kinds } : {}) }
    }
  }
}

function spanOf(rows: ReadonlySet<number>): [first: number, last: number] {
  let [first, last] = [Number.MAX_SAFE_INTEGER, 0]
  for (const row of rows) {
    if (row < first) first = row
    if (row > last) last = row
  }
  return [first, last]
}
