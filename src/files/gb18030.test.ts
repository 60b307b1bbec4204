import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeGb18030, findBrokenGb18030 } from './gb18030.ts'

const decoder = new TextDecoder('gb18030', { fatal: true })

test('GB 18030 · every character of the basic plane is encoded and decoded back', () => {
  const wrong: number[] = []
  for (let point = 0; point <= 0xffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue
    const character = String.fromCharCode(point)
    const back = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true }).decode(encodeGb18030(character))
    assert.equal(back.includes('\ufffd'), point === 0xfffd, point.toString(16))
    if (back !== character) wrong.push(point)
  }
  // The former private-use characters come back as the signs they stood for.
  assert.equal(wrong.length, 19)
  assert.equal(
    wrong.every(point => point >= 0xe000 && point <= 0xf8ff),
    true,
  )
})

test('GB 18030 · characters beyond the basic plane, rare characters of names among them, have four bytes', () => {
  for (let point = 0x10000; point <= 0x10ffff; point += 97) {
    const character = String.fromCodePoint(point)
    assert.equal(decoder.decode(encodeGb18030(character)), character, point.toString(16))
  }
  assert.deepEqual([...encodeGb18030('\u{20000}\u{10ffff}')], [0x95, 0x32, 0x82, 0x36, 0xe3, 0x32, 0x9a, 0x35])
})

test('GB 18030 · known codes', () => {
  assert.deepEqual([...encodeGb18030('A中€〔')], [0x41, 0xd6, 0xd0, 0xa2, 0xe3, 0xa1, 0xb2])
})

test('GB 18030 · half of a surrogate pair becomes the replacement character, never a question mark', () => {
  assert.equal(new TextDecoder('gb18030').decode(encodeGb18030('a\ud800b')), 'a\ufffdb')
})

test('GB 18030 · the first broken byte is found', () => {
  const text = encodeGb18030('信用\u{20000}ok')
  assert.equal(findBrokenGb18030(text), -1)
  assert.equal(findBrokenGb18030(Buffer.concat([text, Buffer.from([0xff, 0x41])])), text.length)
  assert.equal(findBrokenGb18030(text.subarray(0, 3)), 2)
})
