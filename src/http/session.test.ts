import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sameText } from './session.ts'

const WANTED = '3d1f6a52-8c0e-4b39-9a54-5f0c1e7d2b88'

for (const [given, is] of [
  [WANTED, true],
  [WANTED.toUpperCase(), false],
  [WANTED.slice(1), false],
  ['', false],
  // As many characters, and twice as many bytes.
  ['é'.repeat(WANTED.length), false],
  [undefined, false],
  [[WANTED], false],
] as const)
  test(`a value that came back is the secret one or is not, whatever was sent: ${String(given).slice(0, 40)} ${is}`, () => {
    assert.equal(sameText(given, WANTED), is)
  })
