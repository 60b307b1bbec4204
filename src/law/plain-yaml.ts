/*
 * The plain part of YAML 1.2 core that law files are written in: block maps and lists, flow maps and lists on one line, plain and quoted
 * text without escapes, comments. Most of the time to load the law went into the general parser; this one takes an eighth of that.
 * It has no opinion of its own: whatever it does not know for certain it declines (anchors, block text, folded lines, tags, a key twice,
 * every error), and `read.ts` asks the general parser. A test holds the two against each other on every law file and on broken copies.
 */

/** The answer to a text outside the plain part. */
export const DECLINED = Symbol('declined')

type Line = { readonly indent: number; readonly text: string }
type Scan = { readonly lines: readonly Line[]; at: number }

/** What a plain text says, as `toJS()` of the general parser would; `DECLINED` for anything it might read otherwise. */
export function readPlain(text: string): unknown {
  if (!/^[\n\x20-\x7e\u00a1-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text)) return DECLINED
  const lines: Line[] = []
  for (const line of text.split('\n')) {
    const body = line.trim()
    if (body === '' || body.startsWith('#')) continue
    if (/^(---|\.\.\.|%)/.test(line)) return DECLINED
    lines.push({ indent: line.length - line.trimStart().length, text: body })
  }
  const scan: Scan = { lines, at: 0 }
  const first = lines[0]
  if (first === undefined || first.indent !== 0) return DECLINED
  const value = readBlock(scan, 0)
  return scan.at === lines.length ? value : DECLINED
}

function readBlock(scan: Scan, indent: number): unknown {
  const line = scan.lines[scan.at]
  if (line === undefined || line.indent !== indent) return DECLINED
  return isEntry(line.text) ? readList(scan, indent) : readMap(scan, indent, line.text)
}

const isEntry = (text: string): boolean => text === '-' || text.startsWith('- ')

function readList(scan: Scan, indent: number): unknown {
  const list: unknown[] = []
  for (
    let line = scan.lines[scan.at];
    line !== undefined && line.indent === indent && isEntry(line.text);
    line = scan.lines[scan.at]
  ) {
    const rest = line.text.slice(1).trimStart()
    if (rest === '' || rest.startsWith('#') || isEntry(rest)) return DECLINED
    const inner = indent + line.text.length - rest.length
    const value = keyEnd(rest) > 0 ? readMap(scan, inner, rest) : readInline(scan, rest, indent)
    if (value === DECLINED) return DECLINED
    list.push(value)
  }
  return list
}

/** A map whose keys stand at `indent`; the first one's line may begin further left, behind its dash. */
function readMap(scan: Scan, indent: number, firstText: string): unknown {
  const map: Record<string, unknown> = {}
  let text: string | null = firstText
  while (text !== null) {
    const end = keyEnd(text)
    // The general parser refuses keys of more than 1024 characters.
    const key = end > 0 && end < 1000 ? readKey(text.slice(0, end)) : DECLINED
    if (typeof key !== 'string' || Object.hasOwn(map, key) || key === '__proto__') return DECLINED
    const rest = text.slice(end + 1).trimStart()
    const value: unknown = rest === '' || rest.startsWith('#') ? readBelow(scan, indent) : readInline(scan, rest, indent)
    if (value === DECLINED) return DECLINED
    map[key] = value
    const next: Line | undefined = scan.lines[scan.at]
    if (next !== undefined && next.indent > indent) return DECLINED
    text = next !== undefined && next.indent === indent && !isEntry(next.text) ? next.text : null
  }
  return map
}

/** The value under a key that has none on its own line. */
function readBelow(scan: Scan, indent: number): unknown {
  scan.at += 1
  const next = scan.lines[scan.at]
  if (next !== undefined && next.indent > indent) {
    return isEntry(next.text) || keyEnd(next.text) > 0 ? readBlock(scan, next.indent) : DECLINED
  }
  if (next !== undefined && next.indent === indent && isEntry(next.text)) return readList(scan, indent)
  return null
}

/** A value on the line itself. A deeper line after it would continue it: that is not plain. */
function readInline(scan: Scan, rest: string, indent: number): unknown {
  scan.at += 1
  const next = scan.lines[scan.at]
  if (next !== undefined && next.indent > indent) return DECLINED
  if (!/^[[{'"]/.test(rest)) return readScalar(rest.replace(/ #.*$/, '').trimEnd())
  const flow: Flow = { text: rest, at: 0, depth: 0 }
  const value = readFlow(flow)
  return value === DECLINED || /^( *| +#.*)$/.test(rest.slice(flow.at)) ? value : DECLINED
}

/** Where the colon after a block key stands; −1 when the text is no `key:` or `key: value`. */
function keyEnd(text: string): number {
  if (/^[[{]/.test(text)) return -1
  const quote = text[0]
  if (quote === "'" || quote === '"') {
    const close = text.indexOf(quote, 1)
    return close > 0 && /^:( |$)/.test(text.slice(close + 1)) ? close + 1 : -1
  }
  const found = /:( |$)/.exec(text)
  return found === null ? -1 : found.index
}

function readKey(text: string): string | typeof DECLINED {
  const quoted = /^(['"])([^'"\\]*)\1$/.exec(text)
  if (quoted) return quoted[2] ?? ''
  const value = text.includes(' #') || text !== text.trim() ? DECLINED : readScalar(text)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : DECLINED
}

const NUMERIC = /^[-+]?(\.?[0-9]|\.(inf|nan)$|0[ox])/i
const WHOLE = /^(0|-?[1-9][0-9]{0,14})$/
const FRACTION = /^-?(0|[1-9][0-9]{0,8})\.[0-9]{0,5}[1-9]$/
const NUMBER_LIKE =
  /^[-+]?(0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+|(\.[0-9]+|[0-9]+\.?[0-9]*)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF|nan|NaN|NAN))$/
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['null', null],
  ['true', true],
  ['false', false],
])

/** Plain text, a whole number, a fraction, true, false or null, by the core schema. */
function readScalar(text: string): unknown {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (text === '' || /^(~|null|true|false)$/i.test(text)) return DECLINED
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(text) && !WHOLE.test(text) && !FRACTION.test(text)) return DECLINED
  if (/:( |$)/.test(text) || text.includes(' #')) return DECLINED
  if (!NUMERIC.test(text)) return text
  if (WHOLE.test(text) || FRACTION.test(text)) return Number(text)
  return NUMBER_LIKE.test(text) ? DECLINED : text
}

type Flow = { readonly text: string; at: number; depth: number }

/** Deeper than any table; what nests further is left to the parser that knows how to refuse it. */
const DEEPEST = 20

function readFlow(flow: Flow): unknown {
  switch (flow.text[flow.at]) {
    case '[':
      return deeper(flow, readFlowList)
    case '{':
      return deeper(flow, readFlowMap)
    case "'":
    case '"':
      return readQuoted(flow)
    default:
      return readFlowScalar(flow)
  }
}

function deeper(flow: Flow, read: (flow: Flow) => unknown): unknown {
  if (flow.depth === DEEPEST) return DECLINED
  flow.depth += 1
  const value = read(flow)
  flow.depth -= 1
  return value
}

function skipBlanks(flow: Flow): void {
  while (flow.text[flow.at] === ' ') flow.at += 1
}

/** After a value: true when another follows, false at the end, undefined for anything else. */
function hasMore(flow: Flow, close: string): boolean | undefined {
  skipBlanks(flow)
  const sign = flow.text[flow.at]
  flow.at += 1
  if (sign === close) return false
  if (sign !== ',') return undefined
  skipBlanks(flow)
  return /[\],}#]/.test(flow.text[flow.at] ?? ']') ? undefined : true
}

function isEmptyFlow(flow: Flow, close: string): boolean {
  flow.at += 1
  skipBlanks(flow)
  if (flow.text[flow.at] !== close) return false
  flow.at += 1
  return true
}

function readFlowList(flow: Flow): unknown {
  const list: unknown[] = []
  if (isEmptyFlow(flow, ']')) return list
  for (;;) {
    const value = readFlow(flow)
    if (value === DECLINED) return DECLINED
    list.push(value)
    const more = hasMore(flow, ']')
    if (more === undefined) return DECLINED
    if (!more) return list
  }
}

function readFlowMap(flow: Flow): unknown {
  const map: Record<string, unknown> = {}
  if (isEmptyFlow(flow, '}')) return map
  for (;;) {
    const isQuoted = /['"]/.test(flow.text[flow.at] ?? '')
    const found = isQuoted ? readQuoted(flow) : readFlowScalar(flow)
    const key = typeof found === 'number' ? String(found) : found
    if (typeof key !== 'string' || key.length > 1000 || Object.hasOwn(map, key) || key === '__proto__') return DECLINED
    if (flow.text[flow.at] !== ':' || flow.text[flow.at + 1] !== ' ') return DECLINED
    flow.at += 2
    skipBlanks(flow)
    const value = readFlow(flow)
    if (value === DECLINED) return DECLINED
    map[key] = value
    const more = hasMore(flow, '}')
    if (more === undefined) return DECLINED
    if (!more) return map
  }
}

function readQuoted(flow: Flow): unknown {
  const quote = flow.text[flow.at] ?? ''
  const close = flow.text.indexOf(quote, flow.at + 1)
  if (close < 0 || flow.text[close + 1] === quote) return DECLINED
  const inner = flow.text.slice(flow.at + 1, close)
  flow.at = close + 1
  return quote === '"' && inner.includes('\\') ? DECLINED : inner
}

function readFlowScalar(flow: Flow): unknown {
  const start = flow.at
  while (
    flow.at < flow.text.length &&
    !/[,[\]{}]/.test(flow.text[flow.at] ?? '') &&
    !/^:([ ,[\]{}]|$)/.test(flow.text.slice(flow.at, flow.at + 2))
  ) {
    flow.at += 1
  }
  if (/[[{]/.test(flow.text[flow.at] ?? '')) return DECLINED
  const text = flow.text.slice(start, flow.at)
  return flow.text[flow.at] === ':' && text !== text.trimEnd() ? DECLINED : readScalar(text.trimEnd())
}
