import { crc32, deflateRawSync } from 'node:zlib'

/*
 * Files that nobody sends by accident: bombs, torn archives, names with paths in them, tables without an end.
 */

export type HostileFile = { readonly name: string; readonly type: string; readonly bytes: Buffer }

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Entry = { readonly name: string; readonly bytes: Buffer; readonly claimed?: number }

/** A zip archive of these entries; `claimed` is the size that its directory tells in place of the true one. */
export function zipOf(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, bytes, claimed } of entries) {
    const packed = deflateRawSync(bytes, { level: 9 })
    const title = Buffer.from(name)
    const size = claimed ?? bytes.length
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x0800, 6)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(bytes), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    local.copy(entry, 8, 6, 28)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, title, packed)
    directory.push(entry, title)
    at += local.length + title.length + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, index, end])
}

const CONTENT_TYPES = Buffer.from(
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
)
const WORKBOOK = Buffer.from(
  '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
)
const RELATIONS = Buffer.from(
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
)

function xlsxOf(sheet: Buffer, more: readonly Entry[] = [], claimed?: number): Buffer {
  return zipOf([
    { name: '[Content_Types].xml', bytes: CONTENT_TYPES },
    { name: 'xl/workbook.xml', bytes: WORKBOOK },
    { name: 'xl/_rels/workbook.xml.rels', bytes: RELATIONS },
    { name: 'xl/worksheets/sheet1.xml', bytes: sheet, ...(claimed === undefined ? {} : { claimed }) },
    ...more,
  ])
}

const SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
const sheetOf = (rows: string): Buffer => Buffer.from(`${SHEET}${rows}</sheetData></worksheet>`)
const MEGABYTE = 1024 * 1024

/** Files for the doors that take any. Made at each call: some are large. */
export function hostileFiles(): HostileFile[] {
  const table = (name: string, text: string | Buffer, type = 'text/csv'): HostileFile => ({
    name,
    type,
    bytes: Buffer.from(text),
  })
  const bomb = sheetOf(`<row r="1"><c t="inlineStr"><is><t>${'A'.repeat(40 * MEGABYTE)}</t></is></c></row>`)
  return [
    table('empty.csv', ''),
    table('zero.csv', Buffer.alloc(5_000)),
    table('no-end.csv', `"${'a,'.repeat(200_000)}`),
    table('one-line.csv', '列'.repeat(700_000)),
    table('many-columns.csv', `${'列,'.repeat(60_000)}\n${'1,'.repeat(60_000)}\n`),
    table('quotes.csv', `"${'""'.repeat(100_000)}"\n`),
    table('returns.csv', '\r'.repeat(200_000)),
    table('gb.csv', Buffer.from([0xce, 0xde, 0xff, 0xfe, 0x81, 0x30, 0x2c, 0x0a])),
    table('utf16.csv', Buffer.from('行政相对人名称,a\n', 'utf16le')),
    table('../../../etc/cron.d/x.csv', 'a,b\n1,2\n'),
    table('a\u0000.csv', 'a,b\n1,2\n'),
    table(`${'长'.repeat(400)}.csv`, 'a,b\n1,2\n'),
    table('=cmd.csv', "=cmd|' /C calc'!A0,b\n@SUM(1),2\n"),
    table('page.csv', '<html><script>alert(1)</script></html>'),
    table('program.xlsx', Buffer.concat([Buffer.from('\u007fELF'), Buffer.alloc(2_000, 7)]), XLSX),
    table('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])),
    table('deep.json', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'application/json'),
    table('wide.ndjson', `{${Array.from({ length: 30_000 }, (_, i) => `"k${i}":1`).join(',')}}\n`, 'application/x-ndjson'),
    table('torn.ndjson', '{"a":1}\n{"a":\n', 'application/x-ndjson'),
    { name: 'bomb.xlsx', type: XLSX, bytes: xlsxOf(bomb) },
    { name: 'lying-size.xlsx', type: XLSX, bytes: xlsxOf(bomb, [], 1_000) },
    { name: 'claims-much.xlsx', type: XLSX, bytes: xlsxOf(sheetOf(''), [], 0xfffffff0) },
    { name: 'entities.xlsx', type: XLSX, bytes: xlsxOf(laughs()) },
    {
      name: 'outside.xlsx',
      type: XLSX,
      bytes: xlsxOf(sheetOf(''), [{ name: '../../../../tmp/owned', bytes: Buffer.from('x') }]),
    },
    { name: 'far-cell.xlsx', type: XLSX, bytes: xlsxOf(sheetOf('<row r="999999999"><c r="ZZZZZZ999999999"><v>1</v></c></row>')) },
    { name: 'shared.xlsx', type: XLSX, bytes: xlsxOf(sheetOf('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')) },
    { name: 'torn.xlsx', type: XLSX, bytes: xlsxOf(sheetOf('')).subarray(0, 700) },
    { name: 'many.xlsx', type: XLSX, bytes: xlsxOf(sheetOf(''), manyEntries()) },
    { name: 'bomb.zip', type: 'application/zip', bytes: zipOf([{ name: 'a.csv', bytes: Buffer.alloc(60 * MEGABYTE, 0x61) }]) },
  ]
}

function laughs(): Buffer {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
  return Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${levels}]><worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>`,
  )
}

function manyEntries(): Entry[] {
  return Array.from({ length: 20_000 }, (_, i) => ({ name: `xl/media/${i}`, bytes: Buffer.alloc(0) }))
}

/** A multipart body with one file and fields. */
export function multipartOf(
  file: HostileFile,
  fields: Readonly<Record<string, string>>,
): { readonly type: string; readonly body: Buffer } {
  const boundary = 'mingxin-hostile-boundary'
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type}\r\n\r\n`
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...parts, Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}
