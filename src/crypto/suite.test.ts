import assert from 'node:assert/strict'
import { createCipheriv, createPublicKey, createSecretKey, verify } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { sm2, sm3, sm4 } from 'sm-crypto-v2'
import { gm } from './gm.ts'
import { intl } from './intl.ts'
import type { Suite } from './suite.ts'

const suites: readonly Suite[] = [intl, gm]
const hex = (text: string) => Buffer.from(text, 'hex')

const digests = [
  ['GB/T 32905 A.1', gm, 'abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['GB/T 32905 A.2', gm, 'abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ['FIPS 180-4', intl, 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
] as const
for (const [source, suite, text, digest] of digests) {
  test(`${source} · ${suite.hashName} of ${text.length} bytes`, () => assert.equal(suite.hash(text).toString('hex'), digest))
}

test('GB/T 32907 A.1 · SM4 of the standard block', () => {
  const block = '0123456789abcdeffedcba9876543210'
  const cipher = createCipheriv('sm4-ecb', hex(block), null).setAutoPadding(false)
  assert.equal(cipher.update(hex(block)).toString('hex'), '681edf34d206965e86b3e94f536e4246')
})

test('GB/T 32918.5 A.2 · the standard SM2 signature verifies under user id 1234567812345678, and no other does', () => {
  const publicKey = hex(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  )
  const privateKey = hex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
  const signature = hex(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  )
  assert.deepEqual(gm.signing.publicKeyOf(privateKey), publicKey)
  assert.equal(gm.signing.verify(publicKey, 'message digest', signature), true)
  assert.equal(gm.signing.verify(publicKey, 'message digesT', signature), false)
  const otherUser = sm2.doSignature('message digest', privateKey.toString('hex'), { hash: true, userId: '' })
  assert.equal(gm.signing.verify(publicKey, 'message digest', hex(otherUser)), false)
})

test('GB/T 32918.2 · a signature part outside 1 to n-1, and a key that is no point, are refused without an error', () => {
  const key = gm.signing.makeKey()
  const publicKey = gm.signing.publicKeyOf(key)
  const good = gm.signing.signer(key)('x')
  const zero = Buffer.alloc(32)
  const high = Buffer.alloc(32, 0xff)
  for (const part of [zero, high]) {
    assert.equal(gm.signing.verify(publicKey, 'x', Buffer.concat([part, good.subarray(32)])), false)
    assert.equal(gm.signing.verify(publicKey, 'x', Buffer.concat([good.subarray(0, 32), part])), false)
  }
  assert.equal(gm.signing.verify(Buffer.alloc(65, 4), 'x', good), false)
  assert.equal(gm.signing.verify(publicKey.subarray(1), 'x', good), false)
})

test('RFC 8032 7.1 test 2 · Ed25519', () => {
  const seed = hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
  const publicKey = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
  assert.deepEqual(intl.signing.publicKeyOf(seed), publicKey)
  const signature = intl.signing.signer(seed)(Buffer.from([0x72]))
  assert.equal(
    signature.toString('hex'),
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  )
  const pem = createPublicKey(intl.signing.publicKeyPem(publicKey))
  assert.equal(verify(null, Buffer.from([0x72]), pem, signature), true)
})

test('SM2 public keys leave as PEM that OpenSSL reads as the curve SM2', () => {
  const pem = gm.signing.publicKeyPem(gm.signing.publicKeyOf(gm.signing.makeKey()))
  assert.equal(createPublicKey(pem).export({ format: 'pem', type: 'spki' }), pem)
})

test('HMAC-SM3 and SM4-CBC agree with an independent implementation', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.uint8Array({ maxLength: 200 }), (key, data) => {
      const expected = sm3(data, { mode: 'hmac', key: Buffer.from(key).toString('hex') })
      assert.equal(gm.mac(createSecretKey(key), data).toString('hex'), expected)
      const material = Buffer.alloc(gm.aead.keyBytes, 7)
      const nonce = Buffer.alloc(12, 9)
      const sealed = Buffer.concat(gm.aead.cipher(material).seal(nonce, data, Buffer.alloc(0)))
      const cipherKey = sm3('SM4-CBC', { mode: 'hmac', key: material.toString('hex') }).slice(0, 32)
      const block = Buffer.concat([nonce, Buffer.alloc(4), data])
      const cbc = sm4.encrypt(block, cipherKey, { mode: 'cbc', iv: '00'.repeat(16) })
      assert.equal(sealed.subarray(0, -32).toString('hex'), cbc)
    }),
  )
})

for (const suite of suites) {
  test(`${suite.name} · an AEAD opens what it sealed, and refuses another key, nonce, aad or any changed bit`, () => {
    const material = fc.uint8Array({ minLength: suite.aead.keyBytes, maxLength: suite.aead.keyBytes })
    const nonce = fc.uint8Array({ minLength: 12, maxLength: 12 })
    const bytes = fc.uint8Array({ maxLength: 80 })
    fc.assert(
      fc.property(material, nonce, bytes, bytes, fc.nat(), fc.nat(7), (key, number, plain, aad, place, bit) => {
        const cipher = suite.aead.cipher(Buffer.from(key))
        const sealed = Buffer.concat(cipher.seal(number, plain, aad))
        assert.equal(sealed.length, suite.aead.sealedBytes(plain.length))
        assert.deepEqual(cipher.open(number, sealed, aad), Buffer.from(plain))
        const turn = (from: Uint8Array) => from.map((byte, i) => (i === place % from.length ? byte ^ (1 << bit) : byte))
        assert.equal(cipher.open(number, turn(sealed), aad), undefined)
        assert.equal(cipher.open(turn(number), sealed, aad), undefined)
        assert.equal(suite.aead.cipher(Buffer.from(turn(key))).open(number, sealed, aad), undefined)
        assert.equal(cipher.open(number, sealed, Buffer.concat([aad, Buffer.from([0])])), undefined)
        assert.equal(cipher.open(number, sealed.subarray(0, place % sealed.length), aad), undefined)
      }),
    )
  })

  test(`${suite.name} · a signature verifies for its text and key alone, with no bit changed`, () => {
    const [key, other] = [suite.signing.makeKey(), suite.signing.makeKey()]
    const publicKey = suite.signing.publicKeyOf(key)
    const signature = suite.signing.signer(key)('决定')
    assert.equal(suite.signing.verify(publicKey, '决定', signature), true)
    assert.equal(suite.signing.verify(publicKey, '决定。', signature), false)
    assert.equal(suite.signing.verify(suite.signing.publicKeyOf(other), '决定', signature), false)
    for (let at = 0; at < signature.length; at += 3) {
      const changed = signature.map((byte, i) => (i === at ? byte ^ 1 : byte))
      assert.equal(suite.signing.verify(publicKey, '决定', Buffer.from(changed)), false, `byte ${at}`)
    }
  })
}
