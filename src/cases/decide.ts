import type { Day } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Procedure, type ProcedureAct, type ProcedureState, stateAfter } from '../law/procedure-model.ts'
import type { Office } from '../law/procedure-words.ts'
import type { Span } from '../legal-clock/model.ts'
import { firstUnmet, type GuardFacts } from './guards.ts'
import type { OpenedCase } from './model.ts'
import { spanOf } from './terms.ts'

/** An act that is lawful now: what it makes of the case, and in which office it is done. */
export type Decision = { readonly act: ProcedureAct; readonly office: Office; readonly to: ProcedureState }

/** Where a case stands, or that there is none yet. */
export type Standing = { readonly procedure: Procedure; readonly opened: OpenedCase | null }

/**
 * Whether an act may be done now, by whom: the only judge of it. It is asked for the buttons of a page and again in the transaction of the act.
 * Refuses `case.act-unknown`, `case.closed`, `case.act-not-open`, `case.not-yours-to-do`, `case.same-person`, `case.extended-before`,
 * `case.extended-late`, and what the conditions of the act refuse.
 */
export function decide(
  { procedure, opened }: Standing,
  name: string,
  offices: ReadonlySet<Office>,
  facts: GuardFacts,
): Verdict<Decision> {
  const act = procedure.acts.find(one => one.act === name)
  if (!act) return refused('case.act-unknown', procedure.basis[0] ?? null, { act: name })
  const basis = act.basis[0] ?? null
  const state = opened && procedure.states.find(one => one.state === opened.file.state)
  if (opened?.file.closedAt) return refused('case.closed', basis, { state: state?.name })
  if (opened ? !act.from.includes(opened.file.state) : act.from.length > 0)
    return refused('case.act-not-open', basis, { act: act.name, state: state?.name ?? '' })
  const office = act.by.find(one => offices.has(one))
  if (office === undefined) return notYours(act, offices, basis)
  const extended = act.clocks.extend.find(clock => isSpent(procedure, opened, clock))
  if (extended !== undefined) return refused('case.extended-before', basis)
  if (act.clocks.extend.some(clock => !moreTime(procedure, clock, facts))) return refused('case.extension-none', basis)
  if (act.clocks.extend.some(clock => isOver(opened, clock, facts.today))) return refused('case.extended-late', basis)
  const due = dueReached(act, opened, facts.today)
  if (!due) return refused('case.clock-not-over', basis)
  const met = firstUnmet(act.guards, facts, basis)
  if (!met.ok) return met
  const to = procedure.states.find(one => one.state === stateAfter(act, opened?.file.state ?? ''))
  if (!to) throw new Error(`${procedure.procedure} has no state after ${name}`)
  return granted({ act, office, to })
}

function notYours(act: ProcedureAct, offices: ReadonlySet<Office>, basis: string | null): Verdict<never> {
  if (act.by.includes('second') && offices.has('decider')) return refused('case.same-person', basis, { act: act.name })
  return refused('case.not-yours-to-do', basis, { act: act.name, office: act.by[0] })
}

/** Whether a clock has been lengthened as often as its rule allows, or is not running. */
function isSpent(procedure: Procedure, opened: OpenedCase | null, clock: string): boolean {
  const rule = procedure.clocks.find(one => one.clock === clock)?.extension
  const running = opened?.clocks.find(one => one.clock === clock && one.stoppedOn === null)
  return !rule || !running || (running.runs.extensions?.length ?? 0) >= rule.times
}

/** Whether its last day has passed: what is late stays late, and is not made punctual afterwards. */
function isOver(opened: OpenedCase | null, clock: string, today: Day): boolean {
  const running = opened?.clocks.find(one => one.clock === clock && one.stoppedOn === null)
  return running?.dueOn != null && running.dueOn < today
}

/** How much a clock may be lengthened in this case; null: the rule that holds here gives no more time. */
function moreTime(procedure: Procedure, clock: string, facts: GuardFacts): Span | null {
  const rule = procedure.clocks.find(one => one.clock === clock)?.extension
  return rule ? spanOf(rule.span, { ...facts, aboutRef: facts.opened?.file.aboutRef ?? null }) : null
}

/** Of an act that the clock does at the end of a term: whether the term has ended, the day after its last. */
function dueReached(act: ProcedureAct, opened: OpenedCase | null, today: Day): boolean {
  if (!act.when || !('ended' in act.when)) return true
  const { ended } = act.when
  const running = opened?.clocks.find(one => one.clock === ended && one.stoppedOn === null)
  return running?.dueOn != null && running.dueOn < today
}
