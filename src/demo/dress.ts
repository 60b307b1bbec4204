import type { Encoding } from '../files/text.ts'
import { Chance } from './chance.ts'

/** How a department writes its files: what no description of columns says. */
export type Dress = {
  readonly kind: 'csv' | 'xlsx' | 'json' | 'ndjson'
  readonly encoding: Encoding
  readonly hasMark: boolean
  readonly delimiter: string
  readonly newline: '\r\n' | '\n'
  readonly days: '2024-03-05' | '2024/3/5' | '2024年3月5日' | '20240305' | 'serial'
  /** Rows above the heading, merged over the table in a workbook. */
  readonly titles: number
  /** Amounts stand as text in a workbook, as strings in JSON. */
  readonly numbersAsText: boolean
  /** The outer object's member that holds the rows; null: the file is an array. */
  readonly member: string | null
}

const CSV: Dress = {
  kind: 'csv',
  encoding: 'utf-8',
  hasMark: true,
  delimiter: ',',
  newline: '\r\n',
  days: '2024-03-05',
  titles: 0,
  numbersAsText: true,
  member: null,
}
const PLAIN: Dress = { ...CSV, hasMark: false, newline: '\n' }
const GB: Dress = { ...CSV, encoding: 'gb18030', hasMark: false, days: '2024/3/5' }
const BOOK: Dress = { ...CSV, kind: 'xlsx', hasMark: false, days: 'serial', titles: 1, numbersAsText: false }
/** Filled in by hand: everything typed. */
const HAND: Dress = { ...BOOK, days: '2024年3月5日', titles: 2, numbersAsText: true }
const JSON_ROWS: Dress = { ...PLAIN, kind: 'json', member: 'data' }
const LINES: Dress = { ...PLAIN, kind: 'ndjson', numbersAsText: false }

const KNOWN: Readonly<Record<string, Dress>> = {
  'market-registration': GB,
  'lanze-market-registration': BOOK,
  'market-branch': JSON_ROWS,
  'market-change': CSV,
  'civil-registration': HAND,
  'establishment-registration': { ...BOOK, numbersAsText: true },
  'market-penalty': { ...BOOK, titles: 0 },
  'qilan-market-penalty': HAND,
  'ecology-penalty': CSV,
  'emergency-penalty': LINES,
  'fire-penalty': { ...GB, delimiter: '\t' },
  'transport-penalty': { ...PLAIN, days: '2024/3/5' },
  'transport-penalty-person': { ...CSV, days: '20240305' },
  'urban-management-penalty': { ...JSON_ROWS, member: null },
  'qingyu-urban-management-penalty': HAND,
  'tonghu-agriculture-penalty': { ...BOOK, titles: 2 },
  'wanglan-emergency-penalty': CSV,
  'culture-tourism-penalty': PLAIN,
  'housing-penalty': GB,
  'housing-licence': { ...GB, days: '20240305' },
  'luxi-approval-licence': { ...BOOK, titles: 2, days: '2024/3/5' },
  'approval-licence': CSV,
  'approval-licence-person': JSON_ROWS,
  'health-licence': BOOK,
  'ecology-inspection': LINES,
  'court-debtor': { ...GB, newline: '\n', days: '2024年3月5日' },
  'tax-credit': GB,
  'tax-a': BOOK,
  contract: { ...CSV, delimiter: ';' },
  honour: HAND,
}
const OTHERS = [CSV, GB, BOOK, PLAIN, HAND, JSON_ROWS] as const

/** A source's dress; one that is not known here gets the same one every time. */
export function dressOf(source: string): Dress {
  return KNOWN[source] ?? new Chance(0, 'dress', source).pick(OTHERS)
}
