/** The fragment of a refused cell: `r18-C`; of a whole row: `r18`. */
export function cellAnchor(row: number, columnLetters: string | null): string {
  return columnLetters ? `r${row}-${columnLetters}` : `r${row}`
}

/** The row that a fragment names, or null. */
export function rowOfAnchor(hash: string): number | null {
  const found = /^#?r(\d+)(?:-[A-Z]+)?$/.exec(hash)
  return found ? Number(found[1]) : null
}
