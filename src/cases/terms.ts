import { type Day, daysBetween, isDay } from '../base/day.ts'
import type { Law } from '../law/law.ts'
import { pledgeOf } from '../law/pledge.ts'
import type { ProcedureSpan } from '../law/procedure-model.ts'
import { isOfPlace, knownSpan } from '../law/procedure-terms.ts'
import type { TermName } from '../law/procedure-words.ts'
import type { Span } from '../legal-clock/model.ts'
import { listCaseOf } from './list-case.ts'
import type { Filled } from './model.ts'

/** What a named term is worked out from. */
export type TermFacts = { readonly law: Law; readonly today: Day; readonly filled: Filled; readonly aboutRef: string | null }

type Term = (facts: TermFacts) => Span | null

/** What the list itself says: how long an entry holds (null: until an event), how long there is to answer, to decide on leaving, to revoke. */
const LIST_TERMS = {
  'list-term': ({ law, aboutRef, filled }) => {
    const months = listCaseOf(law, aboutRef, filled)?.period?.months
    return months ? { count: months, unit: 'months' } : null
  },
  'list-statement': ({ law, aboutRef, filled }) => listCaseOf(law, aboutRef, filled)?.list.notice?.statement ?? null,
  'list-exit': ({ law, aboutRef, filled }) => listCaseOf(law, aboutRef, filled)?.list.exit.early?.decideWithin ?? null,
  'list-annulment': ({ law, aboutRef, filled }) => listCaseOf(law, aboutRef, filled)?.list.annulment?.removeWithin ?? null,
} as const satisfies Partial<Record<TermName, Term>>

/** How many days after the last day of a commitment a unit has looked whether it was kept, where its list of matters does not say. */
const DAYS_TO_LOOK = 10

/** As long as the unit's list gives for looking; else until some days after the day until which it is promised. */
const verify: Term = ({ law, today, filled }) => {
  const within = pledgeOf(law, filled['matter'], today)?.verifyWithin
  if (within) return within
  const until = filled['until']
  return until && isDay(until) ? { count: Math.max(0, daysBetween(today, until)) + DAYS_TO_LOOK, unit: 'calendar' } : null
}

/** How many days there are left at least to put right what was ordered, once the time to answer is over, however late the letter came. */
const LEAST_LEFT = 5

/** Until the day that the order names. */
const rectificationLeft: Term = ({ today, filled }) => {
  const until = filled['until']
  return until && isDay(until) ? { count: Math.max(LEAST_LEFT, daysBetween(today, until)), unit: 'calendar' } : null
}

/** Terms that depend on the case, by name. */
export const TERMS_BY_NAME: Partial<Readonly<Record<TermName, Term>>> = {
  ...LIST_TERMS,
  'commitment-verify': verify,
  'rectification-left': rectificationLeft,
}

/** A term of a table as so many of a unit; null where there is none in this case. */
export function spanOf(span: ProcedureSpan, facts: TermFacts): Span | null {
  if (!('named' in span)) return span
  if (isOfPlace(span)) {
    const known = knownSpan(facts.law, span, facts.today)
    return known && { count: known.count, unit: known.unit }
  }
  const named = TERMS_BY_NAME[span.named]
  if (!named) throw new Error(`no term is called ${span.named}`)
  return named(facts) ?? span.otherwise ?? null
}
