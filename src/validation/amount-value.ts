import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Cleaned, NOTHING_TIDIED, type Tidied, toHalfWidth, withoutZeroWidth } from '../subject/code-text.ts'
import { AMOUNT_DECIMALS, readSum } from './chinese-amount.ts'
import { isPlaceholder } from './value.ts'

/** The unit a column's heading or the source's description states for bare numbers. */
export type AmountUnit = '元' | '万元' | '亿元'

/** A sum in 元 as an exact decimal text: no sign, no leading zeros, no trailing zeros of the fraction, at most ten decimals. */
export type Yuan = string & { readonly __yuan: never }

const ZEROS: Readonly<Record<AmountUnit, number>> = { 元: 0, 万元: 4, 亿元: 8 }
/** More than the State's yearly budget: such a sum is a slip of the unit. */
const LARGEST_WHOLE = 16

const PLAIN = /^\d{1,15}(?:\.\d{1,10})?$/
const NEGATIVE = /^(?:[-−–—]|负|△)(?=.*\d)|^\([\d.,]+\)$|^负/
const FOREIGN = /美元|美金|港元|港币|日元|欧元|英镑|澳元|加元|韩元|卢布|新台币|台币|USD|HKD|JPY|EUR|GBP|TWD|MOP|[$€£]/i
const CURRENCY_BEFORE = /^(?:人民币|RMB|CNY|[¥￥])+[:：]?/i
const CURRENCY_BEHIND = /(?:人民币|RMB|CNY)$/i
const WORDING = /\((?:大写|小写)\)|(?:大写|小写)[:：]?/g
const GROUPED = /\d{1,3}(?:,\d{3})+(?![\d,])/g
const HAS_CHINESE = /[零〇○一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖十拾百佰千仟万萬亿億]/

/**
 * A sum of money in 元 from a cell. A unit in the cell (元, 万元, 亿元, 万, 亿, Chinese numerals with them) wins; a bare
 * number has the column's unit, and without one it is refused: the size never decides. `伍万元整（¥50,000.00）` is read
 * twice and must agree with itself.
 *
 * Refuses `amount.placeholder`, `amount.negative`, `amount.currency` (not 人民币), `amount.unit-missing`,
 * `amount.contradicts-itself`, `amount.too-precise` (more than ten decimals), `amount.too-large`, `amount.format`.
 */
export function parseAmount(text: string, columnUnit: AmountUnit | null): Verdict<Cleaned<Yuan>> {
  if (columnUnit !== null && PLAIN.test(text)) return yuan(shift(text, ZEROS[columnUnit]), NOTHING_TIDIED)
  if (isPlaceholder(text)) return refused('amount.placeholder')
  const tidied: Tidied[] = []
  const half = toHalfWidth(withoutZeroWidth(text))
  if (half !== text) tidied.push('full-width')
  const tight = half.replace(/[\s\u00A0]+/g, '').replace(/^['‘’`]/, '')
  if (NEGATIVE.test(tight)) return refused('amount.negative')
  if (FOREIGN.test(tight)) return refused('amount.currency')
  const worded = tight.replace(WORDING, '')
  const twice = /^([^()]+)\(([^()]+)\)$/.exec(worded)
  const first = twice?.[1] ?? worded
  const sum = readOne(first, columnUnit, tidied)
  if (!sum.ok || twice === null) return sum
  const again = readOne(twice[2] ?? '', '元', [])
  if (!again.ok) return refused('amount.format')
  return again.value.value === sum.value.value ? sum : refused('amount.contradicts-itself')
}

function readOne(text: string, columnUnit: AmountUnit | null, tidied: Tidied[]): Verdict<Cleaned<Yuan>> {
  const bare = text.replace(CURRENCY_BEFORE, '').replace(CURRENCY_BEHIND, '')
  if (bare !== text) tidied.push('currency')
  const grouped = bare.replace(GROUPED, one => one.replaceAll(',', ''))
  if (grouped !== bare) tidied.push('separators')
  const plain = grouped.replace(/(?<=[元圆圓角万亿])[整正]$/, '')
  if (HAS_CHINESE.test(plain)) tidied.push('chinese-number')
  if (/\d\.\d{11,}/.test(plain)) return refused('amount.too-precise', null, { decimals: AMOUNT_DECIMALS })
  const sum = readSum(plain)
  if (sum === null) return refused('amount.format')
  if (sum.explicit) tidied.push('unit')
  if (!sum.explicit && columnUnit === null) return refused('amount.unit-missing')
  const scaled = sum.explicit || columnUnit === null ? sum.scaled : sum.scaled * 10n ** BigInt(ZEROS[columnUnit])
  return yuan(unscaled(scaled), tidied)
}

function yuan(text: string, tidied: readonly Tidied[]): Verdict<Cleaned<Yuan>> {
  const whole = text.indexOf('.') < 0 ? text.length : text.indexOf('.')
  if (whole > LARGEST_WHOLE) return refused('amount.too-large')
  return granted({ value: text as Yuan, tidied })
}

function unscaled(scaled: bigint): string {
  const digits = String(scaled).padStart(AMOUNT_DECIMALS + 1, '0')
  return canonical(digits.slice(0, -AMOUNT_DECIMALS), digits.slice(-AMOUNT_DECIMALS))
}

function canonical(whole: string, fraction: string): string {
  const left = whole.replace(/^0+(?=\d)/, '')
  const right = fraction.replace(/0+$/, '')
  return right === '' ? left : `${left}.${right}`
}

/** A plain decimal with its point moved right by a number of places, canonical. */
function shift(text: string, places: number): string {
  const [whole = '', fraction = ''] = text.split('.')
  const padded = fraction.padEnd(places, '0')
  return canonical(whole + padded.slice(0, places), padded.slice(places))
}

/** A sum in another unit, exact: `amountIn('35000', '万元')` is `3.5`. */
export function amountIn(sum: Yuan, unit: AmountUnit): string {
  const places = ZEROS[unit]
  const [whole = '', fraction = ''] = sum.split('.')
  const padded = whole.padStart(places + 1, '0')
  return canonical(padded.slice(0, padded.length - places), padded.slice(padded.length - places) + fraction)
}

/** A sum in whole 分; null when it holds parts of a 分. */
export function fenOf(sum: Yuan): bigint | null {
  const [whole = '', fraction = ''] = sum.split('.')
  return fraction.length > 2 ? null : BigInt(whole + fraction.padEnd(2, '0'))
}
