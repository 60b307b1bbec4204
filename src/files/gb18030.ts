/** Codes of the basic plane: two bytes below 0x10000, four bytes above, 0 for none. Made at first use, 0.2 s. */
let table: Uint32Array | undefined

/**
 * Private-use characters that GB 18030-2000 gave to signs which Unicode had not yet; the editions of 2005 and 2022 read their codes as
 * the signs themselves. Old fonts and files still hold them: they are written with the same codes.
 */
const FORMER: readonly (readonly [point: number, code: number])[] = [
  ...[0xa6d9, 0xa6da, 0xa6db, 0xa6dc, 0xa6dd, 0xa6de, 0xa6df, 0xa6ec, 0xa6ed, 0xa6f3].map(
    (code, i) => [0xe78d + i, code] as const,
  ),
  [0xe5e5, 0xa3a0],
  [0xe81e, 0xfe59],
  [0xe826, 0xfe61],
  [0xe82b, 0xfe66],
  [0xe82c, 0xfe67],
  [0xe832, 0xfe6d],
  [0xe843, 0xfe7e],
  [0xe854, 0xfe90],
  [0xe864, 0xfea0],
]

/**
 * Text as GB 18030 bytes, the inverse of the platform's decoder. Every character of Unicode has a code, so nothing becomes a
 * question mark; half of a surrogate pair, which is no character, becomes U+FFFD.
 */
export function encodeGb18030(text: string): Buffer {
  table ??= makeTable()
  const bytes = Buffer.allocUnsafe(text.length * 4)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      bytes[at++] = unit
      continue
    }
    let code = table[unit] ?? 0
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const point = text.codePointAt(i) ?? 0
      if (point > 0xffff) {
        i++
        code = fourBytes(point - 0x10000 + 189_000)
      } else code = table[0xfffd] ?? 0
    }
    at = code > 0xffff ? bytes.writeUInt32BE(code, at) : bytes.writeUInt16BE(code, at)
  }
  return bytes.subarray(0, at)
}

/** The place of the first bytes that are no GB 18030, or -1. A character cut off at the end counts as broken. */
export function findBrokenGb18030(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const length = codeLength(bytes, at)
    if (length === 0) return at
    if (length > 1 && !decodes(bytes.subarray(at, at + length))) return at
    at += length
  }
  return -1
}

function codeLength(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4)
  if (first <= 0x80) return 1
  if (first === 0xff) return 0
  if (second >= 0x40 && second <= 0xfe && second !== 0x7f) return 2
  const isFour = second >= 0x30 && second <= 0x39 && third >= 0x81 && third <= 0xfe && fourth >= 0x30 && fourth <= 0x39
  return isFour ? 4 : 0
}

const strict = new TextDecoder('gb18030', { fatal: true })

function decodes(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Four-byte code of a linear number: 0 is 81 30 81 30, 189000 is 90 30 81 30. */
function fourBytes(linear: number): number {
  const fourth = 0x30 + (linear % 10)
  const third = 0x81 + (Math.floor(linear / 10) % 126)
  const second = 0x30 + (Math.floor(linear / 1260) % 10)
  const first = 0x81 + Math.floor(linear / 12_600)
  return first * 0x1000000 + second * 0x10000 + third * 0x100 + fourth
}

function makeTable(): Uint32Array {
  const made = new Uint32Array(0x10000)
  const codes: number[] = []
  for (let linear = 0; linear < 39_420; linear++) codes.push(fourBytes(linear))
  // The two-byte codes come last: where a character has both, the short one is what other programs write.
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) if (second !== 0x7f) codes.push(first * 0x100 + second)
  }
  // A line feed after each code keeps the decoder in step where a code is not assigned.
  const bytes = Buffer.alloc(codes.length * 5)
  let at = 0
  for (const code of codes) {
    at = code > 0xffff ? bytes.writeUInt32BE(code, at) : bytes.writeUInt16BE(code, at)
    bytes[at++] = 0x0a
  }
  const decoded = new TextDecoder('gb18030').decode(bytes.subarray(0, at)).split('\n')
  for (const [index, code] of codes.entries()) {
    const character = decoded[index]
    if (character?.length === 1 && character !== '\ufffd') made[character.charCodeAt(0)] = code
  }
  for (const [point, code] of FORMER) if (made[point] === 0) made[point] = code
  made[0xfffd] = 0x8431a437
  return made
}
