import { addMonths, type Day, daysBetween, isDay } from '../base/day.ts'
import type { Law } from '../law/law.ts'
import { pledgeOf } from '../law/pledge.ts'
import type { Procedure, ProcedureSpan } from '../law/procedure-model.ts'
import { knownSpan, type TermOfPlace } from '../law/procedure-terms.ts'
import type { TermName } from '../law/procedure-words.ts'
import type { Span } from '../legal-clock/model.ts'
import { limitIn } from './limits.ts'
import { LISTED_ON, listCaseOf } from './list-case.ts'
import { endOf, measureOf } from './measure-case.ts'
import type { Filled, RecordFacts } from './model.ts'

/** What a named term is worked out from. */
export type TermFacts = {
  readonly law: Law
  readonly today: Day
  readonly filled: Filled
  readonly aboutRef: string | null
  readonly record?: RecordFacts | null
  /** The table by which the case runs; absent or null before there is a case. */
  readonly opened?: { readonly procedure: Procedure } | null
}

type Term = (facts: TermFacts) => Span | null

/** What the list itself says: how long an entry holds (null: until an event), how long there is to answer, to decide on leaving, to revoke. */
const LIST_TERMS = {
  'list-term': ({ law, aboutRef, filled, today }) => {
    const months = listCaseOf(law, aboutRef, filled)?.period?.months
    const since = filled[LISTED_ON]
    if (!months) return null
    // A listing that goes on ends when it would have ended.
    if (since && isDay(since)) return { count: Math.max(0, daysBetween(today, addMonths(since, months))), unit: 'calendar' }
    return { count: months, unit: 'months' }
  },
  'list-statement': ({ law, aboutRef, filled }) => listCaseOf(law, aboutRef, filled)?.list.notice?.statement ?? null,
  'list-exit': ({ law, aboutRef, filled }) => listCaseOf(law, aboutRef, filled)?.list.exit.early?.decideWithin ?? null,
  'list-annulment': ({ law, aboutRef, filled }) => listCaseOf(law, aboutRef, filled)?.list.annulment?.removeWithin ?? null,
} as const satisfies Partial<Record<TermName, Term>>

/** As long as the unit's list gives for looking; else until some days after the day until which it is promised. */
const verify: Term = facts => {
  const { law, today, filled } = facts
  const within = pledgeOf(law, filled['matter'], today)?.verifyWithin
  if (within) return within
  const until = filled['until']
  return until && isDay(until)
    ? { count: Math.max(0, daysBetween(today, until)) + limitIn(facts, 'commitment', 'days-to-look'), unit: 'calendar' }
    : null
}

/** Until the day that the order names. */
const rectificationLeft: Term = facts => {
  const { today, filled } = facts
  const until = filled['until']
  return until && isDay(until)
    ? { count: Math.max(limitIn(facts, 'rectification', 'least-left'), daysBetween(today, until)), unit: 'calendar' }
    : null
}

/** Until the end that the measure was given; null: no day is known. */
const measureTerm: Term = ({ law, today, filled, aboutRef, record = null }) => {
  const measure = measureOf(law, aboutRef)
  const on = measure && record && endOf(law, measure, record, filled)?.on
  return on && on > today ? { count: daysBetween(today, on), unit: 'calendar' } : null
}

/** Until the day that was declared; a condition of the act sees to it that it is to come. */
const declarationValidity: Term = ({ today, filled }) => {
  const until = filled['until']
  const days = until && isDay(until) ? daysBetween(today, until) : 0
  return days > 0 ? { count: days, unit: 'calendar' } : null
}

/** What the rules of the city's place give on the day. */
const ofPlace =
  (named: TermOfPlace): Term =>
  ({ law, today }) => {
    const known = knownSpan(law, { named }, today)
    return known && { count: known.count, unit: known.unit }
  }

/** Terms that depend on the case or on the place, by name. */
export const TERMS_BY_NAME: Readonly<Record<TermName, Term>> = {
  ...LIST_TERMS,
  'commitment-verify': verify,
  'rectification-left': rectificationLeft,
  'measure-term': measureTerm,
  'measure-review': ({ law, aboutRef }) => {
    const months = measureOf(law, aboutRef)?.termReview?.months
    return months ? { count: months, unit: 'months' } : null
  },
  'declaration-validity': declarationValidity,
  'province-answer': ofPlace('province-answer'),
  'province-extension': ofPlace('province-extension'),
  'province-review': ofPlace('province-review'),
}

/** A term of a table as so many of a unit; null where there is none in this case. */
export function spanOf(span: ProcedureSpan, facts: TermFacts): Span | null {
  if (!('named' in span)) return span
  return TERMS_BY_NAME[span.named](facts) ?? span.otherwise ?? null
}
