import { readText } from '../src/reports/testing.ts'

/** What a person finds in a report: all its words in the order they are set, and the code that stands at the top right of page one. */
export type Paper = { readonly text: string; readonly code: string }

const GROUP = /^[0-9A-HJKMNP-TV-Z]{4}$/
/** Half of an A4 page across, and a third of it down, in points. */
const TOP_RIGHT = { x: 297, y: 280 }

/** Reads a report's PDF. The code is read as groups with blanks between them, as it is printed; '' where none stands at the top right. */
export async function readPaper(pdf: Uint8Array): Promise<Paper> {
  const items = await readText(Uint8Array.from(pdf))
  const words = items
    .filter(item => item.page === 1 && item.x > TOP_RIGHT.x && item.y < TOP_RIGHT.y)
    .flatMap(item => item.text.trim().split(/\s+/))
    .filter(word => GROUP.test(word))
  return { text: items.map(item => item.text).join(' '), code: words.length === 5 ? words.join(' ') : '' }
}
