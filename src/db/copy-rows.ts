import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/*
 * Rows for COPY in PostgreSQL's binary format, written into one buffer that is used again: the server need not parse numbers, days and
 * instants from text, and a row costs no object.
 */

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const MILLISECONDS_A_DAY = 86_400_000
/** PostgreSQL counts from 2000-01-01. */
const EPOCH = Date.UTC(2000, 0, 1)
const TWO_32 = 2 ** 32

/** Days since 2000-01-01 of `YYYY-MM-DD`; a file has a few hundred days. */
function daysOf(day: string): number {
  const kept = knownDays.get(day)
  if (kept !== undefined) return kept
  const days = (Date.parse(day) - EPOCH) / MILLISECONDS_A_DAY
  if (!Number.isInteger(days)) throw new RangeError('not a day')
  if (knownDays.size > 10_000) knownDays.clear()
  knownDays.set(day, days)
  return days
}
const knownDays = new Map<string, number>()

/** Values are written in the order of the statement's columns; `row` begins each row and `send` ends the table. */
export class CopyRows {
  bytes = Buffer.allocUnsafe(256 * 1024)
  end = 0

  constructor() {
    this.clear()
  }

  /** Forgets all rows. */
  clear(): void {
    this.end = SIGNATURE.copy(this.bytes, 0)
  }

  row(columns: number): void {
    this.room(2)
    this.end = this.bytes.writeInt16BE(columns, this.end)
  }

  none(): void {
    this.room(4)
    this.end = this.bytes.writeInt32BE(-1, this.end)
  }

  int4(value: number): void {
    this.room(8)
    this.bytes.writeInt32BE(4, this.end)
    this.end = this.bytes.writeInt32BE(value, this.end + 4)
  }

  /** A whole number from 0 to 2^53. */
  int8(value: number): void {
    this.room(12)
    this.bytes.writeInt32BE(8, this.end)
    this.bytes.writeUInt32BE(Math.floor(value / TWO_32), this.end + 4)
    this.end = this.bytes.writeUInt32BE(value % TWO_32, this.end + 8)
  }

  day(value: string): void {
    this.int4(daysOf(value))
  }

  instant(value: Date): void {
    this.room(12)
    this.bytes.writeInt32BE(8, this.end)
    this.end = this.bytes.writeBigInt64BE(BigInt(value.getTime() - EPOCH) * 1000n, this.end + 4)
  }

  text(value: string): void {
    this.room(4 + value.length * 3)
    const length = this.bytes.write(value, this.end + 4)
    this.bytes.writeInt32BE(length, this.end)
    this.end += 4 + length
  }

  /** Bytes given as hexadecimal digits. */
  hex(value: string): void {
    const length = value.length / 2
    this.room(4 + length)
    this.bytes.writeInt32BE(length, this.end)
    this.bytes.write(value, this.end + 4, 'hex')
    this.end += 4 + length
  }

  /** Finished columns, taken from another CopyRows with `take`. */
  columns(bytes: Buffer): void {
    this.room(bytes.length)
    this.end += bytes.copy(this.bytes, this.end)
  }

  /** The columns written since `clear`, as `columns` takes them. */
  take(): Buffer {
    return Buffer.from(this.bytes.subarray(SIGNATURE.length, this.end))
  }

  /** Makes sure that so many bytes can be written at `end`. */
  room(bytes: number): void {
    if (this.end + bytes <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.end + bytes))
    this.bytes.copy(larger, 0, 0, this.end)
    this.bytes = larger
  }

  /** Sends all rows. `table`: with its columns in the order of writing. The buffer is free again when the server has taken everything. */
  async send(client: PoolClient, table: string): Promise<void> {
    this.room(2)
    this.end = this.bytes.writeInt16BE(-1, this.end)
    const stream: Writable = client.query(copyFrom(`copy ${table} from stdin (format binary)`))
    stream.end(this.bytes.subarray(0, this.end))
    await finished(stream)
    this.clear()
  }
}
