const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

/** What was typed or scanned, as the server may be asked: half-width, no blanks inside a code, capitals in a code. */
export function plainQuery(text: string): string {
  const half = text
    .replaceAll(/[\uff01-\uff5e]/g, one => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u200b-\u200f\ufeff]/g, '')
    .replaceAll(/[\s\u3000]+/g, ' ')
    .trim()
  const tight = half.replaceAll(/[ -]/g, '')
  return /^[0-9a-zA-Z]{8,20}$/.test(tight) ? tight.toUpperCase() : half
}

/**
 * True for what must not stand in an address because it is most likely a person's number: the shape, a birth date that can be, and the
 * check character of GB 11643. A unified code of the same shape passes these three by chance once in thousands.
 */
export function looksLikePersonNumber(text: string): boolean {
  const number = text.replaceAll(/[\s-]/g, '').toUpperCase()
  if (!/^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(number)) return false
  let sum = 0
  for (let at = 0; at < 17; at++) sum += Number(number[at]) * (WEIGHTS[at] ?? 0)
  return CHECKS[sum % 11] === number[17]
}
