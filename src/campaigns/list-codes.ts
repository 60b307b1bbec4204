import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { readAsked } from '../checks/asked.ts'
import type { AskedList } from '../checks/list.ts'
import { campaignsOf } from '../law/campaign-model.ts'

/** A line of a list: the code that it holds, or the sentence that says why it holds none. */
export type CodeLine = { readonly line: number; readonly code: string | null; readonly why: string | null }

/**
 * Reads a list that was pasted or sent: which lines hold a unified code, each code once, and what is wrong with the others. Nothing is kept and nobody is
 * looked up. Refuses `campaign.too-many-rows` for more codes than a list may have.
 */
export async function readCodes(app: Pick<App, 'law' | 'city' | 'words'>, list: AskedList): Promise<CodeLine[]> {
  const { mostRows } = campaignsOf(app.law).batch
  const lines: CodeLine[] = []
  const seen = new Map<string, number>()
  for await (const chunk of list.chunks()) {
    for (const { line, asked } of chunk) {
      const one = readLine(app, line, asked, seen)
      if (one.code !== null) seen.set(one.code, line)
      if (seen.size > mostRows) throw new Refusal('campaign.too-many-rows', null, { most: mostRows }, 422)
      lines.push(one)
    }
    if (lines.length > mostRows * 2) throw new Refusal('campaign.too-many-rows', null, { most: mostRows }, 422)
  }
  return lines
}

function readLine(
  { city, words }: Pick<App, 'city' | 'words'>,
  line: number,
  asked: string,
  seen: ReadonlyMap<string, number>,
): CodeLine {
  const none = (code: string, facts = {}): CodeLine => ({ line, code: null, why: words.say(code, facts) })
  const read = readAsked(asked, city.inventedPrefixes)
  if (!read.ok) return none(read.code)
  if (read.value.by !== 'uscc') return none('campaign.row-no-code')
  const first = seen.get(read.value.value)
  return first === undefined ? { line, code: read.value.value, why: null } : none('campaign.row-twice', { line: first })
}
