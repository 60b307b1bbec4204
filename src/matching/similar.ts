/**
 * How alike two short texts are. Similarity only orders the candidates that a person looks at; it never decides whose
 * a record is: in real registers one enterprise in five has a neighbour whose name differs by one character.
 */

const HAS_SURROGATE = /[\uD800-\uDFFF]/

/** One unit per character: texts with characters outside the basic plane are rewritten, others stay. */
function asUnits(a: string, b: string): readonly [string, string] {
  if (!HAS_SURROGATE.test(a) && !HAS_SURROGATE.test(b)) return [a, b]
  const places = new Map<string, string>()
  const rewrite = (text: string) => {
    let out = ''
    for (const one of text) {
      if (one.length === 1) out += one
      else {
        const place = places.get(one) ?? String.fromCharCode(0xe000 + places.size)
        places.set(one, place)
        out += place
      }
    }
    return out
  }
  return [rewrite(a), rewrite(b)]
}

const pattern = new Int32Array(0x10000)

/** Edit distance in characters: insertions, deletions and exchanges. */
export function levenshtein(first: string, second: string): number {
  if (first === second) return 0
  const [a, b] = asUnits(first, second)
  if (a.length === 0 || b.length === 0) return a.length + b.length
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return short.length <= 32 ? bitDistance(short, long) : rowDistance(short, long)
}

/** Myers' bit-parallel distance: one 32-bit word holds a column of the table. `short` has at most 32 units. */
function bitDistance(short: string, long: string): number {
  const length = short.length
  for (let at = 0; at < length; at++) {
    const unit = short.charCodeAt(at)
    pattern[unit] = (pattern[unit] ?? 0) | (1 << at)
  }
  const last = 1 << (length - 1)
  let more = -1
  let fewer = 0
  let distance = length
  for (let at = 0; at < long.length; at++) {
    const equal = pattern[long.charCodeAt(at)] ?? 0
    const diagonal = (((equal & more) + more) ^ more) | equal
    let up = fewer | ~(diagonal | more)
    let down = more & diagonal
    const vertical = equal | fewer
    if (up & last) distance++
    if (down & last) distance--
    up = (up << 1) | 1
    down = down << 1
    more = down | ~(vertical | up)
    fewer = up & vertical
  }
  for (let at = 0; at < length; at++) pattern[short.charCodeAt(at)] = 0
  return distance
}

function rowDistance(short: string, long: string): number {
  const row = new Uint16Array(short.length + 1)
  for (let at = 0; at <= short.length; at++) row[at] = at
  for (let i = 1; i <= long.length; i++) {
    let diagonal = row[0] ?? 0
    row[0] = i
    for (let j = 1; j <= short.length; j++) {
      const above = row[j] ?? 0
      const cost = long.charCodeAt(i - 1) === short.charCodeAt(j - 1) ? 0 : 1
      row[j] = Math.min(above + 1, (row[j - 1] ?? 0) + 1, diagonal + cost)
      diagonal = above
    }
  }
  return row[short.length] ?? 0
}

const LONGEST_JARO = 512
const takenA = new Uint8Array(LONGEST_JARO)
const takenB = new Uint8Array(LONGEST_JARO)

/** Marks the characters of both texts that meet within the window; says how many meet. */
function meet(a: string, b: string): number {
  const window = Math.max(0, (Math.max(a.length, b.length) >> 1) - 1)
  takenA.fill(0, 0, a.length)
  takenB.fill(0, 0, b.length)
  let met = 0
  for (let i = 0; i < a.length; i++) {
    const unit = a.charCodeAt(i)
    const to = Math.min(i + window + 1, b.length)
    for (let j = Math.max(0, i - window); j < to; j++) {
      if (takenB[j] === 0 && b.charCodeAt(j) === unit) {
        takenA[i] = 1
        takenB[j] = 1
        met++
        break
      }
    }
  }
  return met
}

function exchanged(a: string, b: string): number {
  let out = 0
  let j = 0
  for (let i = 0; i < a.length; i++) {
    if (takenA[i] === 0) continue
    while (takenB[j] === 0) j++
    if (a.charCodeAt(i) !== b.charCodeAt(j)) out++
    j++
  }
  return out >> 1
}

/** Jaro similarity, 0 to 1: common characters near each other, and how many of them stand in another order. */
export function jaro(first: string, second: string): number {
  if (first === second) return 1
  const [a, b] = asUnits(first.slice(0, LONGEST_JARO), second.slice(0, LONGEST_JARO))
  const met = a.length > 0 && b.length > 0 ? meet(a, b) : 0
  if (met === 0) return 0
  return (met / a.length + met / b.length + (met - exchanged(a, b)) / met) / 3
}

const PREFIX_WEIGHT = 0.1
const LONGEST_PREFIX = 4

/** Jaro–Winkler similarity, 0 to 1: like `jaro`, with a bonus for up to four equal characters at the start. */
export function jaroWinkler(first: string, second: string): number {
  const base = jaro(first, second)
  let prefix = 0
  while (prefix < LONGEST_PREFIX && prefix < first.length && first[prefix] === second[prefix]) prefix++
  return base + prefix * PREFIX_WEIGHT * (1 - base)
}
