import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { type Message, readSignature, signatureBase } from './signature-base.ts'
import { isSignature, readPublicKey } from './signing.ts'

/* RFC 9421, appendix B: the request that its examples sign, its Ed25519 key, what they cover. */

const HEADERS: Readonly<Record<string, string>> = {
  host: 'example.com',
  date: 'Tue, 20 Apr 2021 02:07:55 GMT',
  'content-type': 'application/json',
  'content-digest': 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
  'content-length': '18',
}
const REQUEST: Message = {
  method: 'POST',
  origin: 'https://example.com',
  target: '/foo?param=Value&Pet=dog',
  header: name => HEADERS[name],
}
const PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`

test('RFC 9421 B.2.6 · the Ed25519 example is read, its text is made, its signature is right, and not for one letter more', () => {
  const read = readSignature(
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
  )
  assert.deepEqual([read.keyid, read.created, read.nonce], ['test-key-ed25519', 1618884473, undefined])
  const base = signatureBase(REQUEST, read)
  assert.equal(
    base,
    [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@method": POST',
      '"@path": /foo',
      '"@authority": example.com',
      '"content-type": application/json',
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    ].join('\n'),
  )
  const key = { algorithm: 'ed25519' as const, material: readPublicKey(PUBLIC_KEY) }
  assert.equal(isSignature(key, base, read.signature), true)
  assert.equal(isSignature(key, `${base} `, read.signature), false)
  assert.equal(isSignature(key, signatureBase({ ...REQUEST, method: 'PUT' }, read), read.signature), false)
})

test('RFC 9421 B.2.5 · the text of the HMAC example is the one that its shared secret signs', () => {
  const read = readSignature(
    'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
  )
  const secret = Buffer.from('uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==', 'base64')
  const mac = createHmac('sha256', secret).update(signatureBase(REQUEST, read)).digest()
  assert.deepEqual(mac, read.signature)
})

/** RFC 9421, 2.2: what each derived component is, for one request. */
for (const [target, name, value] of [
  ['/foo?param=Value', '@target-uri', 'https://www.example.com/foo?param=Value'],
  ['/foo?param=Value', '@authority', 'www.example.com'],
  ['/foo?param=Value', '@scheme', 'https'],
  ['/foo?param=Value', '@request-target', '/foo?param=Value'],
  ['/foo?param=Value', '@path', '/foo'],
  ['/foo?param=value&foo=bar&baz=bat%2Dman', '@query', '?param=value&foo=bar&baz=bat%2Dman'],
  ['/foo?', '@query', '?'],
  ['/foo', '@query', '?'],
  ['/', '@path', '/'],
] as const)
  test(`RFC 9421 2.2 · ${name} of ${target} is ${value}`, () => {
    const message = { ...REQUEST, origin: 'https://www.example.com', target }
    assert.equal(signatureBase(message, { components: [name], paramsText: '()' }), `"${name}": ${value}\n"@signature-params": ()`)
  })

for (const [why, input, signature, code] of [
  ['no structured field', 'sig=(', 'sig=:AA==:', 'signature.malformed'],
  ['two signatures', 'a=("@method"), b=("@method")', 'a=:AA==:, b=:AA==:', 'signature.malformed'],
  ['another label', 'a=("@method")', 'b=:AA==:', 'signature.malformed'],
  ['no inner list', 'a="@method"', 'a=:AA==:', 'signature.malformed'],
  ['a text in place of bytes', 'a=("@method")', 'a="AA=="', 'signature.malformed'],
  ['a component twice', 'a=("@method" "@method")', 'a=:AA==:', 'signature.malformed'],
  ['a component with parameters', 'a=("date";bs)', 'a=:AA==:', 'signature.malformed'],
  ['a component that is no text', 'a=(date)', 'a=:AA==:', 'signature.malformed'],
  ['an upper-case header', 'a=("Date")', 'a=:AA==:', 'signature.malformed'],
  ['a time that is a text', 'a=("@method");created="1"', 'a=:AA==:', 'signature.malformed'],
  ['a time that is no whole number', 'a=("@method");created=1.5', 'a=:AA==:', 'signature.malformed'],
  ['a nonce that is a number', 'a=("@method");nonce=1', 'a=:AA==:', 'signature.malformed'],
  ['nothing', '', '', 'signature.malformed'],
] as const)
  test(`M458 · a signature with ${why} is not read`, () => {
    assert.throws(() => readSignature(input, signature), { code })
  })

test('M458 · a component that was not sent, and one that nobody knows, end the reading', () => {
  const text = (name: string) => () => signatureBase(REQUEST, { components: [name], paramsText: '()' })
  assert.throws(text('x-absent'), { code: 'signature.component-missing' })
  assert.throws(text('@status'), { code: 'signature.component-unknown' })
  assert.throws(text('@query-param'), { code: 'signature.component-unknown' })
})
