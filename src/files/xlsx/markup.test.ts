import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { markup, plainText, tags } from './markup.ts'

const tokens = fc.constantFrom(
  '_',
  'x',
  '_x000D_',
  '_x005F_',
  '000D',
  '&',
  '&amp;',
  '&#13;',
  '<',
  '>',
  '"',
  '\r',
  '\n',
  '\t',
  '\u0001',
  '\uffff',
  '甲',
  '\u{20000}',
)

test('SpreadsheetML · any text is written so that it reads back', () => {
  fc.assert(
    fc.property(fc.array(tokens, { maxLength: 8 }), parts => assert.equal(plainText(markup(parts.join(''))), parts.join(''))),
    { numRuns: 2000 },
  )
})

test('SpreadsheetML · what is written has no bare sign of XML and no control character', () => {
  assert.equal(markup('a<b>&"_x000D_\r'), 'a&lt;b&gt;&amp;&quot;_x005F_x000D__x000D_')
})

test('SpreadsheetML · line ends are those of XML, unknown references stay', () => {
  assert.equal(plainText('a\r\nb\rc&nbsp;&#x4E2D;&#1114112;'), 'a\nb\nc&nbsp;中&#1114112;')
})

test('SpreadsheetML · elements of a small part: prefixes, both quotes, references', () => {
  const found = [...tags(`<x:sheets><x:sheet name='a&amp;b' r:id="r1"/><x:sheetPr k="v"/></x:sheets>`, 'sheet')]
  assert.deepEqual(
    found.map(({ attributes }) => [...attributes]),
    [
      [
        ['name', 'a&b'],
        ['id', 'r1'],
      ],
    ],
  )
})
