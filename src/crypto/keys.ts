import { createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { resolve } from 'node:path'
import { Refusal } from '../base/refusal.ts'
import {
  FIRST_START,
  type KeyEntry,
  type KeyPurpose,
  keyPurposes,
  makeKey,
  masterDirOf,
  readKeys,
  type SigningPurpose,
} from './key-file.ts'
import { type Key, type KeyRing, ringOf } from './key-ring.ts'
import { makeMaster, readMasters } from './master-key.ts'
import { type SealPurpose, sealingWith } from './seal.ts'
import { type ByteStep, streamSealingWith } from './seal-stream.ts'
import { type Signer, signersOf, type Verifier, verifiersOf } from './signature.ts'
import type { Bytes, SuiteName } from './suite.ts'

export type MacPurpose = 'content-mac' | 'session' | 'report-verification'

/** A mac with the id of the key it was made under. What is kept for long keeps both: the key is needed until the last of them has ended. */
export type KeyedMac = { readonly mac: Buffer; readonly keyId: string }

const BLIND_INDEX_BYTES = 16
const NO_SALT = Buffer.alloc(0)

/** All that the platform does with secrets. A cipher machine (密码机) or a key service takes this type's place as a whole. */
export type Keys = {
  /** Seals a value. The aad names where it belongs (table, row, column): a ciphertext moved elsewhere does not open. */
  seal(purpose: SealPurpose, plaintext: Bytes, aad: Bytes): Buffer
  /** Opens a value; throws `CiphertextRefusal`. */
  open(sealed: Uint8Array, aad: Bytes): Buffer
  sealStream(purpose: SealPurpose, aad: Bytes): ByteStep
  openStream(aad: Bytes): ByteStep
  /** 16 bytes that find a value without showing it; equal for equal kind and value as long as the key is the active one. */
  blindIndex(kind: string, value: Bytes): Buffer
  /** The same under every key, active one first, for looking up while a rotation is under way. */
  blindIndexes(kind: string, value: Bytes): Buffer[]
  /** 32 bytes under the active key. */
  mac(purpose: MacPurpose, data: Bytes): Buffer
  /** The same with the key's id, to be kept. */
  keyedMac(purpose: MacPurpose, data: Bytes): KeyedMac
  /** The same under every key of the purpose, active one first, for looking up what was kept before a rotation. */
  macs(purpose: MacPurpose, data: Bytes): Buffer[]
  /** Whether `tag` is the mac of `data` under any key of the purpose. */
  isMac(purpose: MacPurpose, data: Bytes, tag: Uint8Array): boolean
  /** The active signing key of each suite present. */
  signers(purpose: SigningPurpose): Signer[]
  /** Public keys of all signing keys, older ones too. */
  verifiers(purpose: SigningPurpose): Verifier[]
}

export type KeysOptions = {
  readonly dir: string
  /** Where the master keys stand; left out: a folder inside `dir`. */
  readonly masterDir?: string | undefined
  /** Whether missing keys are made (example city). Never honoured in production. */
  readonly mayCreate: boolean
  /** Refuses keys that a first start made. */
  readonly production: boolean
  /** Which suite new keys belong to; keys in the folder keep their own. Default `intl`. */
  readonly suite?: SuiteName
  readonly now?: () => Date
}

/**
 * Opens the key folder. Refuses: `keys.missing` (a purpose without a key), `keys.self-made` (production with a key that
 * a first start made), `keys.unwrapped` and `keys.master-beside` (production with a key that lies bare
 * in its file, or whose master key lies in the same folder), and what `readKeys` refuses.
 */
export async function openKeys(options: KeysOptions): Promise<Keys> {
  const { dir, production, now = () => new Date() } = options
  const masterDir = options.masterDir ?? masterDirOf(dir)
  let entries = await readKeys(dir, masterDir)
  const missing = keyPurposes.filter(purpose => !entries.some(entry => entry.purpose === purpose))
  if (missing.length > 0 && options.mayCreate && !production) {
    await makeFirstKeys(options, masterDir, missing, now())
    entries = await readKeys(dir, masterDir)
  }
  const selfMade = entries.filter(entry => entry.madeBy === FIRST_START)
  if (production && selfMade.length > 0) {
    throw new Refusal('keys.self-made', null, { files: selfMade.map(entry => entry.file).join('、') }, 500)
  }
  const ring = ringOf(entries, now)
  for (const purpose of keyPurposes) ring.active(purpose)
  if (production) await requireEnvelopes(dir, masterDir, entries)
  return keysOf(ring, now)
}

/** A lock with its key beside it is none: in production every key is wrapped, and the master key lies elsewhere. */
async function requireEnvelopes(dir: string, masterDir: string, entries: readonly KeyEntry[]): Promise<void> {
  const bare = entries.filter(entry => entry.wrappedBy === null)
  if (bare.length > 0) throw new Refusal('keys.unwrapped', null, { files: bare.map(entry => entry.file).join('、') }, 500)
  if (`${resolve(masterDir)}/`.startsWith(`${resolve(dir)}/`)) throw new Refusal('keys.master-beside', null, { folder: dir }, 500)
  const selfMade = (await readMasters(masterDir)).filter(master => master.madeBy === FIRST_START)
  if (selfMade.length > 0)
    throw new Refusal('keys.self-made', null, { files: selfMade.map(master => master.file).join('、') }, 500)
}

// One file name for each purpose: of two processes that start at once the slower one finds the other's key and takes it.
async function makeFirstKeys(
  { dir, suite = 'intl' }: KeysOptions,
  masterDir: string,
  purposes: readonly KeyPurpose[],
  madeAt: Date,
): Promise<void> {
  const made = { suite, madeAt, madeBy: FIRST_START }
  await makeMaster(masterDir, made, `master-${FIRST_START}`)
  const [master] = await readMasters(masterDir)
  for (const purpose of purposes) await makeKey(dir, { purpose, ...made, master }, `${purpose}-${FIRST_START}`)
}

function keysOf(ring: KeyRing, now: () => Date): Keys {
  const subkeyOf = subkeys()
  const tag = (key: Key, label: string, data: Bytes) => key.suite.mac(subkeyOf(key, label), data)
  const index = (key: Key, kind: string, value: Bytes) => tag(key, `blind-index ${kind}`, value).subarray(0, BLIND_INDEX_BYTES)
  return {
    ...sealingWith(ring),
    ...streamSealingWith(ring),
    blindIndex: (kind, value) => index(ring.active('blind-index'), kind, value),
    blindIndexes: (kind, value) => ring.every('blind-index').map(key => index(key, kind, value)),
    mac: (purpose, data) => tag(ring.active(purpose), 'mac', data),
    keyedMac(purpose, data) {
      const key = ring.active(purpose)
      return { mac: tag(key, 'mac', data), keyId: key.id }
    },
    macs: (purpose, data) => ring.every(purpose).map(key => tag(key, 'mac', data)),
    isMac(purpose, data, given) {
      const matches = ring.every(purpose).filter(key => isEqual(tag(key, 'mac', data), given))
      return matches.length > 0
    },
    signers: purpose => signersOf(ring.every(purpose), now()),
    verifiers: purpose => verifiersOf(ring.every(purpose)),
  }
}

function isEqual(expected: Buffer, given: Uint8Array): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** Derived keys, kept: labels are constants of the code, so there are few. */
function subkeys(): (key: Key, label: string) => KeyObject {
  const kept = new Map<string, KeyObject>()
  return (key, label) => {
    const name = `${key.id} ${label}`
    const known = kept.get(name)
    if (known) return known
    const made = createSecretKey(key.suite.derive(key.master, NO_SALT, `mingxin ${key.purpose} 1 ${label}`, 32))
    kept.set(name, made)
    return made
  }
}
