import { createHash, type Hash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type Stats } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { NotFound, Refusal } from '../base/refusal.ts'
import type { Keys } from '../crypto/keys.ts'
import { syncFolder } from '../crypto/secret-file.ts'

export type StoredFile = {
  /** SHA-256 of the plaintext, 64 lower-case hexadecimal digits: the file's only name outside this store. */
  readonly hash: string
  /** Length of the plaintext. */
  readonly bytes: number
}

export type Store = {
  /** Keeps a file. The same content twice is one file. Durable once it returns. */
  put(content: AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredFile>
  /** The plaintext as a stream; ends in an error when the file was altered, cut off or exchanged. Throws `file.unknown`. */
  get(hash: string): Promise<Readable>
  /** The whole plaintext, checked. For files known to be small. */
  read(hash: string): Promise<Buffer>
  has(hash: string): Promise<boolean>
  /** False when there was none. */
  remove(hash: string): Promise<boolean>
  /** Removes what a crash left behind more than a day ago; returns how many. Runs at opening too. */
  sweep(): Promise<number>
  /**
   * The files of one owner (e.g. `paper:7`), apart from everybody's: the same content there is another file, and goes with its owner alone.
   * `owner` may not be empty.
   */
  of(owner: string): Omit<Store, 'of' | 'sweep'>
}

export type StoreOptions = { readonly dir: string; readonly keys: Keys; readonly now?: () => Date }

const AAD = 'file'
const LEFTOVER_AGE_MS = 24 * 3600 * 1000

/**
 * Opens the store of raw files: each sealed, each under the blind index of its hash. The hash itself as a name would tell
 * anyone who reads the disk which of two guessed contents a small file has.
 */
export async function openStore({ dir, keys, now = () => new Date() }: StoreOptions): Promise<Store> {
  const incoming = join(dir, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })

  await sweep(incoming, now())
  return {
    ...filesOf({ dir, incoming, keys }, ''),
    sweep: () => sweep(incoming, now()),
    of: owner => filesOf({ dir, incoming, keys }, owner),
  }
}

type Place = { readonly dir: string; readonly incoming: string; readonly keys: Keys }

/** The files of an owner; '' is whoever names them by their hash alone. */
function filesOf({ dir, incoming, keys }: Place, owner: string): Omit<Store, 'of' | 'sweep'> {
  const named = (hash: string): string => (owner === '' ? checked(hash) : `${owner}:${checked(hash)}`)
  /** Where a file may be: under the active index key, then under older ones. */
  const pathsOf = (hash: string) => keys.blindIndexes('file', named(hash)).map(index => pathOf(dir, index.toString('hex')))

  async function pathTo(hash: string): Promise<string | undefined> {
    for (const path of pathsOf(hash)) if (await isThere(path)) return path
    return undefined
  }

  async function get(hash: string): Promise<Readable> {
    const path = await pathTo(hash)
    if (path === undefined) throw new NotFound('file.unknown')
    const plaintext = keys.openStream(AAD)(createReadStream(path, { highWaterMark: CHUNK_BYTES }))
    return Readable.from(hashChecked(plaintext, hash), { objectMode: false, highWaterMark: CHUNK_BYTES })
  }

  return {
    async put(content) {
      const draft = join(incoming, randomUUID())
      let isMoved = false
      try {
        const stored = await writeDraft(draft, content, keys)
        if (!(await pathTo(stored.hash))) {
          await moveInto(dir, draft, pathOf(dir, keys.blindIndex('file', named(stored.hash)).toString('hex')))
          isMoved = true
        }
        return stored
      } finally {
        if (!isMoved) await rm(draft, { force: true })
      }
    },
    get,
    read: async hash => Buffer.concat(await (await get(hash)).toArray()),
    has: async hash => (await pathTo(hash)) !== undefined,
    async remove(hash) {
      let isRemoved = false
      for (const path of pathsOf(hash)) {
        if (!(await isThere(path))) continue
        await rm(path, { force: true })
        await syncFolder(dirname(path))
        isRemoved = true
      }
      return isRemoved
    },
  }
}

const CHUNK_BYTES = 256 * 1024
// Reports are smaller. Each step of a stream waits for the event loop and for a thread that writes, which costs more than sealing.
const WHOLE_BYTES = 1024 * 1024

function checked(hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new NotFound('file.unknown')
  return hash
}

// 65,536 folders: a hundred million files leave some 1,500 in each.
function pathOf(dir: string, name: string): string {
  return join(dir, name.slice(0, 2), name.slice(2, 4), name)
}

async function isThere(path: string): Promise<boolean> {
  return (await statOf(path)) !== undefined
}

/** Undefined when there is no such file, which another process may have moved or removed a moment ago. */
async function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
}

async function writeDraft(draft: string, content: AsyncIterable<Uint8Array> | Uint8Array, keys: Keys): Promise<StoredFile> {
  if (content instanceof Uint8Array && content.length <= WHOLE_BYTES) return await writeWhole(draft, content, keys)
  const digest = createHash('sha256')
  const counted = { bytes: 0 }
  const source = content instanceof Uint8Array ? slicesOf(content) : content
  await pipeline(
    hashed(source, digest, counted),
    keys.sealStream('file', AAD),
    createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
  )
  return { hash: digest.digest('hex'), bytes: counted.bytes }
}

async function writeWhole(draft: string, content: Uint8Array, keys: Keys): Promise<StoredFile> {
  const sealed: Buffer[] = []
  for await (const part of keys.sealStream('file', AAD)(slicesOf(content))) sealed.push(part)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(Buffer.concat(sealed))
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: createHash('sha256').update(content).digest('hex'), bytes: content.length }
}

async function* slicesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += CHUNK_BYTES) yield content.subarray(at, at + CHUNK_BYTES)
}

async function* hashed(source: AsyncIterable<Uint8Array>, digest: Hash, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    digest.update(chunk)
    counted.bytes += chunk.length
    yield chunk
  }
}

// Sealing proves that the file is one of ours and whole; only its hash proves that it is the one asked for.
async function* hashChecked(plaintext: AsyncIterable<Buffer>, expected: string): AsyncGenerator<Buffer> {
  const digest = createHash('sha256')
  for await (const chunk of plaintext) {
    digest.update(chunk)
    if (chunk.length > 0) yield chunk
  }
  if (digest.digest('hex') !== expected) throw new Refusal('file.exchanged', null, { hash: expected }, 500)
}

async function moveInto(dir: string, draft: string, path: string): Promise<void> {
  const folder = dirname(path)
  const firstNew = await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(draft, path)
  await syncFolder(folder)
  if (firstNew === undefined) return
  await syncFolder(dirname(folder))
  if (firstNew !== folder) await syncFolder(dir)
}

async function sweep(incoming: string, now: Date): Promise<number> {
  let swept = 0
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const draft = await statOf(path)
    if (!draft || now.getTime() - draft.mtimeMs < LEFTOVER_AGE_MS) continue
    await rm(path, { force: true })
    swept += 1
  }
  return swept
}
