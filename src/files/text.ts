import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { Refusal } from '../base/refusal.ts'
import { encodeGb18030, findBrokenGb18030 } from './gb18030.ts'

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

const CHUNK_BYTES = 32 * 1024
const SCAN_BYTES = 1024 * 1024
/** So many Chinese characters read as UTF-8 before a broken byte do not come about by chance from GB 18030. */
const CONVINCING = 8

/** The encoding of the text that follows a byte order mark, and the mark's length. */
export function markedEncoding(head: Uint8Array): { encoding: Encoding; length: number } | null {
  const [first, second, third] = head
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}

/**
 * The encoding of a text file without a byte order mark. The whole file is looked at: UTF-8 if every byte of it is, else GB 18030.
 * Refuses `file.encoding-broken` when the text before the first bad byte is plainly UTF-8.
 */
export async function findEncoding(path: string): Promise<'utf-8' | 'gb18030'> {
  let rest: Uint8Array = new Uint8Array(0)
  const seen = { offset: 0, line: 1, chinese: 0 }
  for await (const bytes of readBytes(path, SCAN_BYTES)) {
    const chunk = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes
    const end = chunk.length - cutOff(chunk)
    const whole = chunk.subarray(0, end)
    if (!isUtf8(whole)) return judgeBroken(whole, seen)
    if (seen.chinese < CONVINCING) seen.chinese += countChinese(whole)
    seen.line += countLines(whole)
    seen.offset += end
    rest = chunk.subarray(end)
  }
  return rest.length > 0 ? judgeBroken(rest, seen) : 'utf-8'
}

function judgeBroken(bytes: Uint8Array, seen: { offset: number; line: number; chinese: number }): 'gb18030' {
  const at = findBrokenUtf8(bytes)
  const before = bytes.subarray(0, at)
  if (seen.chinese + countChinese(before) < CONVINCING) return 'gb18030'
  throw brokenAt('utf-8', seen.offset + at, seen.line + countLines(before))
}

function countChinese(bytes: Uint8Array): number {
  return (
    Buffer.from(bytes)
      .toString('utf8')
      .match(/[\u4e00-\u9fff]/g)?.length ?? 0
  )
}

function findBrokenUtf8(bytes: Uint8Array): number {
  let [from, to] = [0, bytes.length]
  while (from < to) {
    const middle = (from + to + 1) >> 1
    const head = bytes.subarray(0, middle)
    if (isUtf8(head.subarray(0, middle - cutOff(head)))) from = middle
    else to = middle - 1
  }
  return from - cutOff(bytes.subarray(0, from))
}

/** Bytes of an unfinished UTF-8 character at the end. */
function cutOff(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/**
 * The text of a file in pieces, without its byte order mark. Memory: one piece.
 * Refuses `file.encoding-broken` with the place of the first byte that the encoding does not know.
 */
export async function* decodeFile(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let offset = 0
  let line = 1
  let tail: Uint8Array = new Uint8Array(0)
  for await (const bytes of readBytes(path, CHUNK_BYTES)) {
    yield decode(decoder, bytes, { encoding, offset, line, tail })
    offset += bytes.length
    line += countLines(bytes)
    tail = bytes.subarray(-4).slice()
  }
  const last = decode(decoder, null, { encoding, offset, line, tail })
  if (last !== '') yield last
}

type Place = { encoding: Encoding; offset: number; line: number; tail: Uint8Array }

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array | null, place: Place): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
  } catch {
    const joined = Buffer.concat([place.tail, bytes ?? new Uint8Array(0)])
    const at = place.encoding === 'gb18030' ? findBrokenAfter(joined, place.tail.length) : place.tail.length
    const line = place.line + countLines(joined.subarray(place.tail.length, at))
    throw brokenAt(place.encoding, place.offset + at - place.tail.length, line)
  }
}

/** Where the tail of the chunk before begins inside a character is not known, so each start is tried: the one that reads furthest is it. */
function findBrokenAfter(bytes: Uint8Array, tail: number): number {
  let furthest = 0
  for (let start = 0; start <= tail; start++) {
    const at = findBrokenGb18030(bytes.subarray(start))
    if (at >= 0) furthest = Math.max(furthest, start + at)
  }
  return furthest
}

function brokenAt(encoding: Encoding, offset: number, line: number): Refusal {
  return new Refusal('file.encoding-broken', null, { encoding: encoding.toUpperCase(), offset, line }, 422)
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}

/** The bytes of a file in pieces. */
export async function* readBytes(path: string, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for await (const bytes of createReadStream(path, { highWaterMark: pieceBytes })) if (bytes instanceof Uint8Array) yield bytes
}

/** Text as bytes of an encoding, without a byte order mark. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'gb18030') return encodeGb18030(text)
  const bytes = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? bytes : bytes.swap16()
}
