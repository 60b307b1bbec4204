import { randomBytes } from 'node:crypto'
import { CiphertextRefusal, keyOfPrefix, PREFIX_BYTES, prefixOf } from './ciphertext.ts'
import type { Key, KeyRing } from './key-ring.ts'
import type { SealPurpose } from './seal.ts'
import { type Bytes, type Cipher, NONCE_BYTES } from './suite.ts'

/** A step for `stream/promises` `pipeline()`, or to be called with any source of byte chunks. */
export type ByteStep = (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Buffer>

const VERSION = 2
const SALT_BYTES = 32
const HEADER_BYTES = PREFIX_BYTES + SALT_BYTES
const FRAME_BYTES = 64 * 1024
const NO_AAD = Buffer.alloc(0)

/**
 * Sealing of files after the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): a header of version,
 * algorithm, key id and salt, then frames of 64 KiB of plaintext. Each file has a key of its own, derived from salt and
 * aad; each frame's nonce is its number and whether it is the last, so frames cannot be cut off, moved or repeated.
 * Memory: one frame in, one frame out.
 */
export function streamSealingWith(ring: KeyRing) {
  return {
    sealStream(purpose: SealPurpose, aad: Bytes): ByteStep {
      return async function* seal(source) {
        const key = ring.active(purpose)
        const salt = randomBytes(SALT_BYTES)
        const cipher = cipherOf(key, salt, aad)
        yield Buffer.concat([prefixOf(VERSION, key), salt])
        let number = 0
        for await (const { bytes, isLast } of blocksOf(source, () => FRAME_BYTES)) {
          yield* cipher.seal(nonceOf(number, isLast), bytes, NO_AAD).filter(part => part.length > 0)
          number += 1
        }
      }
    },

    /** What was yielded before a refusal is authentic but not whole: act on it only when the stream has ended. */
    openStream(aad: Bytes): ByteStep {
      return async function* open(source) {
        let size = HEADER_BYTES
        let cipher: Cipher | undefined
        let number = 0
        for await (const { bytes, isLast } of blocksOf(source, () => size)) {
          if (!cipher) {
            if (isLast) throw new CiphertextRefusal('ciphertext.truncated')
            const key = keyOfPrefix(ring, VERSION, bytes)
            cipher = cipherOf(key, bytes.subarray(PREFIX_BYTES), aad)
            size = key.suite.aead.sealedBytes(FRAME_BYTES)
            continue
          }
          yield openFrame(cipher, number, isLast, bytes)
          number += 1
        }
      }
    },
  }
}

function openFrame(cipher: Cipher, number: number, isLast: boolean, frame: Buffer): Buffer {
  const plaintext = cipher.open(nonceOf(number, isLast), frame, NO_AAD)
  if (plaintext) return plaintext
  const isCutOff = isLast && cipher.open(nonceOf(number, false), frame, NO_AAD) !== undefined
  throw new CiphertextRefusal(isCutOff ? 'ciphertext.truncated' : 'ciphertext.altered')
}

// The aad has its part in the key, not in each frame: another aad means another key and the first frame already fails.
function cipherOf(key: Key, salt: Buffer, aad: Bytes): Cipher {
  const { aead, derive, hash } = key.suite
  return aead.cipher(derive(key.master, salt, `mingxin stream 1 ${key.purpose} ${hash(aad).toString('hex')}`, aead.keyBytes))
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES)
  nonce.writeUIntBE(number, 5, 6)
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0
  return nonce
}

type Block = { readonly bytes: Buffer; readonly isLast: boolean }

/**
 * Cuts chunks into blocks of `sizeOf()` bytes, asked anew after each; only the last may be shorter, and it is empty only
 * if it is the only one. `bytes` is overwritten once the next block is asked for.
 */
async function* blocksOf(source: AsyncIterable<Uint8Array>, sizeOf: () => number): AsyncGenerator<Block> {
  let block = Buffer.allocUnsafe(sizeOf())
  let filled = 0
  for await (const chunk of source) {
    let at = 0
    while (at < chunk.length) {
      if (filled === block.length) {
        yield { bytes: block, isLast: false }
        filled = 0
        if (block.length !== sizeOf()) block = Buffer.allocUnsafe(sizeOf())
      }
      const taken = Math.min(block.length - filled, chunk.length - at)
      block.set(chunk.subarray(at, at + taken), filled)
      filled += taken
      at += taken
    }
  }
  yield { bytes: block.subarray(0, filled), isLast: true }
}
