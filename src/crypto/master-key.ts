import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../base/refusal.ts'
import { gm } from './gm.ts'
import { intl } from './intl.ts'
import { readSecretFile, writeOnce } from './secret-file.ts'
import { NONCE_BYTES, type Suite, type SuiteName } from './suite.ts'

/*
 * Envelopes: the keys that seal and sign lie in their files encrypted under a master key, which may stand elsewhere (another volume, a secret
 * store, a cipher machine that unwraps). Replacing the master key rewrites a handful of files and no data; who has the key folder without it
 * has nothing (GB/T 39786-2021; docs/decisions/0004).
 */

const MasterFile = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{8}$/),
  suite: z.enum(['intl', 'gm']),
  secret: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  madeAt: z.iso.datetime(),
  madeBy: z.string().min(1),
})

export type Master = {
  readonly id: string
  readonly suite: SuiteName
  readonly madeAt: string
  readonly madeBy: string
  readonly file: string
  readonly key: KeyObject
}

/** What a wrapped key is bound to: moved into another file, or under another purpose, it does not open. */
export type Wrapped = { readonly id: string; readonly purpose: string; readonly suite: string }

const SUITES: Readonly<Record<SuiteName, Suite>> = { intl, gm }
const SALT_BYTES = 16
const LABEL = 'mingxin wrap 1'

/** Writes a new master key (mode 0600) and answers its file's path. A file of that name stays as it is. */
export async function makeMaster(
  dir: string,
  { suite, madeAt, madeBy }: { readonly suite: SuiteName; readonly madeAt: Date; readonly madeBy: string },
  name?: string,
): Promise<string> {
  const id = randomBytes(4).toString('hex')
  const entry = { version: 1, id, suite, secret: randomBytes(32).toString('base64'), madeAt: madeAt.toISOString(), madeBy }
  return await writeOnce(dir, `${name ?? `master-${id}`}.json`, `${JSON.stringify(entry, null, 2)}\n`)
}

/** The master keys of a folder, newest first; none where there is no folder. Refuses `keys.damaged` and `keys.open-to-others`. */
export async function readMasters(dir: string): Promise<Master[]> {
  const names = (await readdir(dir).catch(noneWhenAbsent)).filter(name => name.endsWith('.json') && !name.startsWith('.'))
  const masters = await Promise.all(names.map(name => readMaster(dir, name)))
  return masters.sort((a, b) => b.madeAt.localeCompare(a.madeAt) || b.id.localeCompare(a.id))
}

function noneWhenAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

async function readMaster(dir: string, name: string): Promise<Master> {
  const parsed = MasterFile.safeParse(await readSecretFile(join(dir, name), name))
  if (!parsed.success) throw new Refusal('keys.damaged', null, { file: name }, 500)
  const { id, suite, madeAt, madeBy, secret } = parsed.data
  return { id, suite, madeAt, madeBy, file: name, key: createSecretKey(Buffer.from(secret, 'base64')) }
}

/** A key's secret under a master key: salt, nonce, ciphertext and tag in base64. */
export function wrapSecret(master: Master, bound: Wrapped, secret: Uint8Array): string {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  return Buffer.concat([salt, nonce, ...cipherOf(master, salt).seal(nonce, secret, aadOf(bound))]).toString('base64')
}

/** The secret again; undefined where master key, file or binding is another one. */
export function unwrapSecret(master: Master, bound: Wrapped, wrapped: string): Buffer | undefined {
  const bytes = Buffer.from(wrapped, 'base64')
  const [salt, nonce] = [bytes.subarray(0, SALT_BYTES), bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES)]
  if (nonce.length < NONCE_BYTES) return undefined
  return cipherOf(master, salt).open(nonce, bytes.subarray(SALT_BYTES + NONCE_BYTES), aadOf(bound))
}

function cipherOf(master: Master, salt: Buffer) {
  const { aead, derive } = SUITES[master.suite]
  return aead.cipher(derive(master.key, salt, LABEL, aead.keyBytes))
}

function aadOf({ id, purpose, suite }: Wrapped): Buffer {
  return Buffer.from(`key ${id} ${purpose} ${suite}`)
}
