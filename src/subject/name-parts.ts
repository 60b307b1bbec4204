import { listDivisions } from './division.ts'
import { nameKey, splitBranchName } from './name.ts'
import { ORGANISATION_FORMS, TRADE_WORDS } from './name-words.ts'

/** An organisation's name taken apart (企业名称登记管理规定): division + brand + trade + form, with a branch's own part behind. */
export type NameParts = {
  /** Division at the start or in brackets, as written in the key; null when the name has none. */
  readonly division: string | null
  /** The brand (字号); the whole rest when no trade word ends it. */
  readonly brand: string
  /** Trade words between brand and form; empty when there are none. */
  readonly trade: string
  /** Code of the organisation form, equal for `有限公司` and `有限责任公司`; null when the ending is unknown. */
  readonly form: string | null
  /** What a branch adds to its parent's name; null for all others. */
  readonly branch: string | null
  /** Brand and trade with number signs unified: finds candidates, decides nothing. */
  readonly brandKey: string
}

const SHORTEST_BRAND = 2

type Level = 1 | 2 | 3
const SUFFIX: Readonly<Record<Level, RegExp>> = {
  1: /(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$/,
  2: /(?:市|地区|盟)$/,
  3: /(?:市|县|区)$/,
}
/** A district's or county's short name is a frequent brand word; only county-level cities go by it at the start of a name. */
const GOES_BY_SHORT_NAME: Readonly<Record<Level, RegExp>> = { 1: /./, 2: /./, 3: /市$/ }

type Place = { readonly level: Level; readonly codes: readonly string[] }
type Places = { readonly first: Map<string, Place>; readonly later: Map<string, Place>; readonly longest: number }

function addPlace(into: Map<string, Place>, name: string, level: Level, code: string): void {
  if (name.length < 2) return
  const before = into.get(name)
  if (before === undefined || before.level > level) into.set(name, { level, codes: [code] })
  else if (before.level === level) into.set(name, { level, codes: [...before.codes, code] })
}

function readPlaces(): Places {
  const first = new Map<string, Place>([['中国', { level: 1, codes: [] }]])
  const later = new Map<string, Place>()
  for (const { code, name, former } of listDivisions()) {
    if (name.endsWith('市辖区') || /[开示新]发?区$|管理区$/.test(name)) continue
    const level: Level = code.endsWith('0000') ? 1 : code.endsWith('00') ? 2 : 3
    addPlace(first, name, level, code)
    addPlace(later, name, level, code)
    if (former) continue
    const short = name.replace(SUFFIX[level], '')
    addPlace(later, short, level, code)
    if (GOES_BY_SHORT_NAME[level].test(name)) addPlace(first, short, level, code)
  }
  return { first, later, longest: 12 }
}

let known: Places | null = null
// Read at first use: the browser needs the table on one screen only.
function places(): Places {
  known ??= readPlaces()
  return known
}

type Found = Place & { readonly to: number }

function placeAt(key: string, at: number, names: ReadonlyMap<string, Place>): Found | null {
  for (let length = Math.min(places().longest, key.length - at); length >= 2; length--) {
    const place = names.get(key.slice(at, at + length))
    if (place) return { ...place, to: at + length }
  }
  return null
}

function lies(inner: Place, outer: Place): boolean {
  const digits = outer.level === 1 ? 2 : 4
  return inner.level > outer.level && inner.codes.some(code => outer.codes.some(of => code.startsWith(of.slice(0, digits))))
}

/** Where the division at the start of a key ends; 0 when there is none. Province, city and county may follow each other. */
function divisionEnd(key: string): number {
  let found = placeAt(key, 0, places().first)
  while (found !== null) {
    const next: Found | null = placeAt(key, found.to, places().later)
    // A brand that is also a place name stays the brand when nothing else would be left.
    if (next === null || !lies(next, found) || key.length - next.to < SHORTEST_BRAND) return found.to
    found = next
  }
  return 0
}

const FORM_NAMES: readonly (readonly [string, string])[] = ORGANISATION_FORMS.flatMap(form =>
  form.names.map(name => [name, form.code] as const),
).sort((a, b) => b[0].length - a[0].length)

function formOf(key: string): { name: string; code: string } | null {
  const found = FORM_NAMES.find(([name]) => key.endsWith(name) && key.length > name.length)
  return found ? { name: found[0], code: found[1] } : null
}

const LONGEST_TRADE = 6

/** Where the trade begins in `brand + trade`: the earliest place from which trade words fill the rest. */
function tradeStart(text: string): number {
  const fills = new Array<boolean>(text.length + 1).fill(false)
  fills[text.length] = true
  let start = text.length
  for (let from = text.length - 2; from >= SHORTEST_BRAND; from--) {
    for (let to = Math.min(text.length, from + LONGEST_TRADE); to >= from + 2; to--) {
      if (fills[to] && TRADE_WORDS.has(text.slice(from, to))) {
        fills[from] = true
        start = from
        break
      }
    }
  }
  return start
}

const BRACKET = /\(([^()]{2,8})\)/
const NUMBER_SIGNS: Readonly<Record<string, string>> = {
  零: '〇',
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
}

/**
 * Takes a name apart. Works on the name key, so any spelling will do; never fails: what is not recognised stays in
 * `brand`. A hint for ordering and explaining candidates, not an identity.
 */
export function nameParts(name: string): NameParts {
  const branch = splitBranchName(name)
  const whole = branch?.parent ?? nameKey(name)
  const form = formOf(whole)
  const body = form ? whole.slice(0, whole.length - form.name.length) : whole
  const end = Math.min(divisionEnd(body), body.length)
  let rest = body.slice(end)
  let division: string | null = end > 0 ? body.slice(0, end) : null
  const inBrackets = BRACKET.exec(rest)
  if (inBrackets?.[1] !== undefined && places().later.has(inBrackets[1])) {
    rest = rest.replace(inBrackets[0], '')
    division = division === null ? inBrackets[1] : `${division}(${inBrackets[1]})`
  }
  const start = tradeStart(rest)
  const brand = rest.slice(0, start)
  const trade = rest.slice(start)
  const brandKey = `${brand}${trade}`.replace(/[零壹贰叁肆伍陆柒捌玖拾]/g, one => NUMBER_SIGNS[one] ?? one)
  return { division, brand, trade, form: form?.code ?? null, branch: branch?.branch ?? null, brandKey }
}
