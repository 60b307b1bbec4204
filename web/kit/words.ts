/* Every sentence the screens show, by key. The shell's are given at start, those of some pages with the page; nothing may ask before. */

export type Facts = Readonly<Record<string, string | number | null | undefined>>

let table: Readonly<Record<string, string>> = {}

/** Takes the table of sentences, key to sentence with {blanks}. */
export function setWords(sentences: Readonly<Record<string, string>>): void {
  table = sentences
}

/** Takes the sentences that come with a page. */
export function addWords(sentences: Readonly<Record<string, string>>): void {
  table = { ...table, ...sentences }
}

/** The sentence of a key with its blanks filled; the key itself where there is none (a test finds such keys). */
export function say(key: string, facts: Facts = {}): string {
  return (table[key] ?? key).replaceAll(/\{([a-zA-Z0-9]+)\}/g, (_, name: string) => {
    const fact = facts[name]
    if (fact === undefined || fact === null) return '—'
    return typeof fact === 'number' ? countText(fact) : fact
  })
}

/** The sentence of a key, or the given text where the table has none: for words that the law's data may extend. */
export function sayOr(key: string, otherwise: string): string {
  return table[key] ?? otherwise
}

/** A count with separators: 1,204. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
