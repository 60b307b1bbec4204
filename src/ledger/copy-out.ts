import { to as copyTo } from 'pg-copy-streams'
import type { Tx } from '../db/database.ts'

/*
 * Reads rows out of the server by binary COPY, some hundred thousand a second: no text is made of what is hashed as bytes, and the
 * connection is held back while the rows at hand are looked at, so that memory stays the same however many there are.
 */

const SIGNATURE_BYTES = 11
const MS_2000 = 946_684_800_000
const MS_PER_DAY = 86_400_000
/** What a Date can hold on either side of 1970. */
const DATE_RANGE_MS = 8.64e15

const days = new Map<number, string>()

/** The row at hand: one object for all of them, overwritten by the next. Fields count from 0. */
export class CopiedRow {
  bytes: Buffer = Buffer.alloc(0)
  readonly starts: Int32Array
  /** -1: null. */
  readonly lengths: Int32Array

  constructor(fields: number) {
    this.starts = new Int32Array(fields)
    this.lengths = new Int32Array(fields)
  }

  isNull(field: number): boolean {
    return (this.lengths[field] as number) < 0
  }

  /** bytea, text, json: the bytes as they are. Empty when null. */
  raw(field: number): Buffer {
    const start = this.starts[field] as number
    return this.bytes.subarray(start, start + Math.max(0, this.lengths[field] as number))
  }

  hex(field: number): string {
    const start = this.starts[field] as number
    return this.bytes.toString('hex', start, start + (this.lengths[field] as number))
  }

  text(field: number): string {
    const start = this.starts[field] as number
    return this.bytes.toString('utf8', start, start + (this.lengths[field] as number))
  }

  textOrNull(field: number): string | null {
    return this.isNull(field) ? null : this.text(field)
  }

  isTrue(field: number): boolean {
    return this.lengths[field] === 1 && this.bytes[this.starts[field] as number] === 1
  }

  int(field: number): number {
    return this.bytes.readInt32BE(this.starts[field])
  }

  bigint(field: number): number {
    const start = this.starts[field] as number
    return this.bytes.readInt32BE(start) * 4_294_967_296 + this.bytes.readUInt32BE(start + 4)
  }

  bigintOrNull(field: number): number | null {
    return this.isNull(field) ? null : this.bigint(field)
  }

  /** `YYYY-MM-DD`; a day beyond what JavaScript counts is a text that no honest row has. */
  day(field: number): string {
    const count = this.int(field)
    const known = days.get(count)
    if (known !== undefined) return known
    const ms = MS_2000 + count * MS_PER_DAY
    const text = Math.abs(ms) > DATE_RANGE_MS ? `day ${count}` : new Date(ms).toISOString().slice(0, 10)
    if (days.size < 100_000) days.set(count, text)
    return text
  }

  dayOrNull(field: number): string | null {
    return this.isNull(field) ? null : this.day(field)
  }

  /** An instant; undefined when it has parts of a millisecond, which the platform never writes, or is none. */
  instant(field: number): Date | undefined {
    const micros = this.bigint(field)
    const ms = MS_2000 + micros / 1000
    return Number.isInteger(ms) && Math.abs(ms) <= DATE_RANGE_MS ? new Date(ms) : undefined
  }

  /** text[] of one dimension without nulls; undefined when it is anything else. */
  texts(field: number): string[] | undefined {
    const bytes = this.raw(field)
    const dimensions = bytes.readInt32BE(0)
    if (dimensions === 0) return []
    if (dimensions !== 1 || bytes.readInt32BE(16) !== 1) return undefined
    const texts: string[] = []
    let at = 20
    for (let left = bytes.readInt32BE(12); left > 0; left--) {
      const length = bytes.readInt32BE(at)
      if (length < 0) return undefined
      texts.push(bytes.toString('utf8', at + 4, at + 4 + length))
      at += 4 + length
    }
    return texts
  }
}

/** Runs `query` and shows its rows one after the other; how many there were. `query` has no parameters and is trusted text. */
export async function copyOut(tx: Tx, query: string, fields: number, see: (row: CopiedRow) => void): Promise<number> {
  const row = new CopiedRow(fields)
  const state: { rest: Buffer; isBegun: boolean; rows: number } = { rest: Buffer.alloc(0), isBegun: false, rows: 0 }
  for await (const chunk of tx.client.query(copyTo(`copy (${query}) to stdout (format binary)`))) {
    row.bytes = state.rest.length > 0 ? Buffer.concat([state.rest, chunk as Buffer]) : (chunk as Buffer)
    let at = state.isBegun ? 0 : headerEnd(row.bytes)
    if (at < 0) {
      state.rest = row.bytes
      continue
    }
    state.isBegun = true
    for (let end = findRow(row, at); end > 0; end = findRow(row, at)) {
      at = end
      state.rows += 1
      see(row)
    }
    state.rest = row.bytes.subarray(at)
  }
  return state.rows
}

/** Behind signature, flags and extension; -1 when it has not all arrived. */
function headerEnd(bytes: Buffer): number {
  const fixed = SIGNATURE_BYTES + 8
  if (bytes.length < fixed) return -1
  const end = fixed + bytes.readInt32BE(SIGNATURE_BYTES + 4)
  return bytes.length < end ? -1 : end
}

/** Takes the row that begins at `at`; where it ends, or 0 when it has not all arrived or there is none (the trailer, -1). */
function findRow(row: CopiedRow, at: number): number {
  const { bytes, starts, lengths } = row
  if (at + 2 > bytes.length) return 0
  const count = bytes.readInt16BE(at)
  if (count < 0) return 0
  if (count !== starts.length) throw new RangeError(`a row of ${count} fields where ${starts.length} were asked for`)
  let end = at + 2
  for (let field = 0; field < count; field++) {
    if (end + 4 > bytes.length) return 0
    const length = bytes.readInt32BE(end)
    starts[field] = end + 4
    lengths[field] = length
    end += 4 + Math.max(0, length)
    if (end > bytes.length) return 0
  }
  return end
}
