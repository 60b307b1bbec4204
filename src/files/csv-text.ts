import type { CsvFormat } from './format.ts'
import { neutralise } from './spreadsheet-safe.ts'
import { encodeText } from './text.ts'

const BATCH_UNITS = 64 * 1024

/**
 * Delimited text as bytes, in the encoding, with the delimiter, line ends and marks of the format. Cells that a spreadsheet would take
 * for formulas are made safe; `readBack` undoes it. Memory: one batch.
 */
export async function* writeCsv(
  format: CsvFormat,
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  let text = `${format.hasMark ? '\ufeff' : ''}${format.hasSepLine ? `sep=${format.delimiter}${format.newline}` : ''}`
  // Blanks at the ends are quoted, a byte order mark among them: the first cell of a file must not lend it one.
  const mustQuote = new RegExp(`["\\r\\n${format.delimiter.replace(/[\\\]^-]/g, '\\$&')}]|^\\s|\\s$|^sep=`, 'i')
  for await (const cells of rows) {
    text += `${lineText(cells, format.delimiter, mustQuote)}${format.newline}`
    if (text.length < BATCH_UNITS) continue
    yield encodeText(text, format.encoding)
    text = ''
  }
  if (text !== '') yield encodeText(text, format.encoding)
}

function lineText(cells: readonly string[], delimiter: string, mustQuote: RegExp): string {
  return cells
    .map(cell => {
      const safe = neutralise(cell)
      return mustQuote.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
    })
    .join(delimiter)
}
