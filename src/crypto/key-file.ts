import { randomBytes } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../base/refusal.ts'
import { gm } from './gm.ts'
import { intl } from './intl.ts'
import { type Master, readMasters, unwrapSecret, wrapSecret } from './master-key.ts'
import { readSecretFile, replaceFile, writeOnce } from './secret-file.ts'
import type { Suite, SuiteName } from './suite.ts'

export const symmetricPurposes = ['data', 'file', 'blind-index', 'content-mac', 'session', 'report-verification'] as const
export const signingPurposes = ['log-signing', 'report-signing'] as const
export type SymmetricPurpose = (typeof symmetricPurposes)[number]
export type SigningPurpose = (typeof signingPurposes)[number]
export type KeyPurpose = SymmetricPurpose | SigningPurpose

export const keyPurposes: readonly KeyPurpose[] = [...symmetricPurposes, ...signingPurposes]

/** Who made a key that nobody ordered; `production` refuses it. */
export const FIRST_START = 'first-start'

const facts = {
  id: z.string().regex(/^[0-9a-f]{8}$/),
  purpose: z.enum([...symmetricPurposes, ...signingPurposes]),
  suite: z.enum(['intl', 'gm']),
  madeAt: z.iso.datetime(),
  madeBy: z.string().min(1),
  useFrom: z.iso.datetime(),
}
const BareFile = z.strictObject({ version: z.literal(1), ...facts, secret: z.string().regex(/^[A-Za-z0-9+/]{43}=$/) })
/** The same with its secret under a master key. */
const WrappedFile = z.strictObject({
  version: z.literal(2),
  ...facts,
  wrapped: z.string().regex(/^[A-Za-z0-9+/]+=*$/),
  wrappedBy: z.string().regex(/^[0-9a-f]{8}$/),
})
const KeyFile = z.union([BareFile, WrappedFile])

/** One key as its file holds it. The newest `useFrom` that has come seals and signs; older ones still open and verify. */
export type KeyEntry = {
  readonly id: string
  readonly purpose: KeyPurpose
  readonly suite: SuiteName
  /** 32 bytes in base64, unwrapped. */
  readonly secret: string
  readonly madeAt: string
  readonly madeBy: string
  readonly useFrom: string
  readonly file: string
  /** The master key under which the file holds the secret; null: the file holds it bare. */
  readonly wrappedBy: string | null
}

/** Where the master keys of a key folder stand unless they are kept elsewhere. */
export function masterDirOf(dir: string): string {
  return join(dir, 'master')
}

export const suites: Readonly<Record<SuiteName, Suite>> = { intl, gm }

export type NewKey = {
  readonly purpose: KeyPurpose
  readonly suite: SuiteName
  readonly madeAt: Date
  /** The officer who made it, as it shall stand in the file. */
  readonly madeBy: string
  /** Under which the file holds the secret; left out: bare. */
  readonly master?: Master | undefined
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
  const { purpose, suite, madeBy } = key
  const madeAt = key.madeAt.toISOString()
  const entry = { id, purpose, suite, madeAt, madeBy, useFrom: (key.useFrom ?? key.madeAt).toISOString() }
  return await writeOnce(dir, `${name ?? `${purpose}-${id}`}.json`, textOf(entry, secret, key.master))
}

function textOf(entry: Omit<KeyEntry, 'secret' | 'file' | 'wrappedBy'>, secret: Buffer, master: Master | undefined): string {
  const held = master
    ? { version: 2, ...entry, wrapped: wrapSecret(master, entry, secret), wrappedBy: master.id }
    : { version: 1, ...entry, secret: secret.toString('base64') }
  return `${JSON.stringify(held, null, 2)}\n`
}

/** Puts every key of the folder under this master key that is bare or under another one; the ids of the keys that changed. */
export async function wrapKeys(dir: string, masterDir: string, master: Master): Promise<string[]> {
  const changed = (await readKeys(dir, masterDir)).filter(entry => entry.wrappedBy !== master.id)
  for (const { file, secret, wrappedBy: _, ...entry } of changed)
    await replaceFile(join(dir, file), textOf(entry, Buffer.from(secret, 'base64'), master))
  return changed.map(entry => entry.id)
}

/**
 * Every key of a folder, oldest `useFrom` first, unwrapped with the master keys of `masterDir`. Refuses damaged files, files open to others, an
 * id used twice, a master key that is not there (`keys.master-missing`) or does not open (`keys.does-not-unwrap`).
 */
export async function readKeys(dir: string, masterDir = masterDirOf(dir)): Promise<KeyEntry[]> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const names = (await readdir(dir)).filter(name => name.endsWith('.json') && !name.startsWith('.'))
  const masters = await readMasters(masterDir)
  const entries = await Promise.all(names.map(name => readKey(dir, name, masters)))
  const ids = new Map<string, string>()
  for (const { id, file } of entries) {
    const other = ids.get(id)
    if (other !== undefined) throw new Refusal('keys.id-twice', null, { file, other }, 500)
    ids.set(id, file)
  }
  return entries.sort((a, b) => a.useFrom.localeCompare(b.useFrom) || a.id.localeCompare(b.id))
}

async function readKey(dir: string, name: string, masters: readonly Master[]): Promise<KeyEntry> {
  const parsed = KeyFile.safeParse(await readSecretFile(join(dir, name), name))
  if (!parsed.success) throw new Refusal('keys.damaged', null, { file: name }, 500)
  const held = parsed.data
  if (held.version === 1) {
    const { version: _, ...entry } = held
    return { ...entry, file: name, wrappedBy: null }
  }
  const { version: _, wrapped, wrappedBy, ...entry } = held
  const master = masters.find(one => one.id === wrappedBy)
  if (!master) throw new Refusal('keys.master-missing', null, { file: name, master: wrappedBy }, 500)
  const secret = unwrapSecret(master, entry, wrapped)
  if (!secret) throw new Refusal('keys.does-not-unwrap', null, { file: name, master: wrappedBy }, 500)
  return { ...entry, secret: secret.toString('base64'), file: name, wrappedBy }
}
