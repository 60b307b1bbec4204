import { addDays, type Day, day, isDay } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Cleaned, NOTHING_TIDIED, type Tidied, toHalfWidth, withoutZeroWidth } from '../subject/code-text.ts'
import { isPlaceholder } from './value.ts'

/** A day, or "for good": 长期, 永久, 2099/12/31 and 9999/12/31 say that there is no end. */
export type DayValue = { readonly longTerm: false; readonly day: Day } | { readonly longTerm: true }

export type DayOptions = {
  /** Set when the source delivers days as spreadsheet serial numbers; without it a bare number is no day. */
  readonly serial?: '1900' | '1904'
}

const LONG_TERM: DayValue = { longTerm: true }
const LONG_TERM_WORDS = /^(?:长期|永久|长期有效|永久有效|无固定期限|无期限|长期\/永久)$/
const LONG_TERM_DAYS: ReadonlySet<string> = new Set(['2099-12-31', '9999-12-31', '2999-12-31'])
const EARLIEST_YEAR = 1900

const TIME = /[T ]+\d{1,2}(?:[:：时]\d{1,2}(?:[:：分]\d{1,2}(?:\.\d+)?秒?)?分?|时)(?:\s*(Z|[+-]\d{2}:?\d{2}))?$/
const SEPARATED = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/
const CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const TWO_DIGIT_YEAR = /^\d{2}([-/.])\d{1,2}\1\d{1,2}$|^\d{2}年\d{1,2}月\d{1,2}[日号]?$/
const INCOMPLETE = /^\d{4}(?:[-/.]\d{1,2}|年(?:\d{1,2}月)?)?$/

/**
 * A day from a cell: `YYYY-MM-DD`, `/` or `.` between, `YYYYMMDD`, `YYYY年M月D日` also in Chinese numerals, with or
 * without a time of day, in full or half width; a spreadsheet serial when the source says so; words for "no end".
 * Refuses `day.placeholder`, `day.two-digit-year`, `day.incomplete`, `day.impossible` (no such day, or a year before
 * 1900), `day.time-zone` (a time in another zone could be another day) and `day.format`. Nothing is guessed.
 */
export function parseDay(text: string, options: DayOptions = {}): Verdict<Cleaned<DayValue>> {
  const found = SEPARATED.exec(text)
  if (found) return dayOf(found[1], found[3], found[4], NOTHING_TIDIED)
  if (isPlaceholder(text)) return refused('day.placeholder')
  const tidied: Tidied[] = []
  let value = toHalfWidth(withoutZeroWidth(text)).trim()
  if (value !== text) tidied.push('full-width')
  if (LONG_TERM_WORDS.test(value)) return granted({ value: LONG_TERM, tidied })
  const time = TIME.exec(value)
  if (time) {
    if (time[1] !== undefined && !/^\+08:?00$/.test(time[1])) return refused('day.time-zone')
    value = value.slice(0, time.index)
    tidied.push('time')
  }
  if (options.serial !== undefined && /^\d{1,7}(?:\.\d+)?$/.test(value) && !COMPACT.test(value)) {
    return daySerial(Math.floor(Number(value)), options.serial)
  }
  value = value.replace(/\s+/g, '')
  const digits = fromChinese(value)
  if (digits !== value) tidied.push('chinese-number')
  const parts = SEPARATED.exec(digits)
  if (parts) return dayOf(parts[1], parts[3], parts[4], tidied)
  const others = CHINESE.exec(digits) ?? COMPACT.exec(digits)
  if (others) return dayOf(others[1], others[2], others[3], tidied)
  if (TWO_DIGIT_YEAR.test(digits)) return refused('day.two-digit-year')
  return refused(INCOMPLETE.test(digits) ? 'day.incomplete' : 'day.format')
}

function dayOf(year = '', month = '', date = '', tidied: readonly Tidied[]): Verdict<Cleaned<DayValue>> {
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  if (LONG_TERM_DAYS.has(text)) return granted({ value: LONG_TERM, tidied })
  if (!isDay(text) || Number(year) < EARLIEST_YEAR) return refused('day.impossible')
  return granted({ value: { longTerm: false, day: text }, tidied })
}

const EPOCH = { '1900': day('1899-12-30'), '1904': day('1904-01-01') } as const
/** Before 1 March 1900 the two spreadsheet calendars disagree with each other and with the real one. */
const FIRST_SERIAL = 61
const LAST_SERIAL = 401_769

function daySerial(serial: number, system: '1900' | '1904'): Verdict<Cleaned<DayValue>> {
  if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return refused('day.impossible')
  const found = addDays(EPOCH[system], serial)
  if (LONG_TERM_DAYS.has(found)) return granted({ value: LONG_TERM, tidied: ['serial'] })
  return granted({ value: { longTerm: false, day: found }, tidied: ['serial'] })
}

const DIGITS = '〇一二三四五六七八九'

/** `二〇二四年十一月二十三日` in digits; any other text as it is. */
function fromChinese(text: string): string {
  const found = /^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]?$/.exec(text)
  if (!found) return text
  const year = [...(found[1] ?? '')].map(one => Math.max(0, DIGITS.indexOf(one))).join('')
  return `${year}年${small(found[2] ?? '')}月${small(found[3] ?? '')}日`
}

function small(text: string): string {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['〇', text]
  // 二三月 is no month.
  if (tens.length > 1 || ones.length > 1) return '99'
  const ten = tens === '' ? 1 : Math.max(0, DIGITS.indexOf(tens))
  return String(ten * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones)))
}
