import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf, readAll, workbookOf } from '../testing.ts'
import { zipStream } from './zip-stream.ts'

const one = '<row r="1"><c r="A1"><v>1</v></c></row>'

test('XLSX · a zip bomb is refused before it is unpacked', async () => {
  const bomb = await bytesOf(workbookOf(`<row r="1"><c><v>1</v></c></row>${' '.repeat(40 * 1024 * 1024)}`))
  assert.ok(bomb.length < 200_000)
  await assert.rejects(readAll(bomb), { code: 'xlsx.too-large' })
  const rows = await bytesOf(workbookOf('<row><c><v>1</v></c></row>'.repeat(800_000)))
  await assert.rejects(readAll(rows, { limits: { entryRatio: 20 } }), { code: 'xlsx.too-large' })
  assert.equal((await readAll(rows)).length, 800_000)
})

test('XLSX · a part that unpacks to more than it declares is refused', async () => {
  const bytes = await bytesOf(workbookOf(one))
  const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml')
  bytes.writeUInt32LE(20, name - 46 + 24)
  await assert.rejects(readAll(bytes), { code: 'xlsx.too-large' })
})

test('XLSX · a part larger than the limit is refused', () =>
  assert.rejects(readAll(workbookOf(one), { limits: { entryBytes: 50 } }), { code: 'xlsx.too-large' }))

test('XLSX · one changed byte is found by the checksum', async () => {
  const bytes = await bytesOf(workbookOf(one))
  const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml')
  bytes.writeUInt32LE((bytes.readUInt32LE(name - 46 + 16) ^ 1) >>> 0, name - 46 + 16)
  await assert.rejects(readAll(bytes), { code: 'file.broken' })
})

test('XLSX · damaged packed bytes are refused', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => `<row r="${i + 1}"><c><v>${(i * 7919) % 10007}</v></c></row>`).join('')
  const bytes = await bytesOf(workbookOf(rows))
  const middle = bytes.indexOf('xl/worksheets/sheet1.xml') + 2000
  bytes.fill(0xff, middle, middle + 64)
  await assert.rejects(readAll(bytes), { code: /^(file\.broken|xlsx\.unreadable|xlsx\.too-large)$/ })
})

test('XLSX · a file cut off is refused', async () => {
  const bytes = await bytesOf(workbookOf(one))
  await assert.rejects(readAll(bytes.subarray(0, -30)), { code: 'file.broken' })
})

test('XLSX · names that leave the package, come twice or are too many are refused', async () => {
  const names = (...all: string[]) => zipStream(all.map(name => ({ name, text: ['x'] })))
  await assert.rejects(readAll(names('../xl/workbook.xml')), { code: 'file.broken' })
  await assert.rejects(readAll(names('xl/workbook.xml', 'XL/Workbook.xml')), { code: 'xlsx.unreadable' })
  await assert.rejects(readAll(names(...Array.from({ length: 2001 }, (_, i) => `a${i}`))), { code: 'xlsx.too-large' })
})

test('XLSX · entity declarations are refused wherever they stand', async () => {
  const entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
  const xml = `<?xml version="1.0"?>${entity}<worksheet><sheetData>${one}</sheetData></worksheet>`
  await assert.rejects(readAll(workbookOf([{ name: 'a', xml }])), { code: 'xlsx.entity' })
  await assert.rejects(readAll(workbookOf(one, { styles: `${entity}<styleSheet/>` })), { code: 'xlsx.entity' })
  await assert.rejects(readAll(workbookOf(one, { shared: `${entity}<si><t>&a;</t></si>` })), {
    code: /xlsx\.(entity|unreadable)/,
  })
})

test('XLSX · texts beyond what memory allows are refused', async () => {
  const shared = Array.from({ length: 100 }, (_, i) => `<si><t>text ${i}</t></si>`).join('')
  await assert.rejects(readAll(workbookOf(one, { shared }), { limits: { sharedTextBytes: 500 } }), { code: 'xlsx.too-large' })
  await assert.rejects(readAll(workbookOf(one, { shared }), { limits: { sharedTexts: 50 } }), { code: 'xlsx.too-large' })
})

test('XLSX · markup that is cut off, a text that is not there, bytes that are not UTF-8 are refused', async () => {
  await assert.rejects(readAll(workbookOf('<row r="1"><c t="s"><v>3</v></c></row>')), { code: 'xlsx.unreadable' })
  await assert.rejects(readAll(workbookOf('<row r="1"><c><v>1</row>')), { code: 'xlsx.unreadable' })
  await assert.rejects(readAll(workbookOf([{ name: 'a', xml: `<worksheet><sheetData>${one}` }])), { code: 'xlsx.unreadable' })
  await assert.rejects(readAll(workbookOf([])), { code: 'xlsx.unreadable' })
  assert.deepEqual(await readAll(workbookOf([{ name: 'a', xml: '<worksheet><sheetData/></worksheet>' }])), [])
})
