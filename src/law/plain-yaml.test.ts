import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { parseText } from './place.ts'
import { DECLINED, readPlain } from './plain-yaml.ts'
import { smallLaw } from './testing-law.ts'

const root = join(import.meta.dirname, '../..')
const files = ['law', 'city'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(one => one.name.endsWith('.yaml'))
    .map(one => join(one.parentPath, one.name)),
)
const texts = [...files.map(file => readFileSync(file, 'utf8')), ...Object.values(smallLaw())]

/** The plain reader may decline; where it answers, the general parser finds no fault and says the same. */
function agree(text: string): boolean {
  const plain = readPlain(text)
  if (plain === DECLINED) return false
  const { document } = parseText(text)
  const found = JSON.stringify(text)
  assert.deepEqual([...document.errors, ...document.warnings], [], found)
  assert.deepEqual(plain, document.toJS(), found)
  return true
}

test('M050 · both readers of YAML say the same of every law file, and the quick one reads nearly all', () => {
  const quick = texts.filter(agree).length
  assert.ok(quick >= texts.length * 0.9, `${quick} of ${texts.length}`)
})

const declined = [
  ['an anchor', 'a: &x 1\nb: *x'],
  ['a merge key with an alias', '<<: *x'],
  ['a key twice', 'a: 1\na: 2'],
  ['a key twice in a flow map', 'a: { b: 1, b: 2 }'],
  ['a tag', 'a: !secret x'],
  ['block text', 'a: |\n  text'],
  ['a folded line', 'a: one\n  two'],
  ['an escape', 'a: "\\u0041"'],
  ['a doubled quote', "a: 'it''s'"],
  ['a tab', 'a:\tb'],
  ['two documents', 'a: 1\n---\nb: 2'],
  ['an octal look-alike', 'a: 010'],
  ['a number with exponent', 'a: 1e3'],
  ['a colon inside', 'a: b: c'],
  ['an open list', 'a: [b, c'],
  ['a list over lines', 'a: [b,\n  c]'],
  ['a trailing comma', 'a: [b, ]'],
  ['a pair in a list', 'a: [b: c]'],
  ['bad indentation', 'a:\n  b: 1\n c: 2'],
  ['a prototype', '__proto__: 1'],
  ['nothing', ''],
  ['a nest of lists', `a: ${'['.repeat(100_000)}`],
  ['a key of a thousand characters', `${'k'.repeat(2000)}: 1`],
  ['a line separator', 'a: b\u2028c'],
] as const
for (const [what, text] of declined)
  test(`M050 · ${what} is left to the general parser`, () => assert.equal(readPlain(text), DECLINED))

const word = fc.oneof(
  fc.constantFrom(
    '名称',
    'a',
    'no',
    'null',
    '~',
    '1',
    '-1',
    '0',
    '010',
    '0x1f',
    '1.5',
    '1.0',
    '.5',
    '+1',
    '1e3',
    '2024-01-01',
    'act#1',
    'a #b',
    '- a',
    'a: b',
    'a:b',
    "it's",
    '"q"',
    '[x]',
    '{',
    '',
    ' ',
    '*a',
    '&a',
    '!t',
    '%',
    '@',
    '|',
    '>',
    '?',
    ',',
    'a,b',
    ':',
    '-',
    '#',
    'TRUE',
    '其他-…',
    '《法》第九条',
    '__proto__',
    'a ',
    ' a',
    '::',
    'a:',
  ),
  fc.string({ maxLength: 8 }),
)
const value = fc.letrec(tie => ({
  any: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(word, tie('any'), { maxKeys: 4 }),
  ),
})).any

test('M050 · both readers agree on generated texts in block and flow style', () => {
  const style = fc.record({
    collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
    indent: fc.integer({ min: 1, max: 4 }),
    indentSeq: fc.boolean(),
    lineWidth: fc.constant(0),
  })
  fc.assert(
    fc.property(fc.dictionary(word, value, { maxKeys: 5 }), style, (content, options) => {
      agree(stringify(content, options))
    }),
    { numRuns: 500 },
  )
})

test('M050 · both readers agree on law files with characters changed', () => {
  const edits = fc.array(
    fc.tuple(
      fc.nat(),
      fc.constantFrom(
        '',
        ' ',
        '\n',
        '\n  ',
        ':',
        ': ',
        '-',
        '- ',
        ',',
        '#',
        ' #',
        "'",
        '"',
        '[',
        ']',
        '{',
        '}',
        '&a',
        '*a',
        '!',
        '|',
        '>',
        '?',
        '~',
        '0',
        '.',
        'e',
        '\t',
        '\r',
        '\\',
        '%',
        '@',
      ),
      fc.integer({ min: 0, max: 2 }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  let answered = 0
  fc.assert(
    fc.property(fc.constantFrom(...texts.filter(text => text.length < 4000)), edits, (text, changes) => {
      const lines = text.split('\n')
      // A window of the file, so that the edit is not lost among lines that are never read for the first fault.
      const from = (changes[0]?.[0] ?? 0) % lines.length
      let part = from % 2 === 0 ? text : lines.slice(from, from + 6).join('\n')
      for (const [where, put, cut] of changes) {
        const at = where % (part.length + 1)
        part = part.slice(0, at) + put + part.slice(at + cut)
      }
      if (agree(part)) answered += 1
    }),
    { numRuns: 2000 },
  )
  assert.ok(answered > 100, `only ${answered} changed files were read by both`)
})
