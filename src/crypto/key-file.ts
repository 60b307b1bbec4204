import { randomBytes } from 'node:crypto'
import { closeSync, fsync, openSync } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { Refusal } from '../base/refusal.ts'
import { gm } from './gm.ts'
import { intl } from './intl.ts'
import type { Suite, SuiteName } from './suite.ts'

const sync = promisify(fsync)

export const symmetricPurposes = ['data', 'file', 'blind-index', 'content-mac', 'session', 'report-verification'] as const
export const signingPurposes = ['log-signing', 'report-signing'] as const
export type SymmetricPurpose = (typeof symmetricPurposes)[number]
export type SigningPurpose = (typeof signingPurposes)[number]
export type KeyPurpose = SymmetricPurpose | SigningPurpose

export const keyPurposes: readonly KeyPurpose[] = [...symmetricPurposes, ...signingPurposes]

/** Who made a key that nobody ordered; `production` refuses it. */
export const FIRST_START = 'first-start'

const KeyFile = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{8}$/),
  purpose: z.enum([...symmetricPurposes, ...signingPurposes]),
  suite: z.enum(['intl', 'gm']),
  secret: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  madeAt: z.iso.datetime(),
  madeBy: z.string().min(1),
  useFrom: z.iso.datetime(),
})

/** One key as its file holds it. The newest `useFrom` that has come seals and signs; older ones still open and verify. */
export type KeyEntry = z.infer<typeof KeyFile> & { readonly file: string }

export const suites: Readonly<Record<SuiteName, Suite>> = { intl, gm }

export type NewKey = {
  readonly purpose: KeyPurpose
  readonly suite: SuiteName
  readonly madeAt: Date
  /** The officer who made it, as it shall stand in the file. */
  readonly madeBy: string
  /** When it starts to seal or sign. Later than now gives every process time to restart and know it. Default: `madeAt`. */
  readonly useFrom?: Date
}

/**
 * Writes one new key into `dir` with mode 0600 and returns the file's path. `name` defaults to purpose and id.
 * A file of that name stays as it is (two processes may start at once; the first one wins).
 */
export async function makeKey(dir: string, key: NewKey, name?: string): Promise<string> {
  const id = randomBytes(4).toString('hex')
  const isSigning = signingPurposes.some(purpose => purpose === key.purpose)
  const secret = isSigning ? suites[key.suite].signing.makeKey() : randomBytes(32)
  const entry: z.infer<typeof KeyFile> = {
    version: 1,
    id,
    purpose: key.purpose,
    suite: key.suite,
    secret: secret.toString('base64'),
    madeAt: key.madeAt.toISOString(),
    madeBy: key.madeBy,
    useFrom: (key.useFrom ?? key.madeAt).toISOString(),
  }
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, `${name ?? `${key.purpose}-${id}`}.json`)
  const draft = join(dir, `.${id}.new`)
  await writeDurably(draft, `${JSON.stringify(entry, null, 2)}\n`)
  // link() never replaces and never shows half a file; rename() would let a second process overwrite a key in use.
  await link(draft, path).catch(passWhenPresent)
  await rm(draft)
  await syncFolder(dir)
  return path
}

function passWhenPresent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
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

/** Every key of a folder, oldest `useFrom` first. Refuses damaged files, files open to others, and an id used twice. */
export async function readKeys(dir: string): Promise<KeyEntry[]> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const names = (await readdir(dir)).filter(name => name.endsWith('.json') && !name.startsWith('.'))
  const entries = await Promise.all(names.map(name => readKey(dir, name)))
  const ids = new Map<string, string>()
  for (const { id, file } of entries) {
    const other = ids.get(id)
    if (other !== undefined) throw new Refusal('keys.id-twice', null, { file, other }, 500)
    ids.set(id, file)
  }
  return entries.sort((a, b) => a.useFrom.localeCompare(b.useFrom) || a.id.localeCompare(b.id))
}

async function readKey(dir: string, name: string): Promise<KeyEntry> {
  const path = join(dir, name)
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o007) !== 0) throw new Refusal('keys.open-to-others', null, { file: name }, 500)
  const parsed = KeyFile.safeParse(jsonOf(await readFile(path, 'utf8')))
  if (!parsed.success) throw new Refusal('keys.damaged', null, { file: name }, 500)
  return { ...parsed.data, file: name }
}

// A parser of files: JSON.parse tells of damage only by throwing, and its message would quote the secret.
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
