import type { KeyedText } from './keyed-text.ts'

const LEAST = 64 * 1024
/** Beyond this the memory is given back when it is cleared: one enormous chunk must not be paid for to the end of the file. */
const LARGEST_KEPT = 16 * 1024 * 1024

/** Bytes that grow at their end. */
export class Bytes {
  #bytes: Buffer
  #end = 0

  constructor(expected = 0) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(LEAST, expected))
  }

  get end(): number {
    return this.#end
  }

  write(text: string): void {
    this.#room(text.length * 3)
    this.#end += this.#bytes.write(text, this.#end)
  }

  take(text: KeyedText): void {
    this.#room(text.length)
    this.#end = text.copyTo(this.#bytes, this.#end)
  }

  /** All of them, not copied. */
  all(): Buffer {
    return this.#bytes.subarray(0, this.#end)
  }

  clear(): void {
    this.#end = 0
    if (this.#bytes.length > LARGEST_KEPT) this.#bytes = Buffer.allocUnsafeSlow(LEAST)
  }

  #room(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#end + bytes))
    this.#bytes.copy(larger, 0, 0, this.#end)
    this.#bytes = larger
  }
}
