import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A part of a package to be written; its text may be long, it is taken piece by piece. */
export type PartToWrite = { readonly name: string; readonly text: Iterable<string> | AsyncIterable<string> }

const BATCH_UNITS = 128 * 1024
const VERSION = 20
/** Names are UTF-8; sizes follow the data, because they are not known before. */
const FLAGS = 0x0808
/** 1 January 1980: the same content gives the same bytes. */
const DOS_DAY = 0x21

type Written = { name: Buffer; sum: number; packed: number; size: number; offset: number }

/** A zip file as a stream of bytes, below 4 GB (PKWARE APPNOTE 4.3). Memory: one batch. */
export async function* zipStream(parts: Iterable<PartToWrite>): AsyncGenerator<Buffer> {
  const directory: Written[] = []
  let offset = 0
  for (const part of parts) {
    const written: Written = { name: Buffer.from(part.name, 'utf8'), sum: 0, packed: 0, size: 0, offset }
    const head = localHeader(written)
    yield head
    for await (const piece of deflate(part.text, written)) yield piece
    const tail = descriptor(written)
    yield tail
    directory.push(written)
    offset += head.length + written.packed + tail.length
    if (offset > 0xffff_0000) throw new RangeError('a zip file of 4 GB or more')
  }
  const entries = Buffer.concat(directory.map(centralHeader))
  yield Buffer.concat([entries, endRecord(directory.length, entries.length, offset)])
}

async function* deflate(text: PartToWrite['text'], written: Written): AsyncGenerator<Buffer> {
  const packing = createDeflateRaw({ level: 3, chunkSize: 64 * 1024 })
  const source = Readable.from(batches(text, written), { objectMode: true, highWaterMark: 2 })
  source.on('error', cause => packing.destroy(cause))
  for await (const piece of source.pipe(packing)) {
    if (!Buffer.isBuffer(piece)) continue
    written.packed += piece.length
    yield piece
  }
}

async function* batches(text: PartToWrite['text'], written: Written): AsyncGenerator<Buffer> {
  let batch = ''
  const take = () => {
    const bytes = Buffer.from(batch, 'utf8')
    batch = ''
    written.sum = crc32(bytes, written.sum)
    written.size += bytes.length
    return bytes
  }
  for await (const piece of text) {
    batch += piece
    if (batch.length >= BATCH_UNITS) yield take()
  }
  if (batch !== '') yield take()
}

function localHeader({ name }: Written): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(8, 8)
  head.writeUInt16LE(DOS_DAY, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function descriptor({ sum, packed, size }: Written): Buffer {
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(sum, 4)
  tail.writeUInt32LE(packed, 8)
  tail.writeUInt32LE(size, 12)
  return tail
}

function centralHeader({ name, sum, packed, size, offset }: Written): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(VERSION, 6)
  head.writeUInt16LE(FLAGS, 8)
  head.writeUInt16LE(8, 10)
  head.writeUInt16LE(DOS_DAY, 14)
  head.writeUInt32LE(sum, 16)
  head.writeUInt32LE(packed, 20)
  head.writeUInt32LE(size, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt32LE(offset, 42)
  return Buffer.concat([head, name])
}

function endRecord(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
