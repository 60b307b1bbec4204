import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Refusal } from '../base/refusal.ts'

/*
 * Whole passwords that are tried first: the list of the most used ones that a package brings, and the city's own file of those known from
 * breaches (ASVS 6.2.4, 6.2.12). The list is read at the first question; the file is never read whole.
 */

let used: Promise<ReadonlySet<string>> | undefined

async function readUsed(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map(String))
}

/** Whether the password, or what is left of it without digits and marks at its ends, is one of the most used ones. */
export async function isMostUsed(password: string): Promise<boolean> {
  used ??= readUsed()
  const text = password.normalize('NFKC').toLowerCase()
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const listed = await used
  return listed.has(text) || (core.length >= LEAST_CORE && listed.has(core))
}

/** A shorter word beside many characters of its owner's own is no flaw. */
const LEAST_CORE = 6

const DIGEST = /^[0-9A-F]{40}(?::\d+)?\r?$/
/** Longer than any line of such a file with its end. */
const WINDOW_BYTES = 128

/**
 * Whether the file of breached passwords names the password: a line for each, its SHA-1 in capital hexadecimal digits, then perhaps a colon and
 * how often it was seen, in the order of the digests (the form in which such lists are handed round). Reads some twenty lines of it.
 * Throws on a line that is none.
 */
export async function isBreached(password: string, path: string): Promise<boolean> {
  const wanted = createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase()
  const file = await open(path, 'r')
  try {
    let [low, high] = [0, (await file.stat()).size]
    while (low < high) {
      const line = await lineAt(file, Math.floor((low + high) / 2), low)
      if (!DIGEST.test(line.text)) throw new Error(`the file of breached passwords has no digest at byte ${line.start}`)
      const digest = line.text.slice(0, 40)
      if (digest === wanted) return true
      if (digest < wanted) low = line.end
      else high = line.start
    }
    return false
  } finally {
    await file.close()
  }
}

type Line = { readonly text: string; readonly start: number; readonly end: number }

/** The line in which the byte at `at` lies; no line begins before `low`. */
async function lineAt(file: FileHandle, at: number, low: number): Promise<Line> {
  const from = Math.max(low, at - WINDOW_BYTES)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * WINDOW_BYTES), 0, 2 * WINDOW_BYTES, from)
  const text = buffer.toString('latin1', 0, bytesRead)
  const before = text.lastIndexOf('\n', at - from - 1)
  const start = at === from ? 0 : before + 1
  const next = text.indexOf('\n', at - from)
  const line = text.slice(start, next < 0 ? undefined : next)
  return { text: line, start: from + start, end: from + (next < 0 ? text.length : next + 1) }
}

/** Reads the first line and the last. Refuses a file that is no such list: said at the start, not to whoever changes a password. */
export async function checkBreachedFile(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) throw new Refusal('start.breached-passwords', null, { file: path, byte: 0 })
    const [first, last] = [await lineAt(file, 0, 0), await lineAt(file, size - 1, 0)]
    for (const line of [first, last])
      if (!DIGEST.test(line.text)) throw new Refusal('start.breached-passwords', null, { file: path, byte: line.start })
    if (first.text > last.text) throw new Refusal('start.breached-passwords-order', null, { file: path })
  } finally {
    await file.close()
  }
}
