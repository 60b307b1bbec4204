/* Counts that are told to the public: none that tells of single ones, and none from which such a one can be worked out. */

/**
 * The counts of parts that together make the whole; null: not told. A part that is neither none nor `atLeast` is left out, and with it the next
 * smallest ones until what was left out, taken together, is at least `atLeast` and stands for two parts or more.
 */
export function withoutSmallCells<Part extends string>(
  parts: Readonly<Record<Part, number>>,
  atLeast: number,
): { readonly whole: number | null; readonly parts: Readonly<Record<Part, number | null>> } {
  const all = Object.entries<number>(parts) as [Part, number][]
  const whole = all.reduce((sum, [, count]) => sum + count, 0)
  const rising = all.filter(([, count]) => count > 0).sort(([, a], [, b]) => a - b)
  const hidden = new Set<Part>()
  let sum = 0
  for (const [part, count] of rising) {
    if (count >= atLeast && (hidden.size === 0 || (hidden.size > 1 && sum >= atLeast))) break
    hidden.add(part)
    sum += count
  }
  // One part alone is the rest of the whole: then the whole is not told either.
  const isWholeTold = hidden.size === 0 || (hidden.size > 1 && sum >= atLeast)
  return {
    whole: isWholeTold ? whole : null,
    parts: Object.fromEntries(all.map(([part, count]) => [part, hidden.has(part) ? null : count])) as Record<Part, number | null>,
  }
}
