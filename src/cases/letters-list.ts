import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { dayText } from '../law/notice-term.ts'
import type { NoticeFact } from '../notices/model.ts'
import { hearingDue, type ListCase, listCaseOf, listedUntil } from './list-case.ts'
import type { Filled } from './model.ts'

/*
 * What letters about a list say out of the register of lists: its name, the ground, the measures, the end, the way out. Nobody types them, so that
 * none is left out and none is invented (M205).
 */

export type ListLetter = {
  readonly aboutRef: string | null
  readonly filled: Filled
  readonly today: Day
  /** The articles of the act. */
  readonly basis: readonly string[]
  /** The day on which the notice before listing was served. */
  readonly notifiedOn: Day | undefined
  readonly answerDays: number | undefined
}

/** The facts of a letter by blank; empty where the case is about no list. */
export function listFacts(app: Pick<App, 'law' | 'words'>, letter: ListLetter): Record<string, NoticeFact | undefined> {
  const one = listCaseOf(app.law, letter.aboutRef, letter.filled)
  if (!one) return {}
  const { filled, today, basis } = letter
  return {
    list: one.list.name,
    matter: one.ground?.text,
    evidence: evidenceOf(app, filled),
    measures: measuresOf(app, one),
    until: untilText(one, today),
    exit: exitText(app, one.list),
    notified: letter.notifiedOn,
    'hearing-days': hearingDue(one, filled) ? letter.answerDays : undefined,
    decision: filled['decision-number'],
    rules: [...new Set([...(one.ground?.basis ?? []), ...basis])],
  }
}

function evidenceOf({ words }: Pick<App, 'words'>, filled: Filled): string[] {
  const proofs = (filled['proof'] ?? '').split(/[\r\n]+/).map(line => line.trim())
  const document = filled['document'] ? [words.say('list.document-line', { document: filled['document'] })] : []
  return [...document, ...proofs.filter(line => line !== '')]
}

function measuresOf({ law, words }: Pick<App, 'law' | 'words'>, { list: { kind, measures }, handling }: ListCase): string[] {
  if (kind === 'honour') return [words.say('list.honour-only')]
  if (handling) return [words.say('list.no-restrictions', { degree: handling.degree, does: handling.does })]
  const named = measures.flatMap(id => law.measures.get(id) ?? [])
  if (named.length === 0) return [words.say('list.no-measures')]
  return named.map(({ name, statutes }) =>
    words.say('list.measure', { name, statutes: statutes.map(statute => words.names.cite(statute)).join('、') }),
  )
}

function untilText(one: ListCase, today: Day): string | undefined {
  const last = listedUntil(one, today)
  return last ? dayText(last) : (one.period?.until ?? undefined)
}

function exitText({ words }: Pick<App, 'words'>, { exit: { text, early } }: ListCase['list']): string {
  if (!early) return text
  return text + words.say('list.exit-early', { conditions: early.conditions.join('；'), decidedBy: early.decidedBy })
}
