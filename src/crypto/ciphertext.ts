import { Refusal } from '../base/refusal.ts'
import type { Key, KeyRing } from './key-ring.ts'

/** Ciphertext that does not open. `altered` covers a wrong key, a changed byte and another aad: they cannot be told apart. */
export class CiphertextRefusal extends Refusal {
  constructor(
    code: 'ciphertext.malformed' | 'ciphertext.key-unknown' | 'ciphertext.altered' | 'ciphertext.truncated',
    keyId?: string,
  ) {
    super(code, null, { keyId }, 500)
    this.name = 'CiphertextRefusal'
  }
}

/** Every ciphertext starts with version (1 byte), algorithm (1 byte) and key id (4 bytes). */
export const PREFIX_BYTES = 6

export function prefixOf(version: number, key: Key): Buffer {
  return Buffer.concat([Buffer.from([version, key.suite.aead.algorithm]), Buffer.from(key.id, 'hex')])
}

/** The key a ciphertext names. Refuses another version, an unknown key, and an algorithm that is not the key's. */
export function keyOfPrefix(ring: KeyRing, version: number, header: Uint8Array): Key {
  if (header.length < PREFIX_BYTES || header[0] !== version) throw new CiphertextRefusal('ciphertext.malformed')
  const id = Buffer.from(header.subarray(2, PREFIX_BYTES)).toString('hex')
  const key = ring.find(id)
  if (!key) throw new CiphertextRefusal('ciphertext.key-unknown', id)
  if (header[1] !== key.suite.aead.algorithm) throw new CiphertextRefusal('ciphertext.malformed', id)
  return key
}
