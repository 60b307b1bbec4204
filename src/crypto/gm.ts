import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { type Aead, type Bytes, NONCE_BYTES, pemOf, type Signing, type Suite } from './suite.ts'

const BLOCK_BYTES = 16
const TAG_BYTES = 32
const ZERO_BLOCK = Buffer.alloc(BLOCK_BYTES)

function tagOf(key: KeyObject, nonce: Uint8Array, ciphertext: readonly Uint8Array[], aad: Uint8Array): Buffer {
  const aadBytes = Buffer.alloc(8)
  aadBytes.writeUIntBE(aad.length, 2, 6)
  const hmac = createHmac('sm3', key).update(aadBytes).update(aad).update(nonce)
  for (const part of ciphertext) hmac.update(part)
  return hmac.digest()
}

/**
 * SM4-CBC, then HMAC-SM3 over aad, nonce and ciphertext (encrypt-then-MAC). Node offers no SM4-GCM,
 * and table-driven SM4 in JavaScript leaks its key through the cache. The nonce, filled up to a block, is encrypted as
 * the first block, so the CBC chain starts from an unpredictable value (NIST SP 800-38A, appendix C).
 */
const aead: Aead = {
  algorithm: 2,
  keyBytes: 32,
  sealedBytes: plaintextBytes => BLOCK_BYTES + (Math.floor(plaintextBytes / BLOCK_BYTES) + 1) * BLOCK_BYTES + TAG_BYTES,
  cipher(material) {
    // Both keys come from all of the material: a key with one bit changed fails at the tag, before anything is decrypted.
    const cipherKey = createSecretKey(createHmac('sm3', material).update('SM4-CBC').digest().subarray(0, BLOCK_BYTES))
    const macKey = createSecretKey(createHmac('sm3', material).update('HMAC-SM3').digest())
    return {
      seal(nonce, plaintext, aad) {
        const cipher = createCipheriv('sm4-cbc', cipherKey, ZERO_BLOCK)
        const first = cipher.update(Buffer.concat([nonce, ZERO_BLOCK.subarray(NONCE_BYTES)]))
        const ciphertext = [first, cipher.update(plaintext), cipher.final()]
        return [...ciphertext, tagOf(macKey, nonce, ciphertext, aad)]
      },
      open(nonce, sealed, aad) {
        const end = sealed.length - TAG_BYTES
        if (end < 2 * BLOCK_BYTES || end % BLOCK_BYTES !== 0) return undefined
        const ciphertext = sealed.subarray(0, end)
        if (!timingSafeEqual(tagOf(macKey, nonce, [ciphertext], aad), sealed.subarray(end))) return undefined
        const decipher = createDecipheriv('sm4-cbc', cipherKey, ciphertext.subarray(0, BLOCK_BYTES))
        return Buffer.concat([decipher.update(ciphertext.subarray(BLOCK_BYTES)), decipher.final()])
      },
    }
  },
}

const USER_ID = '1234567812345678'
const ORDER = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123')
const SPKI_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`)
}

function bytesOf(data: Bytes): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data) : data
}

const signing: Signing = {
  algorithm: 'sm2',
  makeKey() {
    // GB/T 32918.1, 6.1: uniform in [1, n-2], by rejection.
    for (;;) {
      const candidate = randomBytes(32)
      const value = numberOf(candidate)
      if (value >= 1n && value <= ORDER - 2n) return candidate
    }
  },
  publicKeyOf: privateKey => Buffer.from(sm2.getPublicKeyFromPrivateKey(privateKey.toString('hex')), 'hex'),
  signer(privateKey) {
    const secret = privateKey.toString('hex')
    const publicKey = sm2.getPublicKeyFromPrivateKey(secret)
    return data => Buffer.from(sm2.doSignature(bytesOf(data), secret, { hash: true, publicKey, userId: USER_ID }), 'hex')
  },
  verify(publicKey, data, signature) {
    if (signature.length !== 64 || !isPublicKey(publicKey)) return false
    const inRange = [signature.subarray(0, 32), signature.subarray(32)].map(numberOf).every(n => n >= 1n && n < ORDER)
    if (!inRange) return false
    return sm2.doVerifySignature(bytesOf(data), signature.toString('hex'), publicKey.toString('hex'), {
      hash: true,
      userId: USER_ID,
    })
  },
  publicKeyPem: publicKey => pemOf(Buffer.concat([SPKI_PREFIX, publicKey])),
}

// The package tells of a point off the curve only by throwing.
function isPublicKey(publicKey: Buffer): boolean {
  if (publicKey.length !== 65 || publicKey[0] !== 4) return false
  try {
    return sm2.verifyPublicKey(publicKey.toString('hex'))
  } catch {
    return false
  }
}

/** SM3 (GB/T 32905), HMAC-SM3, SM4-CBC with HMAC-SM3 (GB/T 32907), SM2 (GB/T 32918). */
export const gm: Suite = {
  name: 'gm',
  hashName: 'sm3',
  aead,
  signing,
  hash: data => hash('sm3', data, 'buffer'),
  mac: (key, data) => createHmac('sm3', key).update(data).digest(),
  derive: (master, salt, label, bytes) => Buffer.from(hkdfSync('sm3', master, salt, label, bytes)),
}
