import { pipeline, type Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { Refusal } from '../../base/refusal.ts'
import { defaultLimits, type ReadLimits } from '../rows.ts'

const STORED = 0
const DEFLATED = 8
const PIECE_BYTES = 128 * 1024
/** Below this size the ratio says nothing: an empty style sheet packs well. */
const RATIO_FROM_BYTES = 16 * 1024 * 1024

/** The parts of an XLSX file by name. Parts are read as streams; nothing is ever unpacked onto a disk. */
export class ZipPackage {
  readonly #file: ZipFile
  readonly #entries: Map<string, Entry>
  readonly #limits: ReadLimits

  constructor(file: ZipFile, entries: Map<string, Entry>, limits: ReadLimits) {
    this.#file = file
    this.#entries = entries
    this.#limits = limits
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase())
  }

  names(): string[] {
    return [...this.#entries.keys()]
  }

  /** The bytes of a part in pieces. Refuses a part that unpacks to more than it declares, than the limits, or with a wrong checksum. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry) throw unreadable()
    this.#judge(entry)
    const packed = await this.#file.openReadStreamPromise(entry, rawOptions(entry))
    let [size, sum] = [0, 0]
    try {
      for await (const piece of unpack(packed, entry)) {
        if (!Buffer.isBuffer(piece)) continue
        size += piece.length
        if (size > entry.uncompressedSize) throw tooLarge()
        sum = crc32(piece, sum)
        yield piece
      }
    } catch (cause) {
      throw cause instanceof Refusal ? cause : brokenFile(cause)
    } finally {
      packed.destroy()
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) throw brokenFile(new Error('checksum'))
  }

  /** A small part as text, at most 32 MB of it. */
  async readText(name: string): Promise<string> {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of this.read(name)) {
      size += piece.length
      if (size > 32 * 1024 * 1024) throw tooLarge()
      pieces.push(piece)
    }
    const text = Buffer.concat(pieces).toString('utf8')
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Refusal('xlsx.entity', null, {}, 422)
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }

  close(): void {
    this.#file.close()
  }

  #judge(entry: Entry): void {
    const { uncompressedSize, compressedSize } = entry
    const ratio = uncompressedSize / Math.max(1, compressedSize)
    if (uncompressedSize > this.#limits.entryBytes) throw tooLarge()
    if (uncompressedSize > RATIO_FROM_BYTES && ratio > this.#limits.entryRatio) throw tooLarge()
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) throw unreadable()
    if (entry.isEncrypted()) throw new Refusal('file.encrypted', null, {}, 422)
  }
}

function rawOptions(entry: Entry): { decompress: false } | undefined {
  return entry.compressionMethod === DEFLATED ? { decompress: false } : undefined
}

function unpack(packed: Readable, entry: Entry): Readable {
  if (entry.compressionMethod === STORED) return packed
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES })
  // An error is thrown where the pieces are read; pipeline only has to pass it on and close both ends.
  pipeline(packed, inflate, () => {})
  return inflate
}

/** Opens a zip file. Refuses odd names, names that come twice, too many parts and a damaged directory. */
export async function openPackage(path: string, limits: ReadLimits = defaultLimits): Promise<ZipPackage> {
  const file = await openZip(path)
  try {
    if (file.entryCount > limits.entries) throw tooLarge()
    const entries = new Map<string, Entry>()
    for await (const entry of eachEntry(file)) {
      const name = entry.fileName.toLowerCase()
      if (entries.has(name)) throw unreadable()
      entries.set(name, entry)
    }
    return new ZipPackage(file, entries, limits)
  } catch (cause) {
    file.close()
    throw cause instanceof Refusal ? cause : brokenFile(cause)
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false })
  } catch (cause) {
    throw brokenFile(cause)
  }
}

async function* eachEntry(file: ZipFile): AsyncGenerator<Entry> {
  const entries: Entry[] = []
  const done = new Promise<void>((resolve, reject) => {
    file.on('entry', entry => {
      entries.push(entry)
      file.readEntry()
    })
    file.on('end', () => resolve())
    file.on('error', reject)
  })
  file.readEntry()
  await done
  yield* entries
}

/** What a zip file is: an XLSX workbook, or the code that refuses it. */
export async function findPackage(path: string): Promise<string> {
  const zip = await openPackage(path)
  try {
    if (zip.has('[Content_Types].xml') && zip.has('_rels/.rels')) {
      if (zip.names().some(name => /^xl\/workbook\d*\.bin$/.test(name))) return 'file.xlsb'
      if (zip.names().some(name => /^xl\/workbook\d*\.xml$/.test(name))) return 'xlsx'
      return 'file.not-a-table'
    }
    if (zip.has('xl/workbook.xml')) return 'xlsx'
    return zip.has('mimetype') ? 'file.open-document' : 'file.archive'
  } finally {
    zip.close()
  }
}

function tooLarge(): Refusal {
  return new Refusal('xlsx.too-large', null, {}, 422)
}

function unreadable(): Refusal {
  return new Refusal('xlsx.unreadable', null, {}, 422)
}

function brokenFile(cause: unknown): Refusal {
  return Object.assign(new Refusal('file.broken', null, {}, 422), { cause })
}
