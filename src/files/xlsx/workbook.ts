import { Refusal } from '../../base/refusal.ts'
import { tags } from './markup.ts'
import { type NumberFormat, numberFormat, plainNumber } from './number-format.ts'
import type { ZipPackage } from './zip.ts'

export type SheetPart = { readonly name: string; readonly isHidden: boolean; readonly part: string }

export type Workbook = {
  readonly sheets: readonly SheetPart[]
  readonly is1904: boolean
  readonly sharedTexts: string | null
  /** By the style number of a cell. */
  readonly formats: readonly NumberFormat[]
}

type Relation = { readonly id: string; readonly type: string; readonly part: string }

/** What a workbook consists of. Refuses `xlsx.unreadable` when no worksheet can be found. */
export async function readWorkbook(zip: ZipPackage): Promise<Workbook> {
  const root = await readRelations(zip, '_rels/.rels', '')
  const book = root.find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  if (!zip.has(book)) throw new Refusal('xlsx.unreadable', null, {}, 422)
  const xml = await zip.readText(book)
  const folder = book.slice(0, book.lastIndexOf('/') + 1)
  const relations = await readRelations(zip, `${folder}_rels/${book.slice(folder.length)}.rels`, folder)
  const sheets = [...findSheets(xml, relations)].filter(({ part }) => zip.has(part))
  if (sheets.length === 0) throw new Refusal('xlsx.unreadable', null, {}, 422)
  const partOf = (type: string) => relations.find(relation => relation.type === type && zip.has(relation.part))?.part ?? null
  const styles = partOf('styles')
  const [properties] = tags(xml, 'workbookPr')
  return {
    sheets,
    is1904: ['1', 'true'].includes(properties?.attributes.get('date1904') ?? ''),
    sharedTexts: partOf('sharedStrings'),
    formats: styles ? findFormats(await zip.readText(styles)) : [],
  }
}

function* findSheets(xml: string, relations: readonly Relation[]): Generator<SheetPart> {
  for (const { attributes } of tags(xml, 'sheet')) {
    const relation = relations.find(({ id }) => id === attributes.get('id'))
    if (relation?.type !== 'worksheet') continue
    const isHidden = (attributes.get('state') ?? 'visible') !== 'visible'
    yield { name: attributes.get('name') ?? '', isHidden, part: relation.part }
  }
}

async function readRelations(zip: ZipPackage, part: string, folder: string): Promise<Relation[]> {
  if (!zip.has(part)) return []
  const relations: Relation[] = []
  for (const { attributes } of tags(await zip.readText(part), 'Relationship')) {
    if (attributes.get('TargetMode') === 'External') continue
    const type = (attributes.get('Type') ?? '').replace(/^.*\//, '')
    relations.push({ id: attributes.get('Id') ?? '', type, part: resolvePart(folder, attributes.get('Target') ?? '') })
  }
  return relations
}

/** A target is a name within the package, never a path of the machine: it is only ever looked up among the entries. */
function resolvePart(folder: string, target: string): string {
  const path = target.startsWith('/') ? target : `/${folder}${target}`
  return new URL(path.replaceAll('\\', '/'), 'zip://package').pathname.slice(1)
}

function findFormats(xml: string): NumberFormat[] {
  const codes = new Map<number, string>()
  for (const { attributes } of tags(xml, 'numFmt')) {
    codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '')
  }
  const cellStyles = /<(?:[\w.-]+:)?cellXfs[\s>][\s\S]*?<\/(?:[\w.-]+:)?cellXfs>/.exec(xml)?.[0] ?? ''
  const formats: NumberFormat[] = []
  for (const { attributes } of tags(cellStyles, 'xf')) {
    const id = Number(attributes.get('numFmtId') ?? 0)
    formats.push(id === 0 ? plainNumber : numberFormat(id, codes.get(id)))
  }
  return formats
}
