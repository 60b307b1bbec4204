import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectFormat } from './format.ts'
import { type ReadOptions, readRows } from './read.ts'
import type { SheetRow } from './rows.ts'
import { zipStream } from './xlsx/zip-stream.ts'

/** Runs a test with a file of these bytes; the file is gone afterwards. */
export async function withFile<T>(
  content: string | Uint8Array | AsyncIterable<Buffer>,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-files-'))
  try {
    const path = join(folder, 'delivery')
    await writeFile(path, content)
    return await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** All rows of a file whose format is found out. */
export async function rowsOf(path: string, options: Omit<ReadOptions, 'format'> = {}): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const chunk of readRows(path, { ...options, format: await detectFormat(path) })) rows.push(...chunk.rows)
  return rows
}

/** All rows of a file of these bytes. */
export function readAll(
  content: string | Uint8Array | AsyncIterable<Buffer>,
  options: Omit<ReadOptions, 'format'> = {},
): Promise<SheetRow[]> {
  return withFile(content, path => rowsOf(path, options))
}

export async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

export type SheetXml = { readonly name: string; readonly xml: string; readonly state?: string }

/** A workbook from the markup of its parts, as other programs write it. */
export function workbookOf(
  sheets: readonly SheetXml[] | string,
  parts: { readonly shared?: string; readonly styles?: string; readonly is1904?: boolean } = {},
): AsyncGenerator<Buffer> {
  const all =
    typeof sheets === 'string' ? [{ name: 'Sheet1', xml: `<worksheet><sheetData>${sheets}</sheetData></worksheet>` }] : sheets
  const relations = all.map((_, i) => `<Relationship Id="rId${i + 1}" Type="x/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
  if (parts.shared !== undefined) relations.push('<Relationship Id="s" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/>')
  if (parts.styles !== undefined) relations.push('<Relationship Id="t" Type="x/styles" Target="styles.xml"/>')
  const listed = all.map(
    ({ name, state }: SheetXml, i) =>
      `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  )
  const properties = parts.is1904 ? '<workbookPr date1904="1"/>' : ''
  return zipStream([
    { name: '[Content_Types].xml', text: ['<Types/>'] },
    {
      name: '_rels/.rels',
      text: ['<Relationships><Relationship Id="b" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>'],
    },
    { name: 'xl/workbook.xml', text: [`<workbook>${properties}<sheets>${listed.join('')}</sheets></workbook>`] },
    { name: 'xl/_rels/workbook.xml.rels', text: [`<Relationships>${relations.join('')}</Relationships>`] },
    ...(parts.shared === undefined ? [] : [{ name: 'xl/sharedStrings.xml', text: [`<sst>${parts.shared}</sst>`] }]),
    ...(parts.styles === undefined ? [] : [{ name: 'xl/styles.xml', text: [parts.styles] }]),
    ...all.map(({ xml }, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, text: [xml] })),
  ])
}
