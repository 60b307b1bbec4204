import type { ReportField, ReportModel, ReportRecord, ReportSection, SpecialReport, StateMark } from './model.ts'
import { columnsOf, emsOf, type Pieces, toPieces } from './pieces.ts'
import { drawQr } from './qr.ts'
import { verifyCodeGroups } from './verify-code.ts'
import { REPORT_WORDS as WORDS } from './wording.ts'

// What template.typ reads. Every decision about content is taken here; the template only sets type.

interface SheetField {
  name: Pieces
  value: Pieces
  basis?: Pieces
  long?: true
}

interface SheetRow {
  fields: SheetField[]
  /** Known to be one line high: the typesetter need not measure it. */
  line: boolean
}

interface SheetRecord {
  heading: Pieces | null
  marks: { state: StateMark['state']; text: Pieces }[]
  rows: SheetRow[]
  comment: Pieces | null
  provenance: Pieces | null
  long: boolean
}

interface SheetSection {
  heading: Pieces
  source: Pieces | null
  paragraphs: Pieces[]
  records: SheetRecord[]
}

// Half-width columns that a value cell holds on one line beside another pair, and from which a cell may break over pages.
const HALF_CELL = 28
const LONG_TEXT = 1200
// Half-width columns of a full row, and the rows from which a record may break over pages; a shorter one stays whole.
const FULL_ROW = 78
const LONG_RECORD = 9
// What surely stays on one line, in ems of its own type: a name in 34 mm less 10 points of 8.5-point type, a value in 52 mm or 138 mm of 9.5-point type.
const NAME_LINE = 10
const HALF_LINE = 14
const FULL_LINE = 39
// Characters of the subject's name in the head of the pages after the first.
const RUNNING_NAME = 28

/** The typesetter's input for a report. `show` turns each text into one that the fonts can print. */
export function toSheet(report: ReportModel, show: (text: string) => string) {
  const say = (text: string) => toPieces(show(text))
  const special = report.kind === 'special' ? report : null
  return {
    words: WORDS,
    documentTitle: `${show(report.title)} ${show(report.subject.name)}`,
    author: show(report.issuer),
    exampleSentence: report.exampleCity ? WORDS.exampleCity : null,
    title: say(report.title),
    runningTitle: say(`${report.title}　${shortened(report.subject.name)}`),
    number: report.number,
    issuer: show(report.issuer),
    subjectName: say(report.subject.name),
    labels: report.labels.map(show),
    particulars: particulars(report).map(([name, value]) => [show(name), say(value)]),
    verify: verifyBlock(report, say),
    window: special ? say(special.window.sentence) : null,
    overview: overview(report.summary, say),
    domains: special ? domainTable(special, say) : null,
    statements: report.statements.map(say),
    sections: [...(special ? domainDetails(special, say) : []), ...report.sections.map(section => toSection(section, say))],
    notes: report.notes.map(say),
  }
}

type Say = (text: string) => Pieces

/** The day and time of an instant as its own offset writes them: 2026-11-21T20:15:30+08:00 → 2026-11-21 20:15:30. */
function localTime(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19).replace(/[^\d:].*$/, '')}`
}

function shortened(name: string): string {
  const characters = Array.from(name)
  return characters.length > RUNNING_NAME ? `${characters.slice(0, RUNNING_NAME - 1).join('')}…` : name
}

function particulars(report: ReportModel): [string, string][] {
  const { subject } = report
  return [
    [WORDS.uscc, subject.uscc],
    [WORDS.subjectKind, subject.kindName],
    ...subject.particulars.map(({ name, value }): [string, string] => [name, value || WORDS.none]),
    [WORDS.number, report.number],
    [WORDS.edition, report.layoutEdition],
    [WORDS.issuedAt, localTime(report.issuedAt)],
    [WORDS.issuer, report.issuer],
    ...(report.validUntil ? [[WORDS.validUntil, report.validUntil] as [string, string]] : []),
  ]
}

function verifyBlock(report: ReportModel, say: Say) {
  const place = report.verifyUrl.split(report.verifyCode)[0]?.replace(/\/$/, '') ?? report.verifyUrl
  return {
    qr: drawQr(report.verifyUrl).svg,
    qrAlt: `${WORDS.verifyCode} ${report.verifyCode}`,
    groups: verifyCodeGroups(report.verifyCode),
    lines: [WORDS.verifyHow, ...(report.validUntil ? [`${WORDS.validUntil}${report.validUntil}`] : [])].map(say),
    place: say(place),
  }
}

function overview(summary: readonly { label: string; count: number }[], say: Say) {
  if (summary.length === 0) return null
  return {
    caption: WORDS.summary,
    labels: summary.map(({ label }) => say(label)),
    counts: summary.map(({ count }) => String(count)),
  }
}

function domainTable(report: SpecialReport, say: Say) {
  let first = 1
  const rows = report.domains.map(domain => {
    const last = first + domain.count - 1
    const where = domain.count === 0 ? WORDS.none : domain.count === 1 ? `第${first}条` : `第${first}至${last}条`
    first = last + 1
    return { found: domain.count > 0, cells: [say(domain.name), say(domain.result), where] }
  })
  return { caption: WORDS.domains, head: WORDS.domainHead, rows, last: [WORDS.criminalRecord, say(report.criminalRecord)] }
}

// Records of a special report are counted through all domains, so that the table can point to them.
function domainDetails(report: SpecialReport, say: Say): SheetSection[] {
  let number = 0
  return report.domains
    .filter(domain => domain.count > 0)
    .map(domain => ({
      heading: say(`${WORDS.domainDetails}：${domain.name}`),
      source: null,
      paragraphs: [],
      records: domain.records.map(record => toRecord(record, ++number, say)),
    }))
}

function toSection(section: ReportSection, say: Say): SheetSection {
  const empty = section.records.length === 0 && section.paragraphs.length === 0
  return {
    heading: say(`${section.no}、${section.title}`),
    source: section.source ? say(section.source) : null,
    paragraphs: (empty ? [section.emptyText] : section.paragraphs).map(say),
    records: section.records.map((record, i) => toRecord(record, section.counted ? i + 1 : null, say)),
  }
}

function toRecord(record: ReportRecord, number: number | null, say: Say): SheetRecord {
  const counter = number === null ? '' : `第${number}条`
  const heading = [counter, record.title].filter(part => part).join('　')
  const rows = toRows(record.fields, say)
  return {
    heading: heading ? say(heading) : null,
    marks: record.marks.map(({ state, text }) => ({ state, text: say(text) })),
    rows,
    comment: record.comment ? say(`${WORDS.comment}${record.comment}`) : null,
    provenance: record.provenance ? say(record.provenance) : null,
    long:
      rows.length + extraLines([...record.fields.flatMap(field => [field.value, field.basis ?? '']), record.comment ?? '']) >
      LONG_RECORD,
  }
}

/** Lines that texts need beyond the one every row has. */
function extraLines(texts: readonly string[]): number {
  const linesOf = (text: string) => text.split('\n').reduce((lines, line) => lines + Math.ceil(columnsOf(line) / FULL_ROW), 0)
  return texts.reduce((sum, text) => sum + Math.max(0, linesOf(text) - 1), 0)
}

/** Two short fields share a row; a longer one has its own. Fields never change places. */
function toRows(fields: readonly ReportField[], say: Say): SheetRow[] {
  const rows: ReportField[][] = []
  let waiting: ReportField[] | null = null
  for (const field of fields) {
    const short = !field.basis && columnsOf(field.value) <= HALF_CELL
    if (short && waiting) {
      waiting.push(field)
      waiting = null
    } else {
      rows.push([field])
      waiting = short ? (rows.at(-1) ?? null) : null
    }
  }
  return rows.map(row => ({ fields: row.map(field => toField(field, say)), line: isLine(row) }))
}

function isLine(row: readonly ReportField[]): boolean {
  const room = row.length === 2 ? HALF_LINE : FULL_LINE
  return row.every(({ name, value, basis }) => !basis && emsOf(name) <= NAME_LINE && emsOf(value) <= room)
}

function toField(field: ReportField, say: Say): SheetField {
  const cell: SheetField = { name: say(field.name), value: say(field.value || WORDS.none) }
  if (field.basis) cell.basis = say(`${WORDS.basis}${field.basis}`)
  if (columnsOf(field.value) > LONG_TEXT || field.value.split('\n').length > 12) cell.long = true
  return cell
}
