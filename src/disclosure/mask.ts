import { findPersonalNumbers, HIDDEN } from '../subject/personal-numbers.ts'
import { findPrivateWords } from './private-words.ts'

/** What was hidden in a text. */
export type HiddenKind =
  | 'resident-id'
  | 'mobile'
  | 'landline'
  | 'bank-account'
  | 'passport'
  | 'permit'
  | 'e-mail'
  | 'home-address'
  | 'health'

export type MaskedText = { readonly text: string; readonly masked: readonly HiddenKind[] }

type Place = { readonly kind: HiddenKind; readonly from: number; readonly to: number }

function merged(places: Place[]): Place[] {
  const kept: Place[] = []
  for (const place of places.sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1)
    if (last && place.from < last.to) kept[kept.length - 1] = { ...last, to: Math.max(last.to, place.to) }
    else kept.push(place)
  }
  return kept
}

/**
 * A free text without what is private in it, and a list of what was hidden: ID, telephone and bank-account numbers,
 * e-mail, home addresses and the health of persons. Sums, fines, document numbers, statutes, unified codes, number
 * plates, and domiciles of enterprises stay as they are.
 */
export function inspectFreeText(text: string): MaskedText {
  const places = merged([...findPersonalNumbers(text), ...findPrivateWords(text)])
  if (places.length === 0) return { text, masked: [] }
  let out = ''
  let at = 0
  for (const place of places) {
    out += text.slice(at, place.from) + HIDDEN
    at = place.to
  }
  return { text: out + text.slice(at), masked: [...new Set(places.map(place => place.kind))] }
}

/** The text of `inspectFreeText`: what may be shown of a free text. Masking twice is masking once. */
export function maskFreeText(text: string): string {
  return inspectFreeText(text).text
}

/** Characters that stay at the start and at the end of a number. */
export type Kept = readonly [start: number, end: number]

/** An ID, document or account number with its middle hidden; nothing of it is left when it is too short to hide half. */
export function maskIdNumber(number: string, [start, end]: Kept = [0, 0]): string {
  const signs = [...number.trim()]
  if (start + end === 0 || signs.length < (start + end) * 2 - 2) return signs.length === 0 ? '' : HIDDEN
  return `${signs.slice(0, start).join('')}${'*'.repeat(signs.length - start - end)}${signs.slice(signs.length - end).join('')}`
}

const DOUBLE_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣'.split(
    ' ',
  ),
)

/** A person's name with all but the surname hidden (`张**`); of a many-part or foreign name the first character stays. */
export function maskPersonName(name: string): string {
  const signs = [...name.trim()]
  if (signs.length < 2) return signs.length === 0 ? '' : '*'
  const isShort = signs.length <= 4 && !/[·.A-Za-z]/.test(name)
  const shown = isShort && signs.length > 2 && DOUBLE_SURNAMES.has(signs.slice(0, 2).join('')) ? 2 : 1
  // Two stars whatever the length of a given name, or a rare one would be told by it.
  return `${signs.slice(0, shown).join('')}**`
}

/** A telephone number of which only the first characters stay. */
export function maskTelephone(number: string, [start, end]: Kept = [3, 0]): string {
  const signs = [...number.trim()]
  if (signs.length < 7 || signs.length < (start + end) * 2) return signs.length === 0 ? '' : HIDDEN
  return `${signs.slice(0, start).join('')}****${end === 0 ? '' : signs.slice(-end).join('')}`
}

const DOWN_TO_COUNTY =
  /^(?:[^省市区县]{2,8}(?:省|自治区|特别行政区))?(?:[^市州盟]{2,10}(?:市|自治州|地区|盟))?(?:[^市区县旗]{1,8}(?:市|区|县|旗))?/

/** An address of a person down to the county; everything below is hidden. */
export function maskAddress(address: string): string {
  const plain = address.trim()
  if (plain === '') return ''
  const shown = DOWN_TO_COUNTY.exec(plain)?.[0] ?? ''
  return shown.length === plain.length ? plain : `${shown}${HIDDEN}`
}
