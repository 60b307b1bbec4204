import { closeSync, openSync, readSync } from 'node:fs'

/** Which code points a set of fonts can draw. */
export interface Coverage {
  has(codePoint: number): boolean
}

const CODE_POINTS = 0x11_0000

/** The union of what the fonts' character maps (cmap formats 4 and 12) hold. Takes paths of TrueType files; reads only that table. */
export function readCoverage(fontPaths: readonly string[]): Coverage {
  const bits = new Uint8Array(CODE_POINTS / 8)
  for (const path of fontPaths) {
    const table = readCmapTable(path)
    for (const offset of subtableOffsets(table)) {
      const format = table.getUint16(offset)
      if (format === 4) addFormat4(table, offset, bits)
      if (format === 12) addFormat12(table, offset, bits)
    }
  }
  return { has: codePoint => ((bits[codePoint >> 3] ?? 0) & (1 << (codePoint & 7))) !== 0 }
}

function readCmapTable(path: string): DataView {
  const file = openSync(path, 'r')
  const read = (position: number, length: number) => {
    const bytes = new Uint8Array(length)
    if (readSync(file, bytes, 0, length, position) !== length) throw new RangeError(`font file ends early: ${path}`)
    return new DataView(bytes.buffer)
  }
  const tables = read(0, 12).getUint16(4)
  const directory = read(12, tables * 16)
  for (let i = 0; i < tables; i++) {
    if (directory.getUint32(i * 16) === 0x63_6d_61_70) {
      const table = read(directory.getUint32(i * 16 + 8), directory.getUint32(i * 16 + 12))
      closeSync(file)
      return table
    }
  }
  throw new RangeError(`font has no cmap table: ${path}`)
}

function subtableOffsets(table: DataView): number[] {
  return Array.from({ length: table.getUint16(2) }, (_, i) => table.getUint32(4 + i * 8 + 4))
}

function add(bits: Uint8Array, codePoint: number): void {
  bits[codePoint >> 3] = (bits[codePoint >> 3] ?? 0) | (1 << (codePoint & 7))
}

function addFormat4(table: DataView, at: number, bits: Uint8Array): void {
  const segments = table.getUint16(at + 6) / 2
  const [ends, starts, deltas, ranges] = [at + 14, at + 16 + segments * 2, at + 16 + segments * 4, at + 16 + segments * 6]
  for (let i = 0; i < segments; i++) {
    const [end, start] = [table.getUint16(ends + i * 2), table.getUint16(starts + i * 2)]
    const [delta, range] = [table.getUint16(deltas + i * 2), table.getUint16(ranges + i * 2)]
    for (let code = start; code <= end && code < 0xffff; code++) {
      const listed = range === 0 ? code : table.getUint16(ranges + i * 2 + range + (code - start) * 2)
      if (listed !== 0 && ((listed + delta) & 0xffff) !== 0) add(bits, code)
    }
  }
}

function addFormat12(table: DataView, at: number, bits: Uint8Array): void {
  const groups = table.getUint32(at + 12)
  for (let i = 0; i < groups; i++) {
    const group = at + 16 + i * 12
    const [start, end, glyph] = [table.getUint32(group), table.getUint32(group + 4), table.getUint32(group + 8)]
    for (let code = start; code <= end && code < CODE_POINTS; code++) if (glyph + code - start !== 0) add(bits, code)
  }
}

const LINE_FEEDS = /\r\n?|[\u0085\u2028\u2029]/g
// Controls, soft hyphens, zero-width and direction marks would make the paper read otherwise than the record.
const INVISIBLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\u{e0000}-\u{e0fff}]|[\ufe00-\ufe0f]/gu
const PLAIN = /^[\n\x20-\x7e\u3001-\u3011\u4e00-\u9fa5\uff01-\uff5e]*$/

/**
 * Text the fonts can print. A character without a glyph (private use always) becomes its code in brackets, [U+2A6D6];
 * invisible characters are left out, tabs become blanks. Whatever was changed is told through `warn`, by code, once each call.
 */
export function printable(text: string, coverage: Coverage, warn: (warning: string) => void): string {
  if (PLAIN.test(text)) return text
  const shown = text.replace(LINE_FEEDS, '\n').replaceAll('\t', ' ').toWellFormed()
  const visible = shown.replace(INVISIBLE, character => {
    warn(`invisible ${codeOf(character)} left out`)
    return ''
  })
  let result = ''
  for (const character of visible) {
    const codePoint = character.codePointAt(0) ?? 0
    if (character === '\n' || (coverage.has(codePoint) && !isPrivate(codePoint))) result += character
    else {
      warn(`no glyph for ${codeOf(character)}`)
      result += `[${codeOf(character)}]`
    }
  }
  return result
}

function isPrivate(codePoint: number): boolean {
  return (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf_0000
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
