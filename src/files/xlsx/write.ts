import { columnLetters } from '../rows.ts'
import { looksLikeFormula } from '../spreadsheet-safe.ts'
import { markup } from './markup.ts'
import { type CellStyle, cellStyle, styleSheet } from './styles.ts'
import { type PartToWrite, zipStream } from './zip-stream.ts'

export type RowToWrite = {
  readonly cells: readonly string[]
  readonly style: CellStyle
  /** Cells that look otherwise than their row. */
  readonly except?: ReadonlyMap<number, CellStyle>
  /** In points. */
  readonly height?: number
  /** One cell over all columns. */
  readonly isMerged?: boolean
}

export type ColumnToWrite = {
  /** In characters of Latin width. */
  readonly width: number
  /** The drop-down of its cells. Other values stay possible after a warning. */
  readonly values?: readonly string[]
  /** Shown when one of its cells is chosen, at most 255 characters of it. */
  readonly hint?: { readonly title: string; readonly text: string }
}

export type SheetToWrite = {
  readonly name: string
  readonly columns: readonly ColumnToWrite[]
  /** Rows above the data: titles and heading. They stay in sight when the sheet is scrolled. */
  readonly top: readonly RowToWrite[]
  readonly rows: Iterable<RowToWrite> | AsyncIterable<RowToWrite>
}

const LISTS_SHEET = '代码表'
/** Drop-downs reach as far as anybody types; a range down to the last row makes some programs slow. */
const LAST_LISTED_ROW = 20_000
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/**
 * A workbook of one sheet as a stream of bytes (ECMA-376): every cell is text, drop-downs too long for a formula stand on a hidden
 * second sheet. Memory does not grow with the rows.
 */
export function writeWorkbook(sheet: SheetToWrite): AsyncGenerator<Buffer> {
  const lists = sheet.columns
    .map(({ values }) => (values && !fitsFormula(values) ? values : null))
    .filter(values => values !== null)
  const parts: PartToWrite[] = [
    { name: '[Content_Types].xml', text: [contentTypes(lists.length > 0)] },
    { name: '_rels/.rels', text: [relations([['officeDocument', 'xl/workbook.xml']])] },
    { name: 'xl/workbook.xml', text: [workbook(sheet.name, lists.length > 0)] },
    { name: 'xl/_rels/workbook.xml.rels', text: [workbookRelations(lists.length > 0)] },
    { name: 'xl/styles.xml', text: [styleSheet()] },
    { name: 'xl/worksheets/sheet1.xml', text: sheetText(sheet, lists) },
  ]
  if (lists.length > 0) parts.push({ name: 'xl/worksheets/sheet2.xml', text: listsText(lists) })
  return zipStream(parts)
}

async function* sheetText(sheet: SheetToWrite, lists: readonly (readonly string[])[]): AsyncGenerator<string> {
  const { columns, top } = sheet
  const frozen = top.length
  const pane = `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>`
  yield `${DECLARATION}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0">${frozen > 0 ? pane : ''}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`
  const cols = columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="1" customWidth="1"/>`)
  yield cols.length > 0 ? `<cols>${cols.join('')}</cols><sheetData>` : '<sheetData>'
  let number = 0
  for (const row of top) yield rowText(row, ++number)
  for await (const row of sheet.rows) yield rowText(row, ++number)
  yield '</sheetData>'
  const last = columnLetters(Math.max(0, columns.length - 1))
  const merged = top.flatMap(({ isMerged }, i) =>
    isMerged && columns.length > 1 ? [`<mergeCell ref="A${i + 1}:${last}${i + 1}"/>`] : [],
  )
  if (merged.length > 0) yield `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>`
  const validations = columns.map((column, i) => validation(column, i, frozen + 1, lists)).filter(text => text !== '')
  if (validations.length > 0) yield `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`
  yield '</worksheet>'
}

function rowText({ cells, style, except, height }: RowToWrite, number: number): string {
  let text = height === undefined ? `<row r="${number}">` : `<row r="${number}" ht="${height}" customHeight="1">`
  for (const [index, cell] of cells.entries()) {
    const look = except?.get(index) ?? style
    if (cell !== '') text += cellText(cell, look, index, number)
    else if (look !== cellStyle.text) text += `<c r="${letters(index)}${number}" s="${look}"/>`
  }
  return `${text}</row>`
}

function cellText(cell: string, look: CellStyle, index: number, number: number): string {
  const isQuoted = (look === cellStyle.text || look === cellStyle.faulty) && looksLikeFormula(cell)
  const style = isQuoted ? (look === cellStyle.text ? cellStyle.quotedText : cellStyle.quotedFaulty) : look
  const space = cell.trim() === cell && !cell.includes('\n') ? '' : ' xml:space="preserve"'
  return `<c r="${letters(index)}${number}" s="${style}" t="inlineStr"><is><t${space}>${markup(cell)}</t></is></c>`
}

const lettersKnown: string[] = []

function letters(index: number): string {
  lettersKnown[index] ??= columnLetters(index)
  return lettersKnown[index] ?? ''
}

/** A list stands in the formula itself up to 255 characters, if no value has the signs that mean something there. */
function fitsFormula(values: readonly string[]): boolean {
  return values.join(',').length <= 255 && !values.some(value => /[",]/.test(value) || value.trim() !== value)
}

function validation(column: ColumnToWrite, index: number, from: number, lists: readonly (readonly string[])[]): string {
  const { values, hint } = column
  if (!values && !hint) return ''
  const prompt = hint
    ? ` showInputMessage="1" promptTitle="${markup(cut(hint.title, 32))}" prompt="${markup(cut(hint.text, 255))}"`
    : ''
  const where = `sqref="${letters(index)}${from}:${letters(index)}${LAST_LISTED_ROW}"`
  if (!values || values.length === 0) return `<dataValidation allowBlank="1"${prompt} ${where}/>`
  const at = lists.indexOf(values)
  const source = at < 0 ? `"${values.join(',')}"` : `'${LISTS_SHEET}'!$${letters(at)}$1:$${letters(at)}$${values.length}`
  const error = 'errorStyle="warning" errorTitle="不在代码表中" error="请从下拉列表中选择。"'
  return `<dataValidation type="list" ${error} allowBlank="1" showErrorMessage="1"${prompt} ${where}><formula1>${markup(source)}</formula1></dataValidation>`
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`
}

function* listsText(lists: readonly (readonly string[])[]): Generator<string> {
  yield `${DECLARATION}<worksheet ${MAIN}><sheetData>`
  const length = Math.max(...lists.map(values => values.length))
  for (let row = 0; row < length; row++) {
    yield rowText({ cells: lists.map(values => values[row] ?? ''), style: cellStyle.text }, row + 1)
  }
  yield '</sheetData></worksheet>'
}

/** At most 31 characters, none of those that a sheet's name may not have. */
function sheetName(name: string): string {
  const fit = name
    .replace(/[\\/?*[\]:]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .slice(0, 31)
    .toWellFormed()
  return fit.trim() === '' || fit === LISTS_SHEET ? 'Sheet1' : fit
}

function workbook(name: string, hasLists: boolean): string {
  const second = hasLists ? `<sheet name="${LISTS_SHEET}" sheetId="2" state="hidden" r:id="rId2"/>` : ''
  return `${DECLARATION}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets><sheet name="${markup(sheetName(name))}" sheetId="1" r:id="rId1"/>${second}</sheets></workbook>`
}

function workbookRelations(hasLists: boolean): string {
  const second: [string, string] = hasLists ? ['worksheet', 'worksheets/sheet2.xml'] : ['styles', 'styles.xml']
  const all: [string, string][] = [['worksheet', 'worksheets/sheet1.xml'], second]
  return relations(hasLists ? [...all, ['styles', 'styles.xml']] : all)
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const items = targets.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`
}

function contentTypes(hasLists: boolean): string {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (name: string, type: string) => `<Override PartName="/xl/${name}" ContentType="${kind}.${type}+xml"/>`
  const defaults =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
  const second = hasLists ? part('worksheets/sheet2.xml', 'worksheet') : ''
  return `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults}${part('workbook.xml', 'sheet.main')}${part('worksheets/sheet1.xml', 'worksheet')}${second}${part('styles.xml', 'styles')}</Types>`
}
