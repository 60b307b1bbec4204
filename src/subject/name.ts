import { withoutPrivateUse } from './gbk-private-use.ts'
import { ORGANISATION_FORMS } from './name-words.ts'
import { SIMPLIFIED, TRADITIONAL } from './traditional.ts'

/**
 * One entry for each UTF-16 unit: what it folds to. 0 drops it, `SLOW` sends the whole name through the careful way
 * (several units, spaces, compatibility forms). A table and one pass, because a city folds some hundred million names.
 */
const FOLD = new Uint16Array(0x10000)
const SLOW = 0xffff

function foldRange(from: number, to: number, target: (unit: number) => number): void {
  for (let unit = from; unit <= to; unit++) FOLD[unit] = target(unit)
}

function foldAll(units: string, target: string): void {
  for (const one of units) FOLD[one.charCodeAt(0)] = target.charCodeAt(0)
}

function compatible(unit: number): number {
  const form = String.fromCharCode(unit).normalize('NFKC')
  return form.length === 1 ? form.charCodeAt(0) : SLOW
}

foldRange(0, 0xffff, unit => unit)
foldRange(0x00, 0x1f, () => 0)
foldRange(0x7f, 0x9f, () => 0)
foldRange(0x2000, 0x206f, unit => unit)
foldRange(0x200b, 0x200f, () => 0)
foldRange(0x202a, 0x202e, () => 0)
foldRange(0x2060, 0x2064, () => 0)
foldRange(0xfe00, 0xfe0f, () => 0)
for (const unit of [0xad, 0xfeff]) FOLD[unit] = 0
foldRange(0x61, 0x7a, unit => unit - 32)
foldRange(0x2100, 0x24ff, compatible)
foldRange(0x2f00, 0x2fd5, compatible)
foldRange(0x3200, 0x33ff, compatible)
foldRange(0xf900, 0xfaff, compatible)
foldRange(0xff01, 0xffef, compatible)
foldRange(0xff41, 0xff5a, unit => unit - 0xfee0 - 32)
foldRange(0x300, 0x36f, () => SLOW)
foldRange(0x2000, 0x200a, () => SLOW)
foldRange(0xe000, 0xf8ff, () => SLOW)
for (const unit of [0x09, 0x0a, 0x0d, 0x20, 0xa0, 0x202f, 0x205f, 0x3000]) FOLD[unit] = SLOW
for (let at = 0; at < TRADITIONAL.length; at++) FOLD[TRADITIONAL.charCodeAt(at)] = SIMPLIFIED.charCodeAt(at)
foldAll('〔【〖［[{｛（﹙', '(')
foldAll('〕】〗］]}｝）﹚', ')')
foldAll('•‧・･∙⋅●⸱', '·')
foldAll('‐‑‒–—―−－﹣', '-')
foldAll('○◯', '〇')
// A radical may fold to a traditional character: each unit goes to the end of its chain.
for (let unit = 0; unit < SLOW; unit++) {
  const folded = FOLD[unit] ?? unit
  if (folded !== unit && folded !== 0 && folded !== SLOW) FOLD[unit] = FOLD[folded] ?? folded
}

const units = new Uint16Array(512)

function fold(name: string): string | null {
  let length = 0
  let isSame = true
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at)
    const folded = FOLD[unit] ?? unit
    if (folded === SLOW || length >= units.length) return null
    if (folded !== unit) isSame = false
    if (folded !== 0) units[length++] = folded
  }
  return isSame ? name : String.fromCharCode.apply(null, units.subarray(0, length) as unknown as number[])
}

const LATIN_GAP = /(?<![A-Z0-9.,&'])\s+|\s+(?![A-Z0-9.,&'])/g

function foldCarefully(name: string): string {
  const plain = withoutPrivateUse(name).normalize('NFKC').toUpperCase()
  let out = ''
  for (const one of plain) {
    const unit = one.charCodeAt(0)
    const folded = one.length > 1 ? SLOW : (FOLD[unit] ?? unit)
    if (/\s/.test(one)) out += ' '
    else if (folded === SLOW) out += one
    else if (folded !== 0) out += String.fromCharCode(folded)
  }
  return out.trim().replace(/\s+/g, ' ').replace(LATIN_GAP, '')
}

const EDGE = new Set([...'.,;:、。·-_\'"“”‘’*#/\\!?…~ '])
const STATUS_NOTE = /(?:\((?:已?注销|已?吊销(?:[,，]?未注销)?|筹|筹备|筹建|个体工商户|个体户)\))+$/

function trimEdges(key: string): string {
  let from = 0
  let to = key.length
  while (from < to && EDGE.has(key[from] ?? '')) from++
  while (to > from && EDGE.has(key[to - 1] ?? '')) to--
  return from === 0 && to === key.length ? key : key.slice(from, to)
}

/**
 * The strongest form of an organisation's name: the full registered name with width, letter case, brackets, dots,
 * dashes, spaces between Chinese characters and traditional script folded, empty brackets and status notes such as
 * `(已注销)` taken off. Organisation form and division stay, so two keys are equal only for the same full name.
 * Different enterprises may still share a key: equality is evidence, not identity.
 */
export function nameKey(name: string): string {
  let key = fold(name) ?? foldCarefully(name)
  for (;;) {
    const before = key
    if (key.includes('()')) key = key.replace(/\(\)/g, '')
    key = trimEdges(key)
    if (key.endsWith(')')) key = key.replace(STATUS_NOTE, '')
    // Brackets within brackets and a stop before a note show only when the outer part is off.
    if (key === before) return key
  }
}

/** One character as `nameKey` folds it; empty when the key drops it. For comparing names in place on a screen. */
export function foldCharacter(one: string): string {
  const folded = fold(one) ?? foldCarefully(one)
  return folded === ' ' ? '' : folded
}

const SIGNS = /[^\p{L}\p{N}]+/gu

/**
 * Pairs of neighbouring characters for the search index: Chinese characters, letters and digits of the name key, signs
 * skipped, each pair once. A query of two characters has one pair, which every name containing them has too. A text of
 * one character gives that character.
 */
export function nameBigrams(text: string): string[] {
  const letters = [...nameKey(text).replace(SIGNS, '')]
  if (letters.length < 2) return letters
  const pairs = new Set<string>()
  for (let at = 1; at < letters.length; at++) pairs.add(`${letters[at - 1]}${letters[at]}`)
  return [...pairs]
}

const DOTS = /[•‧・･∙⋅●⸱．·]/g

/**
 * A person's name for comparison: separators of many-part names unified to `·`, spaces between Chinese characters
 * dropped, letters in capitals, GBK's private codes in their Unicode places. Characters are not exchanged otherwise:
 * 於 and 于, 锺 and 钟 are different names.
 */
export function personNameKey(name: string): string {
  const plain = withoutPrivateUse(name)
    .replace(/[\uFF01-\uFF5E]/g, one => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF\u0000-\u0008]/g, '')
    .replace(DOTS, '·')
    .replace(/(?<=\p{Script=Han})\s*[.·]\s*(?=\p{Script=Han})/gu, '·')
  return plain
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .toUpperCase()
}

const BRANCH_END =
  /(?:分公司|支公司|分行|支行|分店|分厂|分社|分所|分部|分院|分校|分理处|营业部|营业所|营业厅|办事处|代表处|项目部|经营部|门市部|供应站|加油站|连锁店|直营店|专卖店|旗舰店|储蓄所)(?:\([^()]*\))?$/
const ALWAYS_BRANCH = /(?:分公司|支公司|分行|支行|分店|分厂|分社|分所|分院|分理处|储蓄所)$/
const PARENT_FORMS = ORGANISATION_FORMS.filter(form => form.canHaveBranches).flatMap(form => form.names)
const PARENT = new RegExp(
  `^(.{2,}?(?:${[...PARENT_FORMS]
    .sort((a, b) => b.length - a.length)
    .map(escapeSigns)
    .join('|')}))(.{2,})$`,
)

function escapeSigns(text: string): string {
  return text.replace(/[()]/g, '\\$&')
}

/**
 * The parent's full name and the branch's own part, when a name says that it is a branch: `甲有限公司乙分公司` gives
 * `甲有限公司` and `乙分公司`. The parent is null where the name carries none (`中国某银行乙支行`). Null for other names.
 */
export function splitBranchName(name: string): { parent: string | null; branch: string } | null {
  const key = nameKey(name)
  if (!BRANCH_END.test(key)) return null
  const found = PARENT.exec(key)
  if (found?.[1] !== undefined && found[2] !== undefined) return { parent: found[1], branch: found[2] }
  return ALWAYS_BRANCH.test(key) ? { parent: null, branch: key } : null
}

/** True when the name says that its bearer is a branch of another subject. A branch is never filed under its parent. */
export function isBranchName(name: string): boolean {
  return splitBranchName(name) !== null
}
