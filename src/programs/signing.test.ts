import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, hash } from 'node:crypto'
import { test } from 'node:test'
import { isSignature, newSecret, readPublicKey, SECRET_BYTES } from './signing.ts'

/** GB/T 32905-2016, appendix A. */
for (const [text, digest] of [
  ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
] as const)
  test(`GB/T 32905 A · SM3 of ${text.length} characters`, () => {
    assert.equal(hash('sm3', text, 'hex'), digest)
  })

/** HMAC (RFC 2104) written out over SM3, so that the library's is not held against itself. */
function hmacSm3(secret: Buffer, text: string): Buffer {
  const block = Buffer.alloc(64)
  secret.copy(block)
  const pad = (byte: number) => Buffer.from(block.map(one => one ^ byte))
  const inner = hash('sm3', Buffer.concat([pad(0x36), Buffer.from(text)]), 'buffer')
  return hash('sm3', Buffer.concat([pad(0x5c), inner]), 'buffer')
}

test('HMAC-SM3 · a signature is right under its own secret and text, and nothing else', () => {
  const material = Buffer.from('0123456789abcdef0123456789abcdef')
  const key = { algorithm: 'hmac-sm3' as const, material }
  const mac = hmacSm3(material, '签名的文字')
  assert.deepEqual(mac, createHmac('sm3', material).update('签名的文字').digest())
  assert.equal(isSignature(key, '签名的文字', mac), true)
  assert.equal(isSignature(key, '签名的文字。', mac), false)
  assert.equal(isSignature(key, '签名的文字', mac.subarray(0, 31)), false)
  assert.equal(isSignature(key, '签名的文字', Buffer.alloc(0)), false)
  assert.equal(isSignature({ ...key, material: newSecret() }, '签名的文字', mac), false)
  assert.equal(newSecret().length, SECRET_BYTES)
})

test('a public key is the same as PEM, as base64 of either length and as JWK', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const pem = publicKey.export({ format: 'pem', type: 'spki' })
  const jwk = publicKey.export({ format: 'jwk' })
  for (const given of [pem, spki.toString('base64'), spki.subarray(12).toString('base64url'), JSON.stringify(jwk), `  ${pem}`])
    assert.deepEqual(readPublicKey(String(given)), spki)
})

test('another kind of key is none, and a private key is named as one', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' })
  const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'pem', type: 'spki' })
  for (const given of ['', 'x', '{', '{}', '中文', String(rsa), String(x25519), Buffer.alloc(33).toString('base64')])
    assert.throws(() => readPublicKey(given), { code: 'program-key.malformed' })
  assert.throws(() => readPublicKey(String(privateKey.export({ format: 'pem', type: 'pkcs8' }))), { code: 'program-key.private' })
  assert.throws(() => readPublicKey(JSON.stringify(privateKey.export({ format: 'jwk' }))), { code: 'program-key.private' })
})
