/**
 * Sums of money as people write them, in whole and exact numbers: `1.5万`, `3万5千元`, `叁万伍仟元整`, `一亿二千万`.
 * What could be read in two ways (`三万五`, `一百二`) is not read at all.
 */

/** Numbers are scaled so that ten decimals are exact. */
export const AMOUNT_DECIMALS = 10
const SCALE = 10n ** BigInt(AMOUNT_DECIMALS)

const DIGIT = '零一二三四五六七八九'
const FORMAL = '〇壹贰叁肆伍陆柒捌玖'
const OLD = '○弌貳參肆伍陸柒捌玖'
const TOKEN = /(\d+)(?:\.(\d+))?|([零〇○一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖])|([十拾百佰千仟万萬亿億元圆圓块角分])/gy

const UNITS: Readonly<Record<string, bigint>> = {
  十: 10n,
  拾: 10n,
  百: 100n,
  佰: 100n,
  千: 1000n,
  仟: 1000n,
  万: 10_000n,
  萬: 10_000n,
  亿: 100_000_000n,
  億: 100_000_000n,
}
const MYRIAD = 10_000n
const TOP = 10n ** 16n

type Reading = {
  /** Finished parts, and the part below the last 万 or 亿. */
  total: bigint
  section: bigint
  number: { value: bigint; digits: number; arabic: boolean; fraction: boolean } | null
  /** A 零 before the number: it may stand more than one place below the last unit. */
  zero: boolean
  /** The last unit written, and the last of 万 and 亿. */
  last: bigint
  big: bigint
  /** How far past 元 the text is: 0 before it, then 元, 角, 分. */
  past: 0 | 1 | 2 | 3
  explicit: boolean
}

/** A sum read from a text: `scaled` is the number times 10^10; `explicit` when the text itself says 元, 万 or 亿. */
export type ReadSum = { readonly scaled: bigint; readonly explicit: boolean }

/** Reads a tidy text without spaces, separators, currency or 整. Null when it is no sum, or one with two readings. */
export function readSum(text: string): ReadSum | null {
  const reading: Reading = { total: 0n, section: 0n, number: null, zero: false, last: TOP, big: TOP, past: 0, explicit: false }
  TOKEN.lastIndex = 0
  let end = 0
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    end = TOKEN.lastIndex
    const [, whole, fraction, digit, unit] = found
    const isRead =
      whole !== undefined
        ? takeArabic(reading, whole, fraction ?? '')
        : digit !== undefined
          ? takeDigit(reading, digit)
          : takeUnit(reading, unit ?? '')
    if (!isRead) return null
    if (end === text.length) break
  }
  if (end !== text.length || end === 0 || !close(reading)) return null
  return { scaled: reading.total + reading.section, explicit: reading.explicit }
}

function takeArabic(reading: Reading, whole: string, fraction: string): boolean {
  if (reading.number || fraction.length > AMOUNT_DECIMALS) return false
  const value = BigInt(whole + fraction.padEnd(AMOUNT_DECIMALS, '0'))
  reading.number = { value, digits: whole.length, arabic: true, fraction: fraction !== '' }
  return true
}

function takeDigit(reading: Reading, digit: string): boolean {
  const place = digit === '两' ? 2 : Math.max(DIGIT.indexOf(digit), FORMAL.indexOf(digit), OLD.indexOf(digit))
  if (reading.number) return false
  if (place > 0) reading.number = { value: BigInt(place) * SCALE, digits: 1, arabic: false, fraction: false }
  else reading.zero = true
  return true
}

function takeUnit(reading: Reading, unit: string): boolean {
  if (unit === '元' || unit === '圆' || unit === '圓' || unit === '块') return takeYuan(reading)
  if (unit === '角' || unit === '分') return takePart(reading, unit)
  const size = UNITS[unit]
  if (size === undefined || reading.past > 0) return false
  return size < MYRIAD ? takeSmall(reading, size) : takeBig(reading, size)
}

function takeSmall(reading: Reading, size: bigint): boolean {
  // 十 may open a number by itself (十五), 百 and 千 may not.
  const value = reading.number?.value ?? (size === 10n && reading.section === 0n ? SCALE : null)
  if (value === null || size >= reading.last) return false
  reading.section += value * size
  rest(reading, size)
  return true
}

function takeBig(reading: Reading, size: bigint): boolean {
  const isZero = reading.zero || reading.number?.value === 0n
  if (!close(reading, size)) return false
  const isHundredMillion = size > MYRIAD
  const part = isHundredMillion ? reading.total + reading.section : reading.section
  // 三万亿 is a number; 三亿亿 and 三万万 are none.
  if ((part === 0n && !isZero) || (isHundredMillion ? reading.big === size : reading.big <= size)) return false
  reading.total = isHundredMillion ? part * size : reading.total + part * size
  reading.section = 0n
  reading.explicit = true
  reading.big = size
  rest(reading, size)
  return true
}

function rest(reading: Reading, size: bigint): void {
  reading.number = null
  reading.zero = false
  reading.last = size
}

function takeYuan(reading: Reading): boolean {
  if (reading.past > 0 || !close(reading)) return false
  reading.past = 1
  reading.explicit = true
  return true
}

function takePart(reading: Reading, unit: '角' | '分'): boolean {
  const [past, parts] = unit === '角' ? ([2, 10n] as const) : ([3, 100n] as const)
  const { number } = reading
  if (number === null || number.fraction || number.digits > 1 || reading.past >= past) return false
  // 3.5元5角 says the tenths twice.
  if (reading.past === 1 && (reading.total + reading.section) % SCALE !== 0n) return false
  if (reading.past === 0 && reading.last !== TOP) return false
  reading.total += number.value / parts
  reading.number = null
  reading.past = past
  reading.explicit = true
  return true
}

/** Adds the number that stands without a unit of its own; false when it could mean another place (三万五, 3万5). */
function close(reading: Reading, unit = 0n): boolean {
  const { number } = reading
  if (number === null)
    return reading.past > 0 || reading.zero || reading.section > 0n || reading.total > 0n || reading.last !== TOP
  if (reading.past > 0) return false
  // In 2亿3000万 the number has a unit of its own: nothing before it says where it stands.
  if (reading.last !== TOP && !(unit > 0n && reading.last > unit)) {
    const places = String(reading.last).length - 1
    const fits = number.arabic
      ? number.digits <= places && number.digits >= Math.max(2, places - 1)
      : places === 1 || reading.zero
    if (!fits) return false
  }
  reading.section += number.value
  reading.number = null
  return true
}
