import { columnLetters } from '../files/rows.ts'
import { markup } from '../files/xlsx/markup.ts'
import { zipStream } from '../files/xlsx/zip-stream.ts'
import { serialOf } from './layout.ts'

/** What a cell of a column is in a workbook as offices make them: text, a day as a serial number, a number. */
export type CellShape = 'text' | 'day' | 'number'

export type BookToWrite = {
  readonly sheet: string
  /** One merged row each, above the heading. */
  readonly titles: readonly string[]
  readonly headings: readonly string[]
  readonly shapes: readonly CellShape[]
  readonly rows: Iterable<readonly string[]>
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const STYLES = `${DECLARATION}<styleSheet ${MAIN}><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

/**
 * A workbook as a department's system or a clerk makes it: merged titles, days as serials, amounts as numbers, codes as text. The platform's
 * own writer makes all cells text, which is what a template should be and what these files are not. Memory does not grow with the rows.
 */
export function writeBook(book: BookToWrite): AsyncGenerator<Buffer> {
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/worksheets/sheet1.xml', 'worksheet'],
    ['/xl/styles.xml', 'styles'],
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${KIND}.${type}+xml"/>`)
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
  const relations = (...items: string[]): string[] => [
    `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`,
  ]
  return zipStream([
    {
      name: '[Content_Types].xml',
      text: [
        `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
      ],
    },
    { name: '_rels/.rels', text: relations(relation(1, 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      text: [
        `${DECLARATION}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets><sheet name="${markup(book.sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: relations(relation(1, 'worksheet', 'worksheets/sheet1.xml'), relation(2, 'styles', 'styles.xml')),
    },
    { name: 'xl/styles.xml', text: [STYLES] },
    { name: 'xl/worksheets/sheet1.xml', text: sheetText(book) },
  ])
}

function* sheetText({ titles, headings, shapes, rows }: BookToWrite): Generator<string> {
  yield `${DECLARATION}<worksheet ${MAIN}><sheetData>`
  let number = 0
  for (const title of titles) yield rowText([title], [], ++number)
  yield rowText(headings, [], ++number)
  for (const cells of rows) yield rowText(cells, shapes, ++number)
  yield '</sheetData>'
  const last = columnLetters(headings.length - 1)
  const merged = titles.map((_, i) => `<mergeCell ref="A${i + 1}:${last}${i + 1}"/>`)
  if (merged.length > 0) yield `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>`
  yield '</worksheet>'
}

function rowText(cells: readonly string[], shapes: readonly CellShape[], number: number): string {
  let text = `<row r="${number}">`
  for (const [index, cell] of cells.entries())
    if (cell !== '') text += cellText(cell, shapes[index] ?? 'text', `${columnLetters(index)}${number}`)
  return `${text}</row>`
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const NUMBER = /^\d{1,12}(?:\.\d{1,4})?$/

function cellText(cell: string, shape: CellShape, place: string): string {
  // What no clerk's spreadsheet would take for a day or a number stays the text that was typed.
  if (shape === 'day' && DAY.test(cell) && isRealDay(cell)) return `<c r="${place}" s="1"><v>${serialOf(cell)}</v></c>`
  if (shape === 'number' && NUMBER.test(cell)) return `<c r="${place}"><v>${cell}</v></c>`
  const space = cell.trim() === cell ? '' : ' xml:space="preserve"'
  return `<c r="${place}" t="inlineStr"><is><t${space}>${markup(cell)}</t></is></c>`
}

function isRealDay(text: string): boolean {
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
}
