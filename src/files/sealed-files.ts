import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, opendir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Keys } from '../crypto/keys.ts'
import { syncFolder } from '../crypto/secret-file.ts'

/* The store's files as they lie on disk: for the check of keys, and for sealing anew. */

const PREFIX_BYTES = 6
/** What every file of the store is bound to. */
export const FILE_AAD = 'file'

/** Paths of the store's sealed files, two folders deep; what is still being written has no key yet to answer for. */
export async function* listSealedFiles(dir: string): AsyncGenerator<string> {
  for await (const { name, isFolder } of entriesOf(dir)) {
    if (!isFolder || !/^[0-9a-f]{2}$/.test(name)) continue
    for await (const inner of entriesOf(join(dir, name))) {
      for await (const file of entriesOf(join(dir, name, inner.name))) yield join(dir, name, inner.name, file.name)
    }
  }
}

async function* entriesOf(dir: string): AsyncGenerator<{ name: string; isFolder: boolean }> {
  for await (const entry of await opendir(dir)) yield { name: entry.name, isFolder: entry.isDirectory() }
}

/** The id of the key that a sealed file names. */
export async function keyOfFile(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(PREFIX_BYTES), 0, PREFIX_BYTES, 0)
    return buffer.toString('hex', 2)
  } finally {
    await file.close()
  }
}

/** Seals anew every file that is not sealed with the newest key; how many. A reader has the old file or the new one, whole. */
export async function resealFiles(dir: string, keys: Keys): Promise<number> {
  const active = await activeFileKey(keys)
  let count = 0
  for await (const path of listSealedFiles(dir)) {
    if ((await keyOfFile(path)) === active) continue
    const draft = join(dir, 'incoming', randomUUID())
    await pipeline(
      createReadStream(path),
      keys.openStream(FILE_AAD),
      keys.sealStream('file', FILE_AAD),
      createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
    )
    await rename(draft, path)
    await syncFolder(dirname(path))
    count += 1
  }
  return count
}

async function activeFileKey(keys: Keys): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of keys.sealStream('file', FILE_AAD)(nothing())) parts.push(part)
  return Buffer.concat(parts).toString('hex', 2, PREFIX_BYTES)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
