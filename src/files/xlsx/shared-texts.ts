import { isUtf8 } from 'node:buffer'
import { Refusal } from '../../base/refusal.ts'
import { defaultLimits, isWritable, type ReadLimits } from '../rows.ts'
import { plainText } from './markup.ts'
import { richText } from './rich-text.ts'
import type { ZipPackage } from './zip.ts'

const BLOCK_BYTES = 4 * 1024 * 1024
const PLACE_BLOCK = 256 * 1024
const REMEMBERED = 16 * 1024

/**
 * The texts that an XLSX file keeps once for all its cells: UTF-8 in blocks of 4 MB, so that a million different texts are no
 * million objects; one becomes a string only when a cell asks for it.
 */
export class SharedTexts {
  readonly #limits: ReadLimits
  readonly #blocks: Buffer[] = []
  /** Where each text ends, counted over all blocks. */
  readonly #ends: Uint32Array[] = []
  #count = 0
  #bytes = 0
  #used = BLOCK_BYTES
  /** Texts asked for twice of late, by the low bits of their number: code lists repeat, and a text of one cell is not worth keeping. */
  readonly #recent: string[] = new Array(REMEMBERED).fill('')
  readonly #recentNumbers = new Int32Array(REMEMBERED).fill(-1)

  constructor(limits: ReadLimits = defaultLimits) {
    this.#limits = limits
  }

  get count(): number {
    return this.#count
  }

  /** The text of a number, or null when the file has no such text. */
  get(number: number): string | null {
    if (!(number >= 0 && number < this.#count)) return null
    const slot = number & (REMEMBERED - 1)
    const isAgain = this.#recentNumbers[slot] === number
    const known = isAgain ? this.#recent[slot] : undefined
    if (known) return known
    const text = this.#decode(number)
    this.#recentNumbers[slot] = number
    this.#recent[slot] = isAgain ? text : ''
    return text
  }

  #decode(number: number): string {
    const end = this.#end(number)
    const before = number === 0 ? 0 : this.#end(number - 1)
    const block = Math.floor((end - 1) / BLOCK_BYTES)
    const start = Math.max(before, block * BLOCK_BYTES)
    return end === before
      ? ''
      : (this.#blocks[block]?.toString('utf8', start - block * BLOCK_BYTES, end - block * BLOCK_BYTES) ?? '')
  }

  #end(number: number): number {
    return this.#ends[Math.floor(number / PLACE_BLOCK)]?.[number % PLACE_BLOCK] ?? 0
  }

  /** Keeps the bytes `from` to `to` as the next text. */
  add(bytes: Buffer, from: number, to: number): void {
    const length = to - from
    this.#bytes += length
    if (this.#bytes > this.#limits.sharedTextBytes || this.#count >= this.#limits.sharedTexts || length > BLOCK_BYTES) {
      throw new Refusal('xlsx.too-large', null, {}, 422)
    }
    if (length > BLOCK_BYTES - this.#used) {
      this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES))
      this.#used = 0
    }
    const block = this.#blocks.at(-1)
    if (block) bytes.copy(block, this.#used, from, to)
    this.#used += length
    if (this.#count % PLACE_BLOCK === 0) this.#ends.push(new Uint32Array(PLACE_BLOCK))
    const ends = this.#ends.at(-1)
    if (ends) ends[this.#count % PLACE_BLOCK] = (this.#blocks.length - 1) * BLOCK_BYTES + this.#used
    this.#count++
  }
}

/** Reads the shared texts of a workbook, at least the first `wanted` of them. Refuses `xlsx.too-large` beyond the limits and `xlsx.unreadable` when they are not UTF-8. */
export async function readSharedTexts(
  zip: ZipPackage,
  part: string,
  limits: ReadLimits,
  wanted = Number.POSITIVE_INFINITY,
): Promise<SharedTexts> {
  const texts = new SharedTexts(limits)
  let pending: Buffer = Buffer.alloc(0)
  let prefix: string | undefined
  for await (const piece of zip.read(part)) {
    const bytes = pending.length > 0 ? Buffer.concat([pending, piece]) : piece
    const latin1 = bytes.toString('latin1')
    prefix ??= /<([\w.-]+:)?sst[\s>]/.exec(latin1)?.[1] ?? (latin1.includes('<sst') || latin1.length > 4096 ? '' : undefined)
    if (texts.count >= wanted) break
    const used = prefix === undefined ? 0 : takeItems(texts, bytes, latin1, prefix)
    pending = Buffer.from(bytes.subarray(used))
    if (pending.length > BLOCK_BYTES) throw new Refusal('xlsx.too-large', null, {}, 422)
  }
  return texts
}

/** Keeps every whole `si` and returns the bytes used. */
function takeItems(texts: SharedTexts, bytes: Buffer, latin1: string, prefix: string): number {
  const open = `<${prefix}si`
  const close = `</${prefix}si>`
  const last = latin1.lastIndexOf(close)
  const whole = last < 0 ? 0 : last + close.length
  if (!isUtf8(bytes.subarray(0, whole)) || latin1.includes('<!') || latin1.includes('\0'))
    throw new Refusal('xlsx.unreadable', null, {}, 422)
  let at = latin1.indexOf(open)
  while (at >= 0 && at < whole) {
    const begin = latin1.indexOf('>', at) + 1
    const isEmpty = latin1.charCodeAt(begin - 2) === 47
    const end = isEmpty ? begin : latin1.indexOf(close, begin)
    if (isEmpty) texts.add(bytes, 0, 0)
    else addItem(texts, bytes, latin1, begin, end)
    at = latin1.indexOf(open, isEmpty ? begin : end + close.length)
  }
  return whole
}

function addItem(texts: SharedTexts, bytes: Buffer, latin1: string, begin: number, end: number): void {
  // Nearly every item is one plain run, whose bytes can be kept as they are.
  const from = latin1.indexOf('>', begin) + 1
  const to = latin1.indexOf('<', from)
  const isPlainRun =
    latin1.charCodeAt(begin + 1) === 116 && latin1.charCodeAt(from - 2) !== 47 && latin1.indexOf('>', to) === end - 1
  if (isPlainRun && latin1.startsWith('</t>', to)) {
    const run = latin1.slice(from, to)
    if (/[&\r]|_x/.test(run)) addText(texts, plainText(bytes.toString('utf8', from, to)))
    else texts.add(bytes, from, to)
  } else addText(texts, richText(bytes, latin1, begin, end))
}

function addText(texts: SharedTexts, text: string): void {
  if (!isWritable(text)) throw new Refusal('xlsx.unreadable', null, {}, 422)
  const bytes = Buffer.from(text, 'utf8')
  texts.add(bytes, 0, bytes.length)
}
