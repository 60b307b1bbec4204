import { randomFillSync } from 'node:crypto'
import { CiphertextRefusal, keyOfPrefix, PREFIX_BYTES, prefixOf } from './ciphertext.ts'
import type { Key, KeyRing } from './key-ring.ts'
import { type Bytes, type Cipher, NONCE_BYTES } from './suite.ts'

export type SealPurpose = 'data' | 'file' | 'session'

const VERSION = 1
const SALT_BYTES = 12
const HEADER_BYTES = PREFIX_BYTES + SALT_BYTES + NONCE_BYTES

// Random 96-bit nonces are safe for 2^32 messages of one key (NIST SP 800-38D, 8.3); a city seals more. So each process
// derives a key of its own from the file's key and a random salt, and takes a new salt after this many messages.
const MESSAGES_PER_SALT = 2 ** 16
const OPENERS_KEPT = 1024

type Epoch = { readonly salt: Buffer; readonly prefix: Buffer; readonly cipher: Cipher; left: number }

/** Sealing of values: version, algorithm, key id, salt, nonce, then ciphertext with its tag; the header is authenticated. */
export function sealingWith(ring: KeyRing) {
  const epochs = new Map<string, Epoch>()
  const openers = new Map<string, Cipher>()
  const drawNonce = nonceSource()

  function epochOf(key: Key): Epoch {
    const current = epochs.get(key.id)
    if (current && current.left > 0) return current
    const salt = randomFillSync(Buffer.alloc(SALT_BYTES))
    const epoch = {
      salt,
      prefix: Buffer.concat([prefixOf(VERSION, key), salt]),
      cipher: cipherOf(key, salt),
      left: MESSAGES_PER_SALT,
    }
    epochs.set(key.id, epoch)
    return epoch
  }

  function openerOf(key: Key, salt: Buffer): Cipher {
    const name = key.id + salt.toString('latin1')
    const known = openers.get(name)
    if (known) return known
    const oldest = openers.keys().next()
    if (openers.size >= OPENERS_KEPT && !oldest.done) openers.delete(oldest.value)
    const cipher = cipherOf(key, salt)
    openers.set(name, cipher)
    return cipher
  }

  return {
    seal(purpose: SealPurpose, plaintext: Bytes, aad: Bytes): Buffer {
      const epoch = epochOf(ring.active(purpose))
      epoch.left -= 1
      const nonce = drawNonce()
      const header = Buffer.concat([epoch.prefix, nonce])
      const sealed = epoch.cipher.seal(nonce, bufferOf(plaintext), Buffer.concat([header, bufferOf(aad)]))
      return Buffer.concat([header, ...sealed])
    },

    open(sealed: Uint8Array, aad: Bytes): Buffer {
      if (sealed.length < HEADER_BYTES) throw new CiphertextRefusal('ciphertext.malformed')
      const key = keyOfPrefix(ring, VERSION, sealed)
      const header = bufferOf(sealed.subarray(0, HEADER_BYTES))
      const salt = header.subarray(PREFIX_BYTES, PREFIX_BYTES + SALT_BYTES)
      const nonce = header.subarray(PREFIX_BYTES + SALT_BYTES)
      const plaintext = openerOf(key, salt).open(nonce, sealed.subarray(HEADER_BYTES), Buffer.concat([header, bufferOf(aad)]))
      if (!plaintext) throw new CiphertextRefusal('ciphertext.altered', key.id)
      return plaintext
    },
  }
}

function cipherOf(key: Key, salt: Buffer): Cipher {
  const { aead, derive } = key.suite
  return aead.cipher(derive(key.master, salt, `mingxin seal 1 ${key.purpose}`, aead.keyBytes))
}

function bufferOf(bytes: Bytes): Buffer {
  if (typeof bytes === 'string') return Buffer.from(bytes)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

// One system call for many nonces; every byte is handed out once.
function nonceSource(): () => Buffer {
  const pool = Buffer.alloc(NONCE_BYTES * 256)
  let at = pool.length
  return () => {
    if (at === pool.length) {
      randomFillSync(pool)
      at = 0
    }
    const nonce = Buffer.from(pool.subarray(at, at + NONCE_BYTES))
    at += NONCE_BYTES
    return nonce
  }
}
