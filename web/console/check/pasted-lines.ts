/* A column pasted into the search field waits here for the batch check; it never stands in an address. */

let kept: readonly string[] = []

/** The non-empty lines of a pasted text; of a pasted table the first column. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map(line => (line.split('\t')[0] ?? '').trim())
    .filter(line => line !== '')
}

/** Keeps the lines of a pasted text and answers how many there are. */
export function keepPastedLines(text: string): number {
  kept = linesOf(text)
  return kept.length
}

/** Hands over the kept lines, once. */
export function takePastedLines(): readonly string[] {
  const taken = kept
  kept = []
  return taken
}
