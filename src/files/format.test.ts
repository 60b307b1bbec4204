import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../base/refusal.ts'
import { detectFormat } from './format.ts'
import { encodeGb18030 } from './gb18030.ts'
import { rowsOf, withFile, workbookOf } from './testing.ts'
import { zipStream } from './xlsx/zip-stream.ts'

const csv = { kind: 'csv', encoding: 'utf-8', hasMark: false, delimiter: ',', newline: '\n', hasSepLine: false }
const text = '名称,代码\n甲公司,91\n'

const formats: readonly (readonly [title: string, content: string | Buffer, format: object])[] = [
  ['UTF-8', text, csv],
  ['UTF-8 with a mark', `\ufeff${text}`, { ...csv, hasMark: true }],
  ['GB 18030', encodeGb18030(text), { ...csv, encoding: 'gb18030' }],
  [
    'UTF-16',
    Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le'),
    { ...csv, encoding: 'utf-16le', hasMark: true, delimiter: '\t' },
  ],
  ['semicolons and CR LF', 'a;b;c\r\n1,5;2;3\r\n', { ...csv, delimiter: ';', newline: '\r\n' }],
  ['tabs', 'a\tb\n1,2\t3\n', { ...csv, delimiter: '\t' }],
  ['a title line without delimiters', '一览表\na,b\n1,2\n', csv],
  ['delimiters within quotes do not count', 'a;b\n"x,y,z,w";2\n"x,y,z,w";3\n', { ...csv, delimiter: ';' }],
  ['the sep line of Excel', 'sep=;\na;b\n', { ...csv, delimiter: ';', hasSepLine: true }],
  ['a JSON array', '[{"a":1}]', { kind: 'json', member: null, encoding: 'utf-8', hasMark: false }],
  [
    'a JSON object around an array',
    '{"n":1,"data":[{"a":1}]}',
    { kind: 'json', member: 'data', encoding: 'utf-8', hasMark: false },
  ],
  ['NDJSON', '{"a":1}\n{"a":2}\n', { kind: 'ndjson', encoding: 'utf-8', hasMark: false }],
  ['one line of NDJSON', '{"a":1}', { kind: 'ndjson', encoding: 'utf-8', hasMark: false }],
  ['a heading in square brackets is no JSON', '[编号],名称\n1,甲\n', csv],
]
for (const [title, content, format] of formats) {
  test(`format · ${title}`, () => withFile(content, async path => assert.deepEqual(await detectFormat(path), format)))
}

test('format · a workbook, whatever its name', () =>
  withFile(workbookOf('<row r="1"><c r="A1"><v>1</v></c></row>'), async path => {
    assert.deepEqual(await detectFormat(path), { kind: 'xlsx' })
  }))

const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)])
const encrypted = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(100)])
const zipOf = (...names: string[]) => zipStream(names.map(name => ({ name, text: ['x'] })))

const refused: readonly (readonly [code: string, content: string | Uint8Array | AsyncIterable<Buffer>])[] = [
  ['file.empty', ''],
  ['file.empty', ' \n\n'],
  ['file.pdf', '%PDF-1.7 …'],
  ['file.image', Buffer.from('89504e470d0a1a0a0000', 'hex')],
  ['file.image', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['file.archive', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1')],
  ['file.archive', Buffer.from('377abcaf271c0004', 'hex')],
  ['file.archive', zipOf('a.csv', 'b.csv')],
  ['file.not-a-table', zipOf('[Content_Types].xml', '_rels/.rels', 'word/document.xml')],
  ['file.xlsb', zipOf('[Content_Types].xml', '_rels/.rels', 'xl/workbook.bin')],
  ['file.open-document', zipOf('mimetype', 'content.xml')],
  ['file.broken', Buffer.from('PK\x03\x04 cut off', 'latin1')],
  ['file.xls-old', ole],
  ['file.encrypted', encrypted],
  ['file.web-page', '<html><table><tr><td>1</td></tr></table></html>'],
  ['file.web-page', '<?xml version="1.0"?><Workbook/>'],
  ['file.format-unknown', Buffer.from('0001000200030004', 'hex')],
]
for (const [code, content] of refused) {
  test(`format · refused with ${code}`, () =>
    withFile(content, path => assert.rejects(detectFormat(path), { name: 'Refusal', code })))
}

test('encoding · text that is UTF-8 up to one bad byte is refused with the place, not read as something else', async () => {
  const good = Buffer.from('统一社会信用代码,行政相对人名称\n'.repeat(40_000))
  const bad = Buffer.concat([good, Buffer.from([0xd6, 0x2c]), good])
  await withFile(bad, async path => {
    await assert.rejects(detectFormat(path), (error: unknown) => {
      assert.ok(error instanceof Refusal)
      assert.deepEqual(error.facts, { encoding: 'UTF-8', offset: good.length, line: 40_001 })
      return true
    })
  })
})

test('encoding · a file cut off within a character is refused', () =>
  withFile(Buffer.from('统一社会信用代码,名称\n甲').subarray(0, -1), path =>
    assert.rejects(detectFormat(path), { code: 'file.encoding-broken' }),
  ))

test('encoding · a megabyte of ASCII before the first Chinese character does not decide it', async () => {
  const content = Buffer.concat([Buffer.from('a,b\n'.repeat(400_000)), encodeGb18030('甲公司,\u{20000}\n')])
  await withFile(content, async path => {
    const rows = await rowsOf(path)
    assert.deepEqual(rows.at(-1), { row: 400_001, cells: ['甲公司', '\u{20000}'] })
  })
})

test('encoding · GB 18030 with a byte it does not know is refused with its place', async () => {
  const good = encodeGb18030('甲公司,一二三\n'.repeat(30_000))
  await withFile(Buffer.concat([good, Buffer.from([0xb0, 0xff]), good]), async path => {
    await assert.rejects(rowsOf(path), (error: unknown) => {
      assert.ok(error instanceof Refusal)
      assert.deepEqual(error.facts, { encoding: 'GB18030', offset: good.length, line: 30_001 })
      return true
    })
  })
})
