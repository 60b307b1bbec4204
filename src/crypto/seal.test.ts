import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CiphertextRefusal } from './ciphertext.ts'
import type { Keys } from './keys.ts'
import { changedAt, temporaryKeys } from './testing.ts'

const bytes = fc.uint8Array({ maxLength: 200 })
const FRAME = 64 * 1024

async function* chunksOf(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

async function collected(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

const sealAll = (keys: Keys, plain: Uint8Array, chunk: number) =>
  collected(keys.sealStream('file', 'aad')(chunksOf(plain, chunk)))
const openAll = (keys: Keys, sealed: Uint8Array, chunk: number, aad = 'aad') =>
  collected(keys.openStream(aad)(chunksOf(sealed, chunk)))
const isRefusal = (error: unknown) => error instanceof CiphertextRefusal
const pattern = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 0xff))

for (const suite of ['intl', 'gm'] as const) {
  test(`${suite} · a sealed value opens with its aad alone, and not with any bit changed or byte missing`, async t => {
    const keys = await temporaryKeys(t, suite)
    fc.assert(
      fc.property(bytes, bytes, fc.nat(), fc.nat(7), (plain, aad, place, bit) => {
        const sealed = keys.seal('data', plain, aad)
        assert.deepEqual(keys.open(sealed, aad), Buffer.from(plain))
        assert.throws(() => keys.open(changedAt(sealed, place % sealed.length, bit), aad), CiphertextRefusal)
        assert.throws(() => keys.open(sealed.subarray(0, place % sealed.length), aad), CiphertextRefusal)
        assert.throws(() => keys.open(sealed, Buffer.concat([aad, Buffer.from([bit])])), CiphertextRefusal)
      }),
    )
  })

  test(`${suite} · every byte of one sealed value matters`, async t => {
    const keys = await temporaryKeys(t, suite)
    const sealed = keys.seal('data', '110000199001010000', 'person/1')
    for (let at = 0; at < sealed.length; at++) {
      assert.throws(() => keys.open(changedAt(sealed, at), 'person/1'), CiphertextRefusal, `byte ${at}`)
    }
  })

  test(`${suite} · the same value sealed twice looks different; a value of a stranger names an unknown key`, async t => {
    const [keys, stranger] = [await temporaryKeys(t, suite), await temporaryKeys(t, suite)]
    assert.notDeepEqual(keys.seal('data', 'x', ''), keys.seal('data', 'x', ''))
    const unknown = (error: unknown) => error instanceof CiphertextRefusal && error.code === 'ciphertext.key-unknown'
    assert.throws(() => keys.open(stranger.seal('data', 'x', ''), ''), unknown)
  })

  test(`${suite} · a stream of any length in chunks of any size opens to what was sealed`, async t => {
    const keys = await temporaryKeys(t, suite)
    for (const length of [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 17]) {
      for (const chunk of [1000, FRAME, FRAME + 3, 4 * FRAME]) {
        const plain = pattern(length)
        const sealed = await sealAll(keys, plain, chunk)
        assert.ok((await openAll(keys, sealed, chunk + 77)).equals(plain), `${length} in ${chunk}`)
      }
    }
  })

  test(`${suite} · a stream with a changed bit, a cut, an appendix or another aad is refused`, async t => {
    const keys = await temporaryKeys(t, suite)
    const sealed = await sealAll(keys, pattern(3 * FRAME + 17), FRAME)
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
        await assert.rejects(openAll(keys, changedAt(sealed, at, bit), FRAME), isRefusal)
        await assert.rejects(openAll(keys, sealed.subarray(0, at), FRAME), isRefusal)
      }),
      {
        numRuns: 60,
        examples: [
          [0, 0],
          [6, 1],
          [37, 7],
          [38, 0],
          [sealed.length - 1, 0],
        ],
      },
    )
    await assert.rejects(openAll(keys, Buffer.concat([sealed, Buffer.from([0])]), FRAME), isRefusal)
    await assert.rejects(openAll(keys, sealed, FRAME, 'other'), isRefusal)
  })

  test(`${suite} · frames cut off at their border, swapped, repeated, dropped or taken from another file are refused`, async t => {
    const keys = await temporaryKeys(t, suite)
    const [sealed, other] = [await sealAll(keys, pattern(4 * FRAME), FRAME), await sealAll(keys, pattern(4 * FRAME), FRAME)]
    const frame = (sealed.length - 38) / 4
    const cut = (from: Buffer) => [0, 1, 2, 3].map(i => from.subarray(38 + i * frame, 38 + (i + 1) * frame))
    const [first, second, third, last] = cut(sealed)
    const head = sealed.subarray(0, 38)
    const [, foreign] = cut(other)
    assert.ok(first && second && third && last && foreign)
    const whole = Buffer.concat([head, first, second, third, last])
    assert.equal((await openAll(keys, whole, FRAME)).length, 4 * FRAME)
    const truncated = (error: unknown) => error instanceof CiphertextRefusal && error.code === 'ciphertext.truncated'
    await assert.rejects(openAll(keys, Buffer.concat([head, first, second]), FRAME), truncated)
    await assert.rejects(openAll(keys, head, FRAME), truncated)
    const wrong = { swapped: [second, first, third, last], repeated: [first, first, third, last], dropped: [first, third, last] }
    const more = { foreign: [first, foreign, third, last], longer: [first, second, third, last, last] }
    for (const [name, frames] of Object.entries({ ...wrong, ...more })) {
      await assert.rejects(openAll(keys, Buffer.concat([head, ...frames]), FRAME), isRefusal, name)
    }
  })
}

test('a value is no stream and a stream no value', async t => {
  const keys = await temporaryKeys(t)
  await assert.rejects(openAll(keys, keys.seal('data', pattern(500), 'aad'), FRAME), isRefusal)
  const sealed = await sealAll(keys, pattern(10), FRAME)
  assert.throws(() => keys.open(sealed, 'aad'), CiphertextRefusal)
})

test('sealing takes a new salt after 2^16 values, and both sides of the change open', { timeout: 60_000 }, async t => {
  const keys = await temporaryKeys(t)
  const first = keys.seal('session', 'x', '')
  let last = first
  for (let i = 1; i < 2 ** 16; i++) last = keys.seal('session', 'x', '')
  const next = keys.seal('session', 'x', '')
  const saltOf = (sealed: Buffer) => sealed.subarray(6, 18).toString('hex')
  assert.equal(saltOf(last), saltOf(first))
  assert.notEqual(saltOf(next), saltOf(first))
  assert.equal(keys.open(first, '').toString() + keys.open(next, '').toString(), 'xx')
})
