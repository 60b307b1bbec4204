import { hash } from 'node:crypto'

/** A text made bytes once, for its digest and for whoever keeps it: key and text lie one behind the other. */
export class KeyedText {
  #bytes = Buffer.alloc(8192)
  #end: number
  readonly #from: number

  constructor(key: string) {
    this.#from = key.length
    this.#end = this.#bytes.write(key, 'latin1')
  }

  /** Takes the next text in place of the one before. */
  take(text: string): void {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    this.#room(this.#from, text.length * 3)
    this.#end = this.#from + this.#bytes.write(text, this.#from)
  }

  /** SHA-256 of key and text, and of what else belongs to it (ASCII); in hex. */
  digest(more = ''): string {
    if (more === '') return hash('sha256', this.#bytes.subarray(0, this.#end), 'hex')
    this.#room(this.#end, more.length)
    return hash('sha256', this.#bytes.subarray(0, this.#end + this.#bytes.write(more, this.#end, 'latin1')), 'hex')
  }

  get length(): number {
    return this.#end - this.#from
  }

  /** Puts the text's bytes into `into`; where they end there. */
  copyTo(into: Buffer, at: number): number {
    return at + this.#bytes.copy(into, at, this.#from, this.#end)
  }

  #room(from: number, bytes: number): void {
    if (from + bytes <= this.#bytes.length) return
    const larger = Buffer.alloc((from + bytes) * 2)
    this.#bytes.copy(larger, 0, 0, from)
    this.#bytes = larger
  }
}
