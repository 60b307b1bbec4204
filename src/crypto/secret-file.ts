import { closeSync, fsync, openSync } from 'node:fs'
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Refusal } from '../base/refusal.ts'

/* Small files with secrets: durable, whole or not at all, and nobody's but the owner's. */

const sync = promisify(fsync)

/** Writes a file that is not there yet (mode 0600) and answers its path; a file of that name stays as it is: the first of two writers wins. */
export async function writeOnce(dir: string, name: string, text: string): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, name)
  const draft = await draftOf(path, text)
  // link() never replaces and never shows half a file; rename() would let a second process overwrite a key in use.
  await link(draft, path).catch(passWhenPresent)
  await rm(draft)
  await syncFolder(dir)
  return path
}

/** Puts another text in the place of a file: a reader sees the old one or the new one, whole. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await rename(await draftOf(path, text), path)
  await syncFolder(dirname(path))
}

let drafts = 0

async function draftOf(path: string, text: string): Promise<string> {
  drafts += 1
  const draft = join(dirname(path), `.${process.pid}-${drafts}.new`)
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return draft
}

function passWhenPresent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

/**
 * Makes renames, links and removals inside a folder survive a power cut. Opening and closing touch no disk, and each step that leaves this
 * thread costs more than they do: only the sync does.
 */
export async function syncFolder(dir: string): Promise<void> {
  const folder = openSync(dir, 'r')
  try {
    await sync(folder)
  } finally {
    closeSync(folder)
  }
}

/** What a secret file holds as JSON; undefined where it is none. Refuses a file that others may read (`keys.open-to-others`). */
export async function readSecretFile(path: string, name: string): Promise<unknown> {
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o007) !== 0) throw new Refusal('keys.open-to-others', null, { file: name }, 500)
  return jsonOf(await readFile(path, 'utf8'))
}

// A parser of files: JSON.parse tells of damage only by throwing, and its message would quote the secret.
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
