/**
 * A table pasted from a spreadsheet (tab between cells, quotes around cells with line breaks) as the CSV file that is sent. Null for a text
 * that is no table: fewer than two lines, or a single column.
 */
export function csvOfPaste(text: string): string | null {
  const rows = rowsOfPaste(text)
  if (rows.length < 2 || (rows[0]?.length ?? 0) < 2) return null
  return rows.map(cells => cells.map(csvCell).join(',')).join('\r\n')
}

/** The rows of a tab-separated paste. A quoted cell may hold tabs, line breaks and doubled quotes. */
export function rowsOfPaste(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy
  for (;;) {
    const found = cell.exec(text)
    if (!found) break
    row.push(found[1] !== undefined ? found[1].replaceAll('""', '"') : (found[2] ?? ''))
    if (found[3] === '\t') continue
    if (row.some(value => value.trim() !== '')) rows.push(row)
    row = []
    if (cell.lastIndex >= text.length) break
  }
  return rows
}

function csvCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
