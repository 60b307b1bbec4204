export type Piece = { readonly text: string; readonly differs: boolean }
export type Range = readonly [from: number, to: number]

/** A text cut at ranges of characters (`to` not included): what lies within a range differs. */
export function piecesOf(text: string, differs: readonly Range[]): Piece[] {
  const characters = Array.from(text)
  const marked = characters.map((_, at) => differs.some(([from, to]) => at >= from && at < to))
  const pieces: { text: string; differs: boolean }[] = []
  for (const [at, character] of characters.entries()) {
    const last = pieces.at(-1)
    if (last && last.differs === marked[at]) last.text += character
    else pieces.push({ text: character, differs: marked[at] === true })
  }
  return pieces
}

/** Ranges of characters of `text` that are not in the longest common subsequence with `other`. */
export function differingRanges(text: string, other: string): Range[] {
  const kept = commonPlaces(Array.from(text), Array.from(other))
  const ranges: [number, number][] = []
  for (let at = 0; at < kept.length; at++) {
    if (kept[at]) continue
    const last = ranges.at(-1)
    if (last && last[1] === at) last[1] = at + 1
    else ranges.push([at, at + 1])
  }
  return ranges
}

function commonPlaces(a: readonly string[], b: readonly string[]): boolean[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    const row = lengths[i]
    if (!row) continue
    for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const kept = a.map(() => false)
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      kept[i++] = true
      j++
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return kept
}

/** True when two names are so alike that a hurried eye may take one for the other: equal but for one character. */
export function isNearNamesake(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 2) return false
  const loose = (ranges: Range[]): number => ranges.reduce((sum, [from, to]) => sum + to - from, 0)
  return loose(differingRanges(a, b)) <= 1 && loose(differingRanges(b, a)) <= 1
}
