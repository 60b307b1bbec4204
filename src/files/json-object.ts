import { type BrokenRow, type CellKind, isWritable } from './rows.ts'

export type Member = { name: string; text: string; kind: CellKind }

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const SPACE = /[ \t\r\n]*/y
const WORDS: readonly (readonly [string, CellKind])[] = [
  ['true', 'b'],
  ['false', 'b'],
  ['null', 'z'],
]
const CONTROL = /[\u0000-\u001f]/

/**
 * The members of one flat JSON object (RFC 8259). Numbers keep the digits they were written with: an 18-digit code is not rounded.
 * An object or array as a value, a name that comes twice and any flaw of grammar break the row.
 */
export function parseFlatObject(text: string): Member[] | BrokenRow {
  const reading = new FlatObject(text)
  return reading.read()
}

class FlatObject {
  readonly #text: string
  readonly #members: Member[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): Member[] | BrokenRow {
    this.#space()
    if (this.#text[this.#at] !== '{')
      return /^["[\d\-tfn]/.test(this.#text.slice(this.#at)) ? 'row.not-an-object' : 'row.json-broken'
    this.#at++
    this.#space()
    if (this.#text[this.#at] === '}') return this.#finish()
    for (;;) {
      const broken = this.#member()
      if (broken) return broken
      const sign = this.#text[this.#at++]
      if (sign === '}') {
        this.#at--
        return this.#finish()
      }
      if (sign !== ',') return 'row.json-broken'
      this.#space()
    }
  }

  #finish(): Member[] | BrokenRow {
    this.#at++
    this.#space()
    if (this.#at < this.#text.length) return 'row.json-broken'
    const names = new Set<string>()
    for (const { name, text } of this.#members) {
      if (names.has(name)) return 'row.duplicate-key'
      if (!isWritable(name) || !isWritable(text)) return 'row.character-broken'
      names.add(name)
    }
    return this.#members
  }

  #member(): BrokenRow | null {
    const name = this.#string()
    if (name === null) return 'row.json-broken'
    this.#space()
    if (this.#text[this.#at++] !== ':') return 'row.json-broken'
    this.#space()
    const sign = this.#text[this.#at]
    if (sign === '{' || sign === '[') return 'row.nested-value'
    const value = sign === '"' ? this.#textValue() : this.#bareValue()
    if (value === null) return 'row.json-broken'
    this.#members.push({ name, text: value.text, kind: value.kind })
    this.#space()
    return null
  }

  #textValue(): { text: string; kind: CellKind } | null {
    const text = this.#string()
    return text === null ? null : { text, kind: 's' }
  }

  #bareValue(): { text: string; kind: CellKind } | null {
    for (const [word, kind] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue
      this.#at += word.length
      return { text: kind === 'z' ? '' : word, kind }
    }
    NUMBER.lastIndex = this.#at
    const found = NUMBER.exec(this.#text)
    if (!found) return null
    this.#at += found[0].length
    return { text: found[0], kind: 'n' }
  }

  /** The string that begins here; null when it is none. */
  #string(): string | null {
    if (this.#text[this.#at] !== '"') return null
    const end = stringEnd(this.#text, this.#at + 1)
    if (end < 0) return null
    const raw = this.#text.slice(this.#at, end + 1)
    this.#at = end + 1
    if (raw.includes('\\')) return withoutEscapes(raw)
    return CONTROL.test(raw) ? null : raw.slice(1, -1)
  }

  #space(): void {
    if (this.#text.charCodeAt(this.#at) > 32) return
    SPACE.lastIndex = this.#at
    SPACE.test(this.#text)
    this.#at = SPACE.lastIndex
  }
}

/** Where the closing quote of a string is, or -1. */
function stringEnd(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end
  }
  return -1
}

function withoutEscapes(raw: string): string | null {
  try {
    return String(JSON.parse(raw))
  } catch {
    return null
  }
}

/** Finds the end of a JSON value in text that comes in pieces; looks at brackets and strings alone. */
export class ValueEnd {
  #depth = 0
  #isString = false
  #isEscaped = false
  #hasBegun = false

  /** The place behind the value, or -1 when it goes on. `from` is the value's first character, later the first unseen one. */
  find(text: string, from: number): number {
    for (let i = from; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (this.#isString) {
        if (this.#endsString(unit) && this.#depth === 0) return i + 1
      } else if (this.#hasBegun && this.#depth === 0 && isAfterBare(unit)) return i
      else if (this.#step(unit)) return i + 1
      this.#hasBegun = true
    }
    return -1
  }

  #endsString(unit: number): boolean {
    if (this.#isEscaped) this.#isEscaped = false
    else if (unit === 92) this.#isEscaped = true
    else if (unit === 34) this.#isString = false
    return !this.#isString
  }

  #step(unit: number): boolean {
    if (unit === 34) this.#isString = true
    else if (unit === 123 || unit === 91) this.#depth++
    else if (unit === 125 || unit === 93) return --this.#depth <= 0
    return false
  }
}

/** A comma, bracket or blank ends a number or word. */
function isAfterBare(unit: number): boolean {
  return unit === 44 || unit === 93 || unit === 125 || unit <= 32
}
