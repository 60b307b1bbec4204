import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { hashToken, newToken } from '../http/session.ts'
import { checkPassword, hashPassword, LONGEST_PASSWORD, verifyPassword } from './password.ts'
import { newCode } from './typed-code.ts'

const fits = async (password: string): Promise<boolean> =>
  (await checkPassword(password, { isStaff: true, known: ['clerk'], breachedFile: null })).ok
const LONG = randomBytes(75).toString('base64url').slice(0, 100)

for (const [what, kept, typed, same] of [
  ['the same', 'Lanze 2 Yunlu!', 'Lanze 2 Yunlu!', true],
  ['other letters', 'Lanze 2 Yunlu!', 'lanze 2 yunlu!', false],
  ['a blank behind it', 'Lanze 2 Yunlu!', 'Lanze 2 Yunlu! ', false],
  ['a blank before it', 'Lanze 2 Yunlu!', ' Lanze 2 Yunlu!', false],
  ['blanks that are its own', '  Lanze 2 Yunlu  ', '  Lanze 2 Yunlu  ', true],
  ['its last character of a hundred', `${LONG}x`, `${LONG}y`, false],
  ['its beginning', `${LONG}x`, LONG, false],
  ['more behind a zero character', 'Lanze 2 Yunlu!\u0000a', 'Lanze 2 Yunlu!\u0000b', false],
  ['full width', 'Lanze 2 Yunlu!', 'Ｌanze 2 Yunlu!', false],
  ['the same letters from another keyboard', 'caf\u00e9 crème 2026', 'cafe\u0301 crème 2026', true],
] as const)
  test(`ASVS 6.2.8 · a password is compared as typed: ${what}: ${same}`, async () => {
    assert.equal(await verifyPassword(await hashPassword(kept), typed), same)
  })

for (const [what, password] of [
  ['64 characters', LONG.slice(0, 64)],
  ['the most there may be', randomBytes(300).toString('base64url').slice(0, LONGEST_PASSWORD)],
  ['words with blanks', '清风徐来 水波不兴 举酒属客'],
  ['small letters only', 'zhouyichibifu renxu'],
  ['signs only', '§¶†‡•°´¨≠±∑∂∆'],
  ['pictures', '🌊🚣🍶🎋🌙⛰️🪨💧🌬️🐚🦆🎐🪷'],
] as const)
  test(`ASVS 6.2.5 · 6.2.9 · any characters make a password: ${what}`, async () => {
    assert.equal(await fits(password), true)
  })

test('ASVS 7.2.3 · a session token has 256 random bits, no two alike, and is kept as its SHA-256', () => {
  const tokens = Array.from({ length: 2_000 }, () => newToken('mxs'))
  assert.equal(new Set(tokens).size, tokens.length)
  for (const token of tokens) assert.match(token, /^mxs_[\w-]{43}$/)
  // Each of the 256 bits is set about half of the time: 2,000 throws, eight standard deviations.
  const bytes = tokens.map(token => Buffer.from(token.slice(4), 'base64url'))
  for (let bit = 0; bit < 256; bit++) {
    const set = bytes.filter(one => ((one[bit >> 3] ?? 0) >> (bit & 7)) & 1).length
    assert.ok(Math.abs(set - 1_000) < 180, `bit ${bit}: ${set}`)
  }
  assert.equal(hashToken(tokens[0] ?? '').length, 32)
})

test('ASVS 6.5.3 · 6.5.4 · typed codes are random: every sign comes up, in every place, about as often', () => {
  const codes = Array.from({ length: 3_200 }, () => newCode(10))
  assert.equal(new Set(codes).size, codes.length)
  for (let place = 0; place < 10; place++) {
    const counts = new Map<string, number>()
    for (const code of codes) counts.set(code.charAt(place), (counts.get(code.charAt(place)) ?? 0) + 1)
    assert.equal(counts.size, 32, `place ${place}`)
    for (const [sign, count] of counts) assert.ok(count > 20 && count < 220, `${sign} at ${place}: ${count}`)
  }
})
