import type { Facts } from '../../src/base/refusal.ts'
import type { Words } from '../../src/words/words.ts'
import { escapeText, Html } from './html.ts'
import type { Say, SayHtml } from './page.ts'

const BLANK = /\{([a-zA-Z0-9]+)\}/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const NO_FACTS: Facts = {}

/**
 * The words with every sentence taken apart once, for pages that say hundreds of them: the same text as `words.say`, without a search for
 * blanks each time.
 */
export function openSay(words: Words): Say {
  const opened = takeApart(words, text => text)
  return (code, facts = NO_FACTS) => {
    const parts = opened.get(code)
    if (parts === undefined) return code
    let text = parts[0] ?? ''
    // Texts stand at even places, names of blanks at odd ones.
    for (let i = 1; i < parts.length; i += 2) text += printFact(facts[parts[i] ?? '']) + parts[i + 1]
    return text
  }
}

/** The same as markup: texts are escaped, days never break across lines, and a blank may be filled with markup. */
export function openSayHtml(words: Words): SayHtml {
  const opened = takeApart(words, escapeText)
  return (code, facts) => {
    const parts = opened.get(code)
    if (parts === undefined) return new Html(escapeText(code))
    let text = parts[0] ?? ''
    for (let i = 1; i < parts.length; i += 2) {
      const fact = facts[parts[i] ?? '']
      text += (fact instanceof Html ? fact.text : dayOrText(printFact(fact))) + parts[i + 1]
    }
    return new Html(text)
  }
}

function takeApart(words: Words, treat: (text: string) => string): Map<string, readonly string[]> {
  return new Map(
    [...words.all].map(([code, sentence]) => [
      code,
      sentence.split(BLANK).map((part, index) => (index % 2 === 0 ? treat(part) : part)),
    ]),
  )
}

function printFact(fact: Facts[string]): string {
  return fact === undefined || fact === null ? '—' : String(fact)
}

function dayOrText(text: string): string {
  return DAY.test(text) ? `<span class="day">${text}</span>` : escapeText(text)
}
