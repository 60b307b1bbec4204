import { plainText } from './markup.ts'

/**
 * The text of a string item (`si` or `is`) in bytes `from` to `to`: its runs joined, phonetic readings left out.
 * `latin1` holds the same bytes, one character each, so that places in it are places in the bytes.
 */
export function richText(bytes: Buffer, latin1: string, from: number, to: number): string {
  let text = ''
  let at = from
  while (at < to) {
    const open = latin1.indexOf('<', at)
    if (open < 0 || open >= to) break
    const close = latin1.indexOf('>', open)
    if (close < 0 || close >= to) break
    const name = localName(latin1, open + 1, close)
    at = close + 1
    if (latin1.charCodeAt(close - 1) === 47) continue
    if (name === 'rPh') at = behindEnd(latin1, 'rPh>', at, to)
    else if (name === 't') {
      const end = latin1.indexOf('<', at)
      text += plainText(bytes.toString('utf8', at, end))
      at = end
    }
  }
  return text
}

function localName(latin1: string, from: number, close: number): string {
  let start = from
  for (let i = from; i < close; i++) {
    const unit = latin1.charCodeAt(i)
    if (unit === 58) start = i + 1
    else if (unit <= 32 || unit === 47) return latin1.slice(start, i)
  }
  return latin1.slice(start, close)
}

function behindEnd(latin1: string, end: string, at: number, to: number): number {
  const found = latin1.indexOf(end, at)
  return found < 0 || found > to ? to : found + end.length
}
