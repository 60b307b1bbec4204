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

/** Values are written in the order of the statement's columns; `row` begins each row and `close` ends the table. */
export class CopyRows {
  bytes = Buffer.allocUnsafe(256 * 1024)
  end = 0
  #copy: { readonly stream: Writable; readonly ended: Promise<void> } | null = null
  #passed = 0

  constructor() {
    this.clear()
  }

  /** Forgets all rows. */
  clear(): void {
    this.end = SIGNATURE.copy(this.bytes, 0)
    this.#passed = 0
  }

  row(columns: number): void {
    this.room(2)
    this.end = this.bytes.writeInt16BE(columns, this.end)
  }

  none(): void {
    this.room(4)
    this.end = this.bytes.writeInt32BE(-1, this.end)
  }

  boolean(value: boolean): void {
    this.room(5)
    this.bytes.writeInt32BE(1, this.end)
    this.end = this.bytes.writeUInt8(value ? 1 : 0, this.end + 4)
  }

  int2(value: number): void {
    this.room(6)
    this.bytes.writeInt32BE(2, this.end)
    this.end = this.bytes.writeInt16BE(value, this.end + 4)
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

  /**
   * Opens the COPY of these rows and has them written; `table` has its columns in the order of writing. What is written is passed on with
   * `pass`, while more is written; `close` ends the table. Where writing fails the table is given up: a connection waits for its end, and would
   * not come to the rollback. On a connection one COPY at a time is open.
   */
  open<T>(client: PoolClient, table: string, write: () => T): T {
    const stream: Writable = client.query(copyFrom(`copy ${table} from stdin (format binary)`))
    const ended = finished(stream)
    // What went wrong is told by `close`.
    ended.catch(() => undefined)
    // After the server's refusal nothing more is to be sent: the stream would go on at the next drain, on a connection that it no longer has.
    stream.once('error', () => stream.destroy())
    this.#copy = { stream, ended }
    this.#passed = 0
    let isWritten = false
    try {
      const written = write()
      isWritten = true
      return written
    } finally {
      if (!isWritten) stream.destroy()
    }
  }

  /** Hands on what was written since the last time. The bytes stay as they are until the rows are cleared. */
  pass(): void {
    if (this.end > this.#passed) this.#copy?.stream.write(this.bytes.subarray(this.#passed, this.end))
    this.#passed = this.end
  }

  /** Ends the table. The buffer is free again when the server has taken everything. */
  async close(): Promise<void> {
    if (!this.#copy) return
    const { stream, ended } = this.#copy
    this.room(2)
    this.end = this.bytes.writeInt16BE(-1, this.end)
    this.pass()
    stream.end()
    await ended
    this.#copy = null
    this.clear()
  }
}
