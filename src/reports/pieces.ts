/** Text for the typesetter: one string, or pieces of which `c` is never broken across lines and `n` ends a line. */
export type Pieces = string | (string | { c: string } | { n: 1 })[]

// What must stay on one line: days and instants, document numbers, amounts with their unit, and codes with marks inside.
const UNBROKEN =
  /\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?|\d{4}年\d{1,2}月\d{1,2}日|[\u4e00-\u9fff]{0,8}[〔［[（(]\d{4}[〕］\])）](?:第)?[\dA-Za-z-]{1,12}号|\d[\d,.]*(?:[百千万亿]*元|%|％|个工作日)|[\x21-\x7e]{2,}/g

const CODE_MAX = 34
const CHUNK = 8

/** Splits a text into what may wrap and what may not. A run of letters too long for a column breaks every eight characters. */
export function toPieces(text: string): Pieces {
  const pieces: Exclude<Pieces, string> = []
  for (const [i, line] of text.split('\n').entries()) {
    if (i > 0) pieces.push({ n: 1 })
    splitLine(line, pieces)
  }
  if (pieces.length === 0) return ''
  const only = pieces[0]
  return pieces.length === 1 && typeof only === 'string' ? only : pieces
}

function splitLine(line: string, pieces: Exclude<Pieces, string>): void {
  let plainFrom = 0
  for (const found of line.matchAll(UNBROKEN)) {
    const token = found[0]
    if (!needsBox(token)) continue
    if (found.index > plainFrom) pieces.push(line.slice(plainFrom, found.index))
    if (token.length <= CODE_MAX) pieces.push({ c: token })
    else for (let at = 0; at < token.length; at += CHUNK) pieces.push({ c: token.slice(at, at + CHUNK) })
    plainFrom = found.index + token.length
  }
  if (plainFrom < line.length) pieces.push(line.slice(plainFrom))
}

// Unbroken letters and digits have no break opportunity of their own; a box would cost time and bring nothing.
function needsBox(token: string): boolean {
  return token.length > CODE_MAX || !/^[0-9A-Za-z]+$/.test(token)
}

/** The width of the widest line of a text in half-width columns: 1 for Latin letters, 2 for everything else. */
export function columnsOf(text: string): number {
  return Math.max(
    ...text.split('\n').map(line => Array.from(line).reduce((sum, character) => sum + (character <= '\u00ff' ? 1 : 2), 0)),
  )
}

// Figures of our fonts are 0.56 ems wide, hyphens narrower; no other sign of ASCII or of Chinese is wider than an em.
const FIGURES = /[\d.,-]/g
const NO_WIDER_THAN_AN_EM = /^[\x20-\x7e\u3001-\u3011\u4e00-\u9fa5\uff01-\uff5e]*$/

/** The most ems that a text can be wide on one line; infinite where it has line ends or signs not known to be at most an em wide. */
export function emsOf(text: string): number {
  if (!NO_WIDER_THAN_AN_EM.test(text)) return Number.POSITIVE_INFINITY
  const figures = text.match(FIGURES)?.length ?? 0
  return text.length - figures + 0.57 * figures
}
