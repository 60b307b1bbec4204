import { writeCsv } from './csv-text.ts'
import { EXAMPLE_MARK } from './header.ts'
import { cellStyle } from './xlsx/styles.ts'
import { type ColumnToWrite, type RowToWrite, writeWorkbook } from './xlsx/write.ts'

export type TemplateColumn = {
  readonly name: string
  /** How to fill it in, in one or two sentences. */
  readonly note: string
  readonly required: boolean
  /** The code list, for the drop-down. */
  readonly values?: readonly string[]
  readonly kind: 'text' | 'code' | 'day' | 'amount' | 'number'
  /** In characters of Latin width. */
  readonly width: number
}

export type Template = {
  readonly title: string
  /** The code of the unit the template was made for, shown in its title lines. */
  readonly unitCode?: string
  readonly columns: readonly TemplateColumn[]
  /** One value a column; the row is marked and is never taken for data. */
  readonly example: readonly string[]
}

const NOTE_BY_KIND: Readonly<Record<TemplateColumn['kind'], string>> = {
  text: '',
  code: '按文本填写，不要省略前面的0。',
  day: '格式：2026-11-21。',
  amount: '只填数字，不带单位和千分位逗号。',
  number: '只填数字。',
}

/**
 * A template to be filled in: title, unit, a note on each column, the heading, an example. All cells are text, required columns
 * carry a star and another colour, code lists are drop-downs, and each cell shows its column's note when chosen.
 */
export function writeTemplate(format: 'xlsx' | 'csv', template: Template): AsyncGenerator<Buffer> {
  return format === 'xlsx' ? writeTemplateBook(template) : writeTemplateCsv(template)
}

/** CSV has no place for notes: heading and example alone, in UTF-8 with a byte order mark, which spreadsheets need. */
function writeTemplateCsv(template: Template): AsyncGenerator<Buffer> {
  const format = { kind: 'csv', encoding: 'utf-8', hasMark: true, delimiter: ',', newline: '\r\n', hasSepLine: false } as const
  return writeCsv(format, [template.columns.map(headingOf), exampleCells(template)])
}

function writeTemplateBook(template: Template): AsyncGenerator<Buffer> {
  const { title, unitCode, columns } = template
  const required = new Map(
    columns.flatMap(({ required }, index) => (required ? [[index, cellStyle.requiredHeading] as const] : [])),
  )
  const top: RowToWrite[] = [{ cells: [title], style: cellStyle.title, isMerged: true, height: 28 }]
  const line = unitCode === undefined ? '带*的列必须填写。' : `报送单位代码：${unitCode}　　带*的列必须填写。`
  top.push({ cells: [line], style: cellStyle.note, isMerged: true, height: 20 })
  top.push({ cells: columns.map(noteOf), style: cellStyle.note, height: 78 })
  top.push({ cells: columns.map(headingOf), style: cellStyle.heading, except: required, height: 30 })
  return writeWorkbook({
    name: title,
    columns: columns.map(columnOf),
    top,
    rows: [{ cells: exampleCells(template), style: cellStyle.example }],
  })
}

function headingOf({ name, required }: TemplateColumn): string {
  return required ? `${name}*` : name
}

function noteOf({ note, kind }: TemplateColumn): string {
  return note.includes(NOTE_BY_KIND[kind]) ? note : `${note}${NOTE_BY_KIND[kind]}`
}

function columnOf(column: TemplateColumn): ColumnToWrite {
  const hint = { title: column.name, text: `${column.required ? '必填。' : '选填。'}${noteOf(column)}` }
  return column.values ? { width: column.width, values: column.values, hint } : { width: column.width, hint }
}

function exampleCells({ columns, example }: Template): string[] {
  const cells = columns.map((_, index) => example[index] ?? '')
  const first = cells.findIndex(cell => cell.trim() !== '')
  // The mark goes into the first filled cell, which is where it is looked for.
  return cells.map((cell, index) => (index === Math.max(0, first) ? `${EXAMPLE_MARK}${cell}` : cell))
}
