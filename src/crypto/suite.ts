import type { KeyObject } from 'node:crypto'

/** Two families of algorithms behind one interface: the international one and 国密 (GM/T, GB/T 39786-2021). */
export type SuiteName = 'intl' | 'gm'

export type Bytes = string | Uint8Array

/** One key's authenticated encryption. A nonce has 12 bytes and is never used twice with the same key. */
export type Cipher = {
  /** Ciphertext and tag in parts, to be written one after the other: joining them here would copy every file once more. */
  seal(nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Buffer[]
  /** Undefined when the key, a byte of the ciphertext, the nonce or the aad is another one. */
  open(nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer | undefined
}

export type Aead = {
  /** The byte that names this algorithm in every ciphertext; never reused for another one. */
  readonly algorithm: number
  readonly keyBytes: number
  sealedBytes(plaintextBytes: number): number
  cipher(key: Buffer): Cipher
}

export type Signing = {
  readonly algorithm: 'ed25519' | 'sm2'
  /** A new private key: 32 bytes. */
  makeKey(): Buffer
  /** Raw public key: 32 bytes (Ed25519), or 65 bytes 04‖x‖y (SM2). */
  publicKeyOf(privateKey: Buffer): Buffer
  /** Signatures have 64 bytes: RFC 8032, or r‖s of GB/T 32918.2 under the user id 1234567812345678. */
  signer(privateKey: Buffer): (data: Bytes) => Buffer
  verify(publicKey: Buffer, data: Bytes, signature: Buffer): boolean
  /** SubjectPublicKeyInfo as PEM, for tools such as openssl. */
  publicKeyPem(publicKey: Buffer): string
}

export type Suite = {
  readonly name: SuiteName
  readonly hashName: 'sha256' | 'sm3'
  readonly aead: Aead
  readonly signing: Signing
  /** 32 bytes. */
  hash(data: Bytes): Buffer
  /** 32 bytes. */
  mac(key: KeyObject, data: Bytes): Buffer
  /** HKDF (RFC 5869) over the suite's hash. */
  derive(master: KeyObject, salt: Uint8Array, label: string, bytes: number): Buffer
}

export const NONCE_BYTES = 12

/** Wraps a DER SubjectPublicKeyInfo in PEM armour. */
export function pemOf(spki: Buffer): string {
  const lines = spki.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`
}
