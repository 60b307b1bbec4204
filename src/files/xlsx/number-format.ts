import type { CellKind } from '../rows.ts'

/** How a cell's style shows a number: as it is, as a day, a day with time, a time, a share, with leading zeros, or with a word behind it. */
export type NumberFormat =
  | { readonly shows: 'number' }
  | { readonly shows: 'day' | 'instant' | 'time' | 'percent' }
  | { readonly shows: 'padded'; readonly digits: number }
  | { readonly shows: 'suffixed'; readonly suffix: string }

export const plainNumber: NumberFormat = { shows: 'number' }

const BUILT_IN_INSTANTS = new Set([22])
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])
const BUILT_IN_DAYS = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

/** The way a format shows numbers. `id` below 164 is built in (27 to 58 are the Chinese days and times), else `code` is what the file says. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code !== undefined) return customFormat(code)
  if (BUILT_IN_INSTANTS.has(id)) return { shows: 'instant' }
  if (BUILT_IN_TIMES.has(id)) return { shows: 'time' }
  if (BUILT_IN_DAYS.has(id)) return { shows: 'day' }
  return id === 9 || id === 10 ? { shows: 'percent' } : plainNumber
}

function customFormat(code: string): NumberFormat {
  const section = code.split(';')[0] ?? ''
  const literal = [...section.matchAll(/"([^"]*)"|\\(.)/g)].map(found => found[1] ?? found[2] ?? '').join('')
  const bare = section.replace(/"[^"]*"|\\.|!.|_.|\*./g, '').replace(/\[(?!\$?[hms]+\])[^\]]*\]/gi, '')
  if (/^general$/i.test(bare.trim()) || bare.includes('通用格式')) return plainNumber
  const shape = bare.replace(/[年月日时分秒上下午]/g, '')
  if (/[yd]/i.test(shape) || (/m/i.test(shape) && !/[hs0#]/i.test(shape))) return { shows: /h/i.test(shape) ? 'instant' : 'day' }
  if (/[hs]/i.test(shape)) return { shows: 'time' }
  if (bare.includes('%')) return { shows: 'percent' }
  if (/^0{2,}$/.test(bare.trim())) return { shows: 'padded', digits: bare.trim().length }
  return suffixed(section, bare, literal)
}

/** A unit that the format writes behind the number (`0.00"万元"`) is part of what a person reads; a format that also scales is left alone. */
function suffixed(section: string, bare: string, literal: string): NumberFormat {
  const suffix = /(?:亿|万)?元$|[亿万]$/.exec(literal + bare.replace(/[#0.,?\s]/g, ''))?.[0]
  const scales = /[0#?],+(?![0#?])/.test(bare) || /!|\\[.,]/.test(section)
  return suffix && !scales ? { shows: 'suffixed', suffix } : plainNumber
}

export type Shown = { readonly text: string; readonly kind: CellKind }

/** A number cell as a person reads it: 15 digits at most are true in a spreadsheet, so a longer one is marked as rounded. */
export function showNumber(raw: string, format: NumberFormat, is1904: boolean): Shown {
  if (format.shows === 'number') return plainShown(raw)
  const value = Number(raw)
  if (!Number.isFinite(value)) return plainShown(raw)
  switch (format.shows) {
    case 'percent':
      return { text: `${decimalText(value * 100)}%`, kind: 'n' }
    case 'padded':
      return /^\d+$/.test(raw) ? { text: raw.padStart(format.digits, '0'), kind: raw.length > 15 ? 'l' : 'n' } : plainShown(raw)
    case 'suffixed':
      return { text: `${plainShown(raw).text}${format.suffix}`, kind: 'n' }
    default:
      return showDay(value, format.shows, is1904) ?? plainShown(raw)
  }
}

function plainShown(raw: string): Shown {
  if (raw.length <= 15 && /^-?\d+$/.test(raw)) return { text: raw, kind: 'n' }
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return { text: raw, kind: 's' }
  if (Number.isInteger(value) && Math.abs(value) >= 1e15) {
    return { text: exactText(raw, value), kind: 'l' }
  }
  return { text: decimalText(value), kind: 'n' }
}

/** The digits of a long whole number without an exponent; those the file spells out are kept. */
function exactText(raw: string, value: number): string {
  if (/^-?\d+$/.test(raw)) return raw
  const found = /^(-?)(\d)(?:\.(\d+))?[eE]\+?(\d+)$/.exec(raw)
  if (!found || Number(found[4]) > 40) return BigInt(value).toString()
  const [, minus = '', first = '', fraction = '', exponent = '0'] = found
  return fraction.length <= Number(exponent) ? minus + first + fraction.padEnd(Number(exponent), '0') : BigInt(value).toString()
}

/** At most 15 digits, as spreadsheets show them: 1234.5599999999999 in the file is 1234.56 to the eye. */
function decimalText(value: number): string {
  const text = String(Number(value.toPrecision(15)))
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!found) return text
  const [, minus = '', first = '', fraction = '', exponent = '0'] = found
  const shift = Number(exponent)
  if (shift >= 0) return BigInt(value).toString()
  return `${minus}0.${'0'.repeat(-shift - 1)}${first}${fraction}`
}

const DAY_SECONDS = 86_400
const LAST_SERIAL = 2_958_465
const days = new Map<number, string>()

/**
 * A serial number as `YYYY-MM-DD`, with ` HH:MM:SS` where the format shows hours and there are any.
 * Systems of 1900 (with its 29 February that never was: serial 60 names it, so that nobody takes it for a day) and of 1904.
 * Null when the number is no day: negative, zero or beyond 9999.
 */
function showDay(value: number, shows: 'day' | 'instant' | 'time', is1904: boolean): Shown | null {
  const seconds = Math.round(value * DAY_SECONDS)
  const clock = seconds % DAY_SECONDS
  const serial = (shows === 'day' ? Math.floor(value + 1e-9) : (seconds - clock) / DAY_SECONDS) + (is1904 ? 1462 : 0)
  if (value < 0 || serial > LAST_SERIAL) return null
  if (shows === 'time' && value < 1) return { text: clockText(clock), kind: 't' }
  if (serial < 1) return null
  const text = dayText(serial)
  return shows === 'day' || clock === 0 ? { text, kind: 'd' } : { text: `${text} ${clockText(clock)}`, kind: 't' }
}

function dayText(serial: number): string {
  const known = days.get(serial)
  if (known !== undefined) return known
  const unix = (serial > 60 ? serial - 25_569 : serial - 25_568) * DAY_SECONDS * 1000
  const text = serial === 60 ? '1900-02-29' : new Date(unix).toISOString().slice(0, 10)
  if (days.size < 200_000) days.set(serial, text)
  return text
}

function clockText(seconds: number): string {
  const part = (value: number) => String(value).padStart(2, '0')
  return `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`
}
