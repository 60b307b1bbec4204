import { open } from 'node:fs/promises'
import { Refusal } from '../base/refusal.ts'
import { ValueEnd } from './json-object.ts'
import { type Encoding, findEncoding, markedEncoding, readBytes } from './text.ts'
import { findPackage } from './xlsx/zip.ts'

type TextFormat = { readonly encoding: Encoding; readonly hasMark: boolean }

export type CsvFormat = TextFormat & {
  readonly kind: 'csv'
  readonly delimiter: string
  readonly newline: '\r\n' | '\n' | '\r'
  /** The file begins with the line `sep=…`, by which Excel names its delimiter. */
  readonly hasSepLine: boolean
}
/** `member`: the name under which the outer object holds the rows, null when the file is an array. */
export type JsonFormat = TextFormat & { readonly kind: 'json'; readonly member: string | null }
export type NdjsonFormat = TextFormat & { readonly kind: 'ndjson' }
export type XlsxFormat = { readonly kind: 'xlsx' }
export type Format = CsvFormat | JsonFormat | NdjsonFormat | XlsxFormat

const HEAD_BYTES = 64 * 1024

/** What a file begins with when it is no table, and the code that says so. */
const SIGNATURES: readonly (readonly [code: string, begin: string])[] = [
  ['file.pdf', '%PDF'],
  ['file.image', '\x89PNG'],
  ['file.image', '\xff\xd8\xff'],
  ['file.image', 'GIF8'],
  ['file.image', 'II*\0'],
  ['file.image', 'MM\0*'],
  ['file.archive', 'Rar!'],
  ['file.archive', "7z\xbc\xaf'\x1c"],
  ['file.archive', '\x1f\x8b'],
  ['file.archive', 'PK\x05\x06'],
]
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'

/**
 * What a file is, by its content; its name is not looked at. The whole of a text file is read once, to be sure of its encoding.
 * Refuses what is no table, with a code for each thing that people send instead, and `file.encoding-broken`.
 */
export async function detectFormat(path: string): Promise<Format> {
  const head = await readHead(path)
  if (head.length === 0) throw refusal('file.empty')
  const begin = head.toString('latin1', 0, 512)
  const known = SIGNATURES.find(([, sign]) => begin.startsWith(sign))
  if (known) throw refusal(known[0])
  if (begin.startsWith(OLE)) throw refusal(await oldOfficeCode(path))
  if (begin.startsWith('PK\x03\x04')) {
    const found = await findPackage(path)
    if (found !== 'xlsx') throw refusal(found)
    return { kind: 'xlsx' }
  }
  return detectText(path, head)
}

async function detectText(path: string, head: Buffer): Promise<Format> {
  const mark = markedEncoding(head)
  if (!mark && looksBinary(head)) throw refusal('file.format-unknown')
  const encoding = mark?.encoding ?? (await findEncoding(path))
  const text = new TextDecoder(encoding).decode(head)
  const format = { encoding, hasMark: mark !== null }
  const begin = text.trimStart()
  if (begin === '' && head.length < HEAD_BYTES) throw refusal('file.empty')
  if (/^<(!doctype|html|\?xml|table|head|meta|style|workbook|!--)/i.test(begin)) throw refusal('file.web-page')
  if (/^\[\s*[{\][]/.test(begin) || begin === '[') return { kind: 'json', member: null, ...format }
  if (/^\{\s*["}]/.test(begin)) return detectObject(begin, head.length < HEAD_BYTES, format)
  return detectDelimited(text, format)
}

/** An object at the beginning is either the first line of NDJSON or the wrapper of an array. */
function detectObject(text: string, isWhole: boolean, format: TextFormat): Format {
  const end = new ValueEnd().find(text, 0)
  const member = /"((?:[^"\\]|\\.)*)"\s*:\s*\[\s*\{/.exec(end < 0 ? text : text.slice(0, end))
  if (end >= 0 && (text.slice(end).trimStart().startsWith('{') || !member)) return { kind: 'ndjson', ...format }
  if (end < 0 && isWhole) throw refusal('json.broken', { line: text.split('\n').length })
  return { kind: 'json', member: member ? memberName(member[1] ?? '') : null, ...format }
}

function memberName(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`))
  } catch {
    throw refusal('json.broken', { line: 1 })
  }
}

function detectDelimited(text: string, format: TextFormat): CsvFormat {
  const sep = /^sep=(.)\r?\n/i.exec(text)
  const newline = /\r\n|\n|\r/.exec(text)?.[0]
  return {
    kind: 'csv',
    ...format,
    delimiter: sep?.[1] ?? sniffDelimiter(text),
    newline: newline === '\n' || newline === '\r' ? newline : '\r\n',
    hasSepLine: sep !== null,
  }
}

/** The sign that stands equally often, and oftenest, in the first lines; signs within quotes do not count. */
function sniffDelimiter(text: string): string {
  const plain = text.replace(/"(?:[^"]|"")*"/g, '""')
  const lines = plain.split(/\r\n|\n|\r/, 40).filter(line => line.trim() !== '')
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of [',', '\t', ';', '|']) {
    const counts = new Map<number, number>()
    for (const line of lines) {
      const count = line.split(delimiter).length - 1
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1)
    }
    for (const [count, times] of counts) {
      const score = times * 1000 + count
      if (score > best.score) best = { delimiter, score }
    }
  }
  return best.delimiter
}

/** Text has hardly any zero byte; one in a row is a fault of that row alone. */
function looksBinary(head: Buffer): boolean {
  let zeros = 0
  for (const byte of head) if (byte === 0) zeros++
  return zeros * 50 > head.length
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** An encrypted XLSX and an old XLS are the same kind of container; a stream's name tells them apart. */
async function oldOfficeCode(path: string): Promise<string> {
  const name = Buffer.from('EncryptedPackage', 'utf16le')
  let tail = Buffer.alloc(0)
  for await (const bytes of readBytes(path, 1024 * 1024)) {
    const piece = Buffer.concat([tail, bytes])
    if (piece.includes(name)) return 'file.encrypted'
    tail = piece.subarray(-name.length)
  }
  return 'file.xls-old'
}

function refusal(code: string, facts: Record<string, string | number> = {}): Refusal {
  return new Refusal(code, null, facts, 422)
}
