import { day as dayOf, daysBetween } from '../base/day.ts'
import { headingUnit } from '../files/header.ts'
import type { Source } from '../law/city-model.ts'
import type { ItemEdition } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import type { Dress } from './dress.ts'
import { dressOf } from './dress.ts'
import { type Content, LONG_TERM } from './record.ts'

export type Column = {
  readonly heading: string
  /** Null for a column that the sender has and the catalogue does not want. */
  readonly field: Field | null
  readonly isOperation: boolean
  readonly unit: 'yuan' | 'wan-yuan'
  /** Older tables give a list of kinds in several columns: which of them. */
  readonly part: number | null
  /** Our value → the sender's. */
  readonly values: ReadonlyMap<string, string>
}

/** A source's file as its department lays it out. */
export type FileLayout = {
  readonly source: Source
  readonly item: ItemEdition
  readonly columns: readonly Column[]
  readonly dress: Dress
  /** Column code → place. */
  readonly places: ReadonlyMap<string, number>
}

/** Optional columns that departments fill though nobody makes them. */
const ALSO = new Set(
  'CF_NR_FK CF_NR_WFFF CF_NR_ZKDX CF_CFCX CF_SXFL CF_GSJZQ XK_XKZS XK_XKBH ZCZB LX JYFW HYDM ZXRQ DXRQ CYM YXQZI WLXNR WNZJNR LXZTRDRQ LXZTRDDW LXZTRDDWDM CNYXQ JCSXBH CLYJ YCRQ YCYY YCJG GSJZQ LRYJ LRWSH YXJZQ RYDJ ZSCQYXQZ ZT PJPC PJFZ SBYXQ HYDW HYRQ JCRQ ZGLB YXQZ ZGZT ZTMC TYSHXYDM FZJYFW FZCLRQ WLXBF BZ TQJE TQRS'.split(
    ' ',
  ),
)

/** The layout that a source's description and its item imply: every heading is one the line knows. */
export function layoutOf(source: Source, item: ItemEdition): FileLayout {
  const wanted = new Set([...Object.values(source.columns), ...roleColumns(item), ...ALSO])
  const fields = item.fields.filter(
    ({ code, required }) => source.constants[code] === undefined && (required || wanted.has(code)),
  )
  const columns = fields.flatMap(field => {
    const names = headingsOf(source, item, field)
    return names.map((heading, part) => column(source, field, heading, names.length > 1 ? part : null))
  })
  for (const heading of source.ignored) columns.push(bare(heading, false))
  if (source.operation) columns.push(bare(source.operation, true))
  const ordered = inSendersOrder(source, columns)
  const places = new Map<string, number>()
  for (const [place, { field }] of ordered.entries()) if (field && !places.has(field.code)) places.set(field.code, place)
  return { source, item, columns: ordered, dress: dressOf(source.source), places }
}

/** The sender's own heading, the older table's, or the catalogue's. An older table has no column for what it did not know. */
function headingsOf(source: Source, item: ItemEdition, field: Field): string[] {
  const own = Object.entries(source.columns).find(([, code]) => code === field.code)
  if (own) return [own[0]]
  const legacy = legacyHeadings(source, item, field.code)
  if (legacy.length > 0) return legacy
  return source.legacy === undefined || field.required ? [field.name] : []
}

function roleColumns({ roles }: ItemEdition): string[] {
  const { uscc, legalRepresentative, category, idNumber, validUntil, status } = roles
  return [uscc, legalRepresentative, category, idNumber, validUntil, status].filter(code => code !== undefined)
}

/** The Chinese headings of the older table for a column; two where it has two columns for it. */
function legacyHeadings(source: Source, item: ItemEdition, code: string): string[] {
  const table = source.legacy === undefined ? undefined : item.legacy[source.legacy]
  const found = Object.entries(table ?? {}).filter(([heading, to]) => to === code && /\p{Script=Han}/u.test(heading))
  const names = found.map(([heading]) => heading)
  return names.length > 1 && names.every(name => /\d$/.test(name)) ? names : names.slice(0, 1)
}

function column(source: Source, field: Field, heading: string, part: number | null): Column {
  const named = headingUnit(heading)
  const unit = source.units[field.code] ?? (named === '万元' ? 'wan-yuan' : named === '元' ? 'yuan' : (field.unit ?? 'yuan'))
  const values = new Map<string, string>()
  for (const [theirs, ours] of Object.entries(source.values[field.code] ?? {})) if (!values.has(ours)) values.set(ours, theirs)
  return { heading, field, isOperation: false, unit, part, values }
}

function bare(heading: string, isOperation: boolean): Column {
  return { heading, field: null, isOperation, unit: 'yuan', part: null, values: new Map() }
}

/** 序号 first; some departments have their days and codes in front. */
function inSendersOrder(source: Source, columns: readonly Column[]): Column[] {
  const rank = ({ heading }: Column): number =>
    heading === '序号' ? 0 : heading.includes('编号') && source.ignored.includes(heading) ? 1 : 2
  const sorted = columns.map((one, at) => ({ one, at })).sort((a, b) => rank(a.one) - rank(b.one) || a.at - b.at)
  return sorted.map(({ one }) => one)
}

/** A record as cells of the sender's own file. `row` counts from 1. */
export function cellsOf(layout: FileLayout, content: Content, row: number, operation = ''): string[] {
  return layout.columns.map(one => {
    if (one.isOperation) return operation
    if (one.field === null) return one.heading === '序号' ? String(row) : ''
    return cellText(one, content[one.field.code] ?? '', layout.dress)
  })
}

function cellText({ field, unit, part, values }: Column, value: string, dress: Dress): string {
  if (value === '' || field === null) return ''
  switch (field.type) {
    case 'day':
      return values.get(value) ?? dayText(value, dress)
    case 'amount':
      return unit === 'wan-yuan' ? wanYuan(value) : value
    case 'multi-code-list': {
      const given = value.split(';').map(one => values.get(one) ?? one)
      if (part !== null) return part === 0 ? (given[0] ?? '') : given.slice(part).join(';')
      return given.join(';')
    }
    default:
      return values.get(value) ?? value
  }
}

function wanYuan(yuan: string): string {
  return String(Number(yuan) / 10_000)
}

export function dayText(value: string, { days }: Dress): string {
  if (value === LONG_TERM && days !== 'serial') return '2099/12/31'
  const [year = '', month = '', date = ''] = value.split('-')
  switch (days) {
    case '2024-03-05':
    case 'serial':
      return value
    case '2024/3/5':
      return `${year}/${Number(month)}/${Number(date)}`
    case '2024年3月5日':
      return `${year}年${Number(month)}月${Number(date)}日`
    case '20240305':
      return `${year}${month}${date}`
  }
}

const EPOCH = dayOf('1899-12-30')

/** The serial number that a spreadsheet gives a day. */
export function serialOf(value: string): number {
  return daysBetween(EPOCH, dayOf(value))
}
