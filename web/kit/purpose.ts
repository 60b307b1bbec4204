import { say } from './words.ts'

type Purpose = { readonly purpose: string; readonly businessNo: string }

/* Kept in the page's memory only: neither address nor storage may carry why somebody was looked at. */
let used: readonly Purpose[] = []

/** Remembers what was just used, for the next form of this page's life. */
export function rememberPurpose(purpose: Purpose): void {
  used = [purpose, ...used.filter(it => it.purpose !== purpose.purpose)].slice(0, 12)
}

/** The last purpose and business number used, if any. */
export function lastPurpose(): Purpose | undefined {
  return used[0]
}

/** Purposes to choose from: the last used first, then the usual ones. Any other may be typed. */
export function purposesLastUsedFirst(): string[] {
  const usual = say('console.purpose.usual').split('、')
  return [...new Set([...used.map(it => it.purpose), ...usual])]
}
