import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCommonPassword, isOwnName } from '../../access/common-passwords.ts'
import { codeKey } from '../../access/typed-code.ts'
import { readAsked } from '../../checks/asked.ts'
import { maskAddress, maskFreeText } from '../../disclosure/mask.ts'
import { neutralise, readBack } from '../../files/spreadsheet-safe.ts'
import { parseVerifyCode } from '../../reports/verify-code.ts'
import { tidyCode } from '../../subject/code-text.ts'
import { nameKey, personNameKey } from '../../subject/name.ts'
import { maskResidentNumbers } from '../../subject/resident-numbers.ts'
import { parseUscc } from '../../subject/uscc.ts'
import { parseDecimal, parseInteger, parseMulti, parseText, tidyDocumentNumber } from '../../validation/value.ts'

// A pattern that goes back and forth over a text takes a text of one person's making for ever. Every reader of typed text is given those on
// which patterns are known to lose themselves, a hundred thousand characters long: what is read once takes milliseconds, what is read again
// for every character takes minutes.

const LENGTH = 100_000
const MOST_MS = 3_000

const TEXTS: Readonly<Record<string, string>> = {
  'one letter': 'a'.repeat(LENGTH),
  'one digit': '1'.repeat(LENGTH),
  'one Chinese character': '省'.repeat(LENGTH),
  blanks: ' '.repeat(LENGTH),
  'blanks and a letter': `${' '.repeat(LENGTH)}x`,
  'other blanks': '\u3000\u00a0\u2009'.repeat(LENGTH / 3),
  'line ends': '\r\n'.repeat(LENGTH / 2),
  brackets: '（'.repeat(LENGTH),
  'brackets in pairs': '〔2026〕'.repeat(LENGTH / 6),
  hyphens: '-'.repeat(LENGTH),
  'digits with hyphens': '1-'.repeat(LENGTH / 2),
  'digits with blanks': '1 '.repeat(LENGTH / 2),
  'almost ID numbers': '11010519491231002'.repeat(LENGTH / 17),
  'commas and points': '1,1.'.repeat(LENGTH / 4),
  signs: '=+@'.repeat(LENGTH / 3),
  'characters beyond the basic plane': '𠮷'.repeat(LENGTH / 2),
  'marks that join': 'e\u0301'.repeat(LENGTH / 2),
  'road and number': '路1号'.repeat(LENGTH / 3),
}

const LIST = new Set(['没收违法所得、没收非法财物', '1，1', '罚款'])

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  maskResidentNumbers,
  maskFreeText,
  maskAddress,
  nameKey,
  personNameKey,
  tidyCode,
  parseUscc,
  parseText,
  parseInteger,
  parseDecimal,
  parseMulti: text => parseMulti(text, LIST),
  tidyDocumentNumber,
  neutralise,
  readBack,
  readAsked,
  parseVerifyCode,
  codeKey,
}

for (const [name, read] of Object.entries(READERS))
  test(`ASVS 1.2.9 · 2.4.1 · no text of a hundred thousand characters holds ${name} up`, () => {
    for (const [what, text] of Object.entries(TEXTS)) {
      const began = performance.now()
      read(text)
      const took = performance.now() - began
      assert.ok(took < MOST_MS, `${what}: ${took.toFixed(0)} ms`)
    }
  })

// The longest that a door lets through.
for (const [what, text] of Object.entries(TEXTS))
  test(`ASVS 1.2.9 · a password of ${what} is judged at once`, () => {
    const began = performance.now()
    isCommonPassword(text.slice(0, 400))
    isOwnName(text.slice(0, 400), [text.slice(0, 400), 'clerk'])
    assert.ok(performance.now() - began < 500)
  })
