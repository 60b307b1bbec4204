import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeAt, newTotpSecret, stepOfCode, totpUri, typedSecret } from './totp.ts'

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
const SECRET = Buffer.from('12345678901234567890', 'ascii')
for (const [seconds, eight] of [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const)
  test(`RFC 6238 appendix B · at ${seconds} s the code is ${eight.slice(2)}, and its step is known`, () => {
    const at = new Date(seconds * 1000)
    assert.equal(codeAt(SECRET, at), eight.slice(2))
    assert.equal(stepOfCode(SECRET, eight.slice(2), at), Math.floor(seconds / 30))
  })

for (const [late, counts] of [
  [-60, false],
  [-30, true],
  [0, true],
  [30, true],
  [60, false],
] as const)
  test(`RFC 6238 5.2 · a phone whose clock is ${late} s off ${counts ? 'is' : 'is not'} taken`, () => {
    const at = new Date('2026-11-20T04:00:10Z')
    const code = codeAt(SECRET, new Date(at.getTime() + late * 1000))
    assert.equal(stepOfCode(SECRET, code, at) !== null, counts)
  })

test('a secret has 160 bits, is typed in groups of four and scanned with the name of platform and login', () => {
  const secret = newTotpSecret()
  assert.equal(secret.length, 20)
  assert.match(typedSecret(secret), /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  const uri = new URL(totpUri(secret, '信用澜川（示例）', 'clerk.market'))
  assert.equal(uri.protocol, 'otpauth:')
  assert.equal(uri.searchParams.get('secret'), typedSecret(secret).replaceAll(' ', ''))
  assert.deepEqual(
    [uri.searchParams.get('issuer'), uri.searchParams.get('digits'), uri.searchParams.get('period')],
    ['信用澜川（示例）', '6', '30'],
  )
})
