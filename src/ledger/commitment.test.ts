import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { changedAt } from '../crypto/testing.ts'
import { canonicalJson, commitContent, commitText, type Json, leafOf, newSalts } from './commitment.ts'

const salt = Buffer.alloc(16, 7)

test('RFC 8785 3.2.2 and 3.2.3 · the examples of the standard', () => {
  const value = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  const expected =
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
  assert.equal(canonicalJson(value), expected)
  const keys = { '\u20ac': 'Euro', '\r': 'CR', '\ufb33': 'Dalet', '1': 'One', '\ud83d\ude00': 'Smiley', '\u0080': 'Ctrl', ö: 'O' }
  const order = Object.values(JSON.parse(canonicalJson(keys)))
  assert.deepEqual(new Set(order), new Set(Object.values(keys)))
  assert.match(canonicalJson(keys), /CR.*One.*Ctrl.*O.*Euro.*Smiley.*Dalet/su)
})

// Any UTF-16 units, halves of surrogate pairs among them, and the letters that escapes are made of.
const units = fc.oneof(
  fc.constantFrom(...'"\\u/d8aé甲'),
  fc.integer({ min: 0, max: 0xffff }).map(unit => String.fromCharCode(unit)),
)
const text = fc.oneof(
  fc.string(),
  fc.array(units, { maxLength: 12 }).map(list => list.join('')),
)
const key = fc.oneof(text, fc.constantFrom('1', '10', '2', '', '__proto__', 'toJSON', '字段'))
const scalar = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null))
const flat = fc.dictionary(key, scalar)
const nested = fc.dictionary(key, fc.oneof(scalar, flat, fc.array(scalar), fc.constant(undefined)))

test('RFC 8785 · the fast way writes what the package canonicalize writes, and throws where it throws', () => {
  let texts = 0
  const compare = (value: unknown) => {
    const expected = outcomeOf(() => canonicalize(value))
    if (expected !== 'throws') texts += 1
    assert.equal(
      outcomeOf(() => canonicalJson(value as Json)),
      expected,
    )
  }
  fc.assert(fc.property(fc.oneof(scalar, flat, nested, fc.array(flat)), compare), { numRuns: 5000 })
  assert.ok(texts > 1000)
})

function outcomeOf(write: () => string | undefined): string | undefined {
  try {
    return write()
  } catch {
    return 'throws'
  }
}

test('the order of the members does not matter, their content does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }), record => {
      const reversed = Object.fromEntries(Object.entries(record).reverse())
      assert.deepEqual(commitContent(salt, reversed), commitContent(salt, record))
      const [first = ''] = Object.keys(record)
      assert.notDeepEqual(commitContent(salt, { ...record, [first]: `${record[first]}.` }), commitContent(salt, record))
    }),
  )
})

test('what has no canonical text is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, { a: Number.NaN }, { a: '\ud800' }, { '\udc00': 1 }]) {
    assert.throws(() => canonicalJson(value), Error)
  }
  assert.throws(() => canonicalJson(undefined as unknown as Json), TypeError)
  assert.equal(canonicalJson({ a: '\\ud800' }), '{"a":"\\\\ud800"}')
})

test('invariant 11 · a commitment is SHA-256 of salt and canonical text, of any length', () => {
  for (const content of [{}, { 甲: '乙', a: 1 }, { long: '信'.repeat(40_000) }, [1, { b: 2, a: 1 }], 'x', null]) {
    const canonical = canonicalJson(content)
    const expected = createHash('sha256').update(salt).update(canonical).digest()
    assert.deepEqual(commitContent(salt, content), expected)
    assert.deepEqual(commitText(salt, canonical), expected)
  }
  assert.throws(() => commitContent(Buffer.alloc(15), {}), RangeError)
})

test('invariant 11 · one changed bit of the salt is another commitment', () => {
  const content = { 处罚决定书文号: '示例罚决〔2026〕1号' }
  for (let at = 0; at < 16; at++) assert.notDeepEqual(commitContent(changedAt(salt, at), content), commitContent(salt, content))
})

test('salts are 16 bytes and no two alike; a leaf is SHA-256 of 0x00 and the skeleton', () => {
  const salts = newSalts(5000)
  assert.equal(new Set(salts.map(each => each.toString('hex'))).size, 5000)
  assert.ok(salts.every(each => each.length === 16))
  const expected = createHash('sha256')
    .update(Buffer.from([0]))
    .update('{"甲":1}')
    .digest()
  assert.deepEqual(leafOf('{"甲":1}'), expected)
  assert.deepEqual(leafOf(Buffer.from('{"甲":1}')), expected)
})
