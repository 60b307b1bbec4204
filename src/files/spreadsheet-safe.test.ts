import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { looksLikeFormula, neutralise, readBack } from './spreadsheet-safe.ts'

const written = [
  ['=1+1', "'=1+1"],
  ['+86', "'+86"],
  ['-', "'-"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['＝1', "'＝1"],
  ["'=1", "''=1"],
  ['-12.50', '-12.50'],
  ["'甲", "'甲"],
  ['甲=乙', '甲=乙'],
  ['', ''],
] as const
for (const [text, safe] of written) {
  test(`formula injection · ${JSON.stringify(text)} is written ${JSON.stringify(safe)}`, () => {
    assert.equal(neutralise(text), safe)
    assert.equal(readBack(safe), text)
  })
}

const risky = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '＝', '1', '甲', '.'), maxLength: 8 })

test('formula injection · what is written is never a formula and is read back unchanged', () => {
  fc.assert(
    fc.property(fc.oneof(risky, fc.string({ unit: 'binary' })), text => {
      assert.equal(readBack(neutralise(text)), text)
      assert.equal(looksLikeFormula(neutralise(text)), false)
    }),
    { numRuns: 2000 },
  )
})
