import { foldCharacter, nameKey } from '../subject/name.ts'
import { type NameParts, nameParts } from '../subject/name-parts.ts'
import { jaroWinkler, levenshtein } from './similar.ts'

/** From and to (exclusive) in UTF-16 units of a name as it was written. */
export type NameRange = readonly [from: number, to: number]

/** What agrees and what differs, as codes of sentences in `words/`. */
export type NameComparison = {
  /** The folded full names are the same. Even then two enterprises may be meant. */
  readonly sameKey: boolean
  readonly agrees: readonly string[]
  readonly differs: readonly string[]
  /** Where the first and the second name differ, for marking on the screen. */
  readonly ranges: { readonly first: readonly NameRange[]; readonly second: readonly NameRange[] }
  /** 0 to 1, for ordering candidates only. */
  readonly order: number
}

const COMPARED = ['division', 'brand', 'trade', 'form', 'branch'] as const

/** Compares two names part by part, with evidence a person can read. Orders candidates; never says whose a record is. */
export function compareNames(first: string, second: string): NameComparison {
  const [firstKey, secondKey] = [nameKey(first), nameKey(second)]
  const [a, b] = [nameParts(first), nameParts(second)]
  const agrees: string[] = []
  const differs: string[] = []
  if (firstKey === secondKey) agrees.push('name.key-agrees')
  for (const part of COMPARED) {
    if (!a[part] && !b[part]) continue
    if (part === 'division' && a.division !== b.division) {
      differs.push(isShorterForm(a, b) ? 'name.division-shorter' : 'name.division-differs')
    } else if (a[part] === b[part]) agrees.push(`name.${part}-agrees`)
    else differs.push(`name.${part}-differs`)
  }
  if (firstKey !== secondKey && levenshtein(firstKey, secondKey) === 1) differs.push('name.one-character-differs')
  return {
    sameKey: firstKey === secondKey,
    agrees,
    differs,
    ranges: differing(first, second),
    order: order(firstKey, secondKey, a, b),
  }
}

function bare(division: string): string {
  return division.replace(/[省市县区()]|自治区|特别行政区/g, '')
}

/** `甲市` and `甲`, or a name without division: compatible, yet never a reason to merge by itself. */
function isShorterForm(a: NameParts, b: NameParts): boolean {
  if (a.division === null || b.division === null) return true
  const [one, other] = [bare(a.division), bare(b.division)]
  return one.endsWith(other) || other.endsWith(one)
}

const WEIGHT = { key: 0.5, brand: 0.4, branch: 0.1 } as const

function order(firstKey: string, secondKey: string, a: NameParts, b: NameParts): number {
  if (firstKey === secondKey) return 1
  const branch = (a.branch ?? '') === (b.branch ?? '') ? 1 : 0
  return (
    WEIGHT.key * jaroWinkler(firstKey, secondKey) + WEIGHT.brand * jaroWinkler(a.brandKey, b.brandKey) + WEIGHT.branch * branch
  )
}

type Token = { readonly folded: string; readonly from: number; readonly to: number }

function tokens(name: string): Token[] {
  const found: Token[] = []
  let from = 0
  for (const one of name) {
    const folded = foldCharacter(one)
    if (folded !== '') found.push({ folded, from, to: from + one.length })
    from += one.length
  }
  return found
}

/** Lengths of the longest common subsequences of all endings of two token lists, row by row. */
function commonLengths(a: readonly Token[], b: readonly Token[]): Uint16Array {
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down, right] = [common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0]
      common[i * width + j] = a[i]?.folded === b[j]?.folded ? 1 + (common[(i + 1) * width + j + 1] ?? 0) : Math.max(down, right)
    }
  }
  return common
}

/** The characters outside the longest common subsequence of the folded names, as ranges of the names as written. */
function differing(first: string, second: string): { first: NameRange[]; second: NameRange[] } {
  const [a, b] = [tokens(first), tokens(second)]
  const width = b.length + 1
  const common = commonLengths(a, b)
  const isSecondExtra = (i: number, j: number) => (common[i * width + j + 1] ?? 0) > (common[(i + 1) * width + j] ?? 0)
  const out = { first: [] as NameRange[], second: [] as NameRange[] }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left && right && left.folded === right.folded) {
      i++
      j++
    } else if (right && (!left || isSecondExtra(i, j))) {
      extend(out.second, right)
      j++
    } else if (left) {
      extend(out.first, left)
      i++
    }
  }
  return out
}

function extend(ranges: NameRange[], token: Token): void {
  const last = ranges.at(-1)
  if (last && last[1] === token.from) ranges[ranges.length - 1] = [last[0], token.to]
  else ranges.push([token.from, token.to])
}
