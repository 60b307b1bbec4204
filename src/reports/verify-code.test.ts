import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isVerifyCode, makeVerifyCode, parseVerifyCode, VERIFY_CODE_LENGTH, verifyCodeGroups } from './verify-code.ts'

const bytes = fc.uint8Array({ minLength: 19, maxLength: 19 })
const codes = bytes.map(random => makeVerifyCode(random))
const ALPHABET = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']

test('M147 · a code is 20 characters, of which 19 carry 95 random bits', () => {
  fc.assert(
    fc.property(bytes, random => {
      const code = makeVerifyCode(random)
      assert.match(code, /^[0-9A-HJKMNP-TV-Z]{20}$/)
      assert.deepEqual(
        [...code.slice(1)].map(character => ALPHABET.indexOf(character)),
        Array.from(random, byte => byte & 31),
      )
    }),
  )
  assert.equal(19 * Math.log2(ALPHABET.length), 95)
  assert.equal(new Set(Array.from({ length: 2000 }, () => makeVerifyCode())).size, 2000)
})

test('M147 · every single wrong character is found', () => {
  fc.assert(
    fc.property(codes, fc.nat(VERIFY_CODE_LENGTH - 1), fc.constantFrom(...ALPHABET), (code, at, wrong) => {
      fc.pre(code[at] !== wrong)
      const parsed = parseVerifyCode(code.slice(0, at) + wrong + code.slice(at + 1))
      assert.equal(parsed.ok ? 'accepted' : parsed.code, 'verify-code.check')
    }),
    { numRuns: 2000 },
  )
})

test('M147 · every exchange of two characters, neighbours or not, is found', () => {
  fc.assert(
    fc.property(codes, fc.nat(VERIFY_CODE_LENGTH - 1), fc.nat(VERIFY_CODE_LENGTH - 1), (code, a, b) => {
      fc.pre(code[a] !== code[b])
      const characters = [...code]
      const [first, second] = [code[a] ?? '', code[b] ?? '']
      characters[a] = second
      characters[b] = first
      assert.equal(parseVerifyCode(characters.join('')).ok, false)
    }),
    { numRuns: 2000 },
  )
})

const code = makeVerifyCode(Uint8Array.from([0, 1, 0, 1, 31, 30, 29, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 0]))
const forgiven = [
  ['lower case', code.toLowerCase()],
  ['groups with blanks', verifyCodeGroups(code).join(' ')],
  ['groups with hyphens', verifyCodeGroups(code).join('-')],
  ['long dashes and full-width blanks', verifyCodeGroups(code).join('—　')],
  ['O for 0', code.replaceAll('0', 'O')],
  ['o for 0', code.replaceAll('0', 'o')],
  ['I for 1', code.replaceAll('1', 'I')],
  ['l for 1', code.replaceAll('1', 'l')],
  ['full-width letters', [...code].map(c => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join('')],
  ['blanks around', `  ${code}\n`],
  ['the whole address', `https://credit.example/verify/${code}`],
  ['an address with a query', `https://credit.example/verify/${code}/?from=qr`],
] as const
for (const [what, typed] of forgiven) {
  test(`M147 · a typed code is forgiven ${what}`, () => assert.deepEqual(parseVerifyCode(typed), { ok: true, value: code }))
}

const refusals = [
  ['', 'verify-code.length'],
  [code.slice(0, 19), 'verify-code.length'],
  [`${code}0`, 'verify-code.length'],
  [`${code.slice(0, 19)}U`, 'verify-code.character'],
  [`${code.slice(0, 19)}码`, 'verify-code.character'],
] as const
for (const [typed, refusal] of refusals) {
  test(`M147 · “${typed}” is refused: ${refusal}`, () => {
    const parsed = parseVerifyCode(typed)
    assert.equal(parsed.ok ? null : parsed.code, refusal)
  })
}

test('M147 · only the stored form is the code itself', () => {
  assert.equal(isVerifyCode(code), true)
  assert.equal(isVerifyCode(code.toLowerCase()), false)
  assert.equal(isVerifyCode(verifyCodeGroups(code).join(' ')), false)
})
