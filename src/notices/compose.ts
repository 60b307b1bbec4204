import { isDay } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { cite } from '../law/citation.ts'
import { basisOf, type Law } from '../law/law.ts'
import { type NoticeBlank, type NoticeRemedy, type NoticeTemplate, type OwnBlank, partsOf } from '../law/notice-model.ts'
import { dayText, termText, unknownDayText } from '../law/notice-term.ts'
import type { Letter, NoticeFact, NoticeFacts } from './model.ts'

/** What the platform fills in by itself; whom it is for stands above the first paragraph of every letter. */
export type OwnFacts = Readonly<Record<OwnBlank | 'addressee', string>>

const LONGEST = { text: 300, paragraph: 5000, line: 1000, lines: 100 } as const
const BASIS = /^[a-z0-9]+(-[a-z0-9]+)*(#\S+)?$/

/**
 * A letter from its template and what a case gave for the blanks. Refuses `notice.fact-missing`, `notice.fact-unknown` and
 * `notice.fact-malformed`, each with the blank's name: the words themselves are nobody's to change.
 */
export function composeLetter(law: Law, template: NoticeTemplate, own: OwnFacts, facts: NoticeFacts): Verdict<Letter> {
  const basis = template.basis[0] ?? null
  const known = new Map(template.blanks.map(one => [one.blank, one]))
  for (const name of Object.keys(facts))
    if (!known.has(name)) return refused('notice.fact-unknown', basis, { letter: template.name, blank: name })
  const filled = new Map<string, string>(Object.entries(own))
  for (const blank of template.blanks) {
    const fact = facts[blank.blank]
    if (fact === undefined) {
      if (blank.required) return refused('notice.fact-missing', basis, { letter: template.name, blank: blank.name })
      continue
    }
    const text = printed(law, blank, fact)
    if (text === null) return refused('notice.fact-malformed', basis, { letter: template.name, blank: blank.name })
    filled.set(blank.blank, text)
  }
  const fill = (text: string): string => filledIn(law, template, filled, text)
  return granted({
    notice: template.notice,
    edition: template.inForceFrom,
    name: template.name,
    title: fill(template.title),
    number: own.number,
    unitName: own.unit,
    addressee: own.addressee,
    day: own.day,
    paragraphs: template.body.filter(one => one.with === undefined || filled.has(one.with)).map(one => fill(one.text)),
    remedies: template.remedies.map(one => ({ remedy: one.remedy, ...spanOf(one), basis: one.basis[0] ?? '' })),
  })
}

/** How a fact stands in the letter; null where it is not of the blank's type. */
function printed(law: Law, { type }: NoticeBlank, fact: NoticeFact): string | null {
  if (type === 'lines' || type === 'bases') return printedList(law, type, fact)
  if (type === 'count') return Number.isSafeInteger(fact) && Number(fact) >= 0 ? String(fact) : null
  if (typeof fact !== 'string' || fact.trim() === '') return null
  if (type === 'day') return isDay(fact) ? dayText(fact) : unknownDayText(fact)
  if (type === 'unit') return law.units.get(fact)?.name ?? null
  if (fact.length > LONGEST[type]) return null
  return type === 'text' && /[\r\n]/.test(fact) ? null : fact.trim()
}

function printedList(law: Law, type: 'lines' | 'bases', fact: NoticeFact): string | null {
  if (typeof fact === 'string' || typeof fact === 'number' || fact.length === 0 || fact.length > LONGEST.lines) return null
  if (type === 'bases')
    return fact.every(one => BASIS.test(one) && basisOf(law, one) !== undefined)
      ? fact.map(one => cite(law, one)).join('、')
      : null
  if (fact.some(one => one.trim() === '' || one.length > LONGEST.line || /[\r\n]/.test(one))) return null
  return fact.map((one, index) => `${index + 1}. ${one.trim()}`).join('\n')
}

export function spanOf({ within }: Pick<NoticeRemedy, 'within'>): Pick<Letter['remedies'][number], 'count' | 'unit'> {
  if ('days' in within) return { count: within.days, unit: 'calendar' }
  if ('months' in within) return { count: within.months, unit: 'months' }
  return { count: within.workingDays, unit: 'working' }
}

function filledIn(law: Law, template: NoticeTemplate, filled: ReadonlyMap<string, string>, text: string): string {
  return partsOf(text)
    .map(part => {
      if (typeof part === 'string') return part
      if (part.kind === 'article') return cite(law, part.basis)
      if (part.kind === 'blank') return filled.get(part.blank) ?? ''
      const remedy = part.kind === 'term' ? template.remedies.find(one => one.remedy === part.remedy) : undefined
      return remedy ? termText(remedy) : ''
    })
    .join('')
}
