export type Purpose = { readonly purpose: string; readonly businessNo: string }

/* Kept in the page's memory only: neither address nor storage may carry why somebody was looked at. */
let used: readonly Purpose[] = []
let offered: readonly string[] = []

/** Takes in the purposes of the law's table, which the session tells. */
export function setPurposes(purposes: readonly string[]): void {
  offered = purposes
}

/** Remembers what was just used, for the next form of this page's life. */
export function rememberPurpose(purpose: Purpose): void {
  used = [purpose, ...used.filter(it => it.purpose !== purpose.purpose)].slice(0, 12)
}

/** The last purpose and business number used, if any. */
export function lastPurpose(): Purpose | undefined {
  return used[0]
}

/** Purposes to choose from: the last used first, then those that bring their basis. Another one may be typed where a basis is given. */
export function purposesLastUsedFirst(): string[] {
  return [...new Set([...used.map(it => it.purpose), ...offered])]
}
