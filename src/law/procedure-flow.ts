import { type Procedure, type ProcedureAct, stateAfter } from './procedure-model.ts'
import { EFFECTS, type EffectTrait } from './procedure-words.ts'

/*
 * What is true in a state of a procedure, on some way or on every way there: which clocks run, which marks stand, which letters were sent.
 * Worked out to a fixed point over the acts, so that a table is judged before a case runs by it.
 */

/** What holds in a state. */
export type Standing = {
  /** Clocks that may run or be suspended. */
  readonly clocks: ReadonlySet<string>
  /** Clocks that run or are suspended whatever way the case took. */
  readonly sure: ReadonlySet<string>
  /** Clocks that may be suspended. */
  readonly paused: ReadonlySet<string>
  /** Marks and suspensions that may stand on the record. */
  readonly marks: ReadonlySet<string>
  /** Letters that the subject was sent whatever way the case took. */
  readonly letters: ReadonlySet<string>
}

const NOTHING: Standing = { clocks: new Set(), sure: new Set(), paused: new Set(), marks: new Set(), letters: new Set() }

export const traitOf = (effect: string): EffectTrait => EFFECTS[effect as keyof typeof EFFECTS]

/** Acts that may be done in a state. */
export const actsFrom = (procedure: Procedure, state: string): readonly ProcedureAct[] =>
  procedure.acts.filter(act => act.from.includes(state))

/** What the platform does in a state as soon as the case is opened, in the order in which it is tried. */
export const actsOnOpening = (procedure: Procedure, state: string): readonly ProcedureAct[] =>
  actsFrom(procedure, state).filter(({ when }) => when !== undefined && 'opened' in when)

export const waitsForOpening = (procedure: Procedure, state: string): boolean => actsOnOpening(procedure, state).length > 0

export const openingActs = (procedure: Procedure): readonly ProcedureAct[] => procedure.acts.filter(act => act.from.length === 0)

/** What holds before an act, for each state it is done in that can be reached. */
export const standingsBefore = (act: ProcedureAct, known: ReadonlyMap<string, Standing>): readonly Standing[] =>
  act.from.length === 0 ? [NOTHING] : act.from.flatMap(state => known.get(state) ?? [])

const without = (held: ReadonlySet<string>, gone: readonly string[]): Set<string> =>
  new Set([...held].filter(one => !gone.includes(one)))
const including = (held: ReadonlySet<string>, more: Iterable<string>): Set<string> => new Set([...held, ...more])
const inBoth = (one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> =>
  new Set([...one].filter(value => other.has(value)))

/** What holds after an act, from what held before. */
export function after({ clocks, effects, notices }: ProcedureAct, before: Standing): Standing {
  const marks = new Set(before.marks)
  for (const effect of effects) {
    const { sets, ends, corrects } = traitOf(effect)
    if (sets) marks.add(sets)
    if (ends) marks.delete(ends)
    // A record that is repaired or annulled for good bears no suspension any more.
    if (corrects) marks.delete('suspended')
  }
  const sent = notices.filter(notice => notice.to === 'subject').map(notice => notice.template)
  return {
    clocks: including(without(before.clocks, clocks.stop), clocks.start),
    sure: including(without(before.sure, clocks.stop), clocks.start),
    paused: including(without(before.paused, [...clocks.stop, ...clocks.resume, ...clocks.start]), clocks.suspend),
    marks,
    letters: including(before.letters, sent),
  }
}

/** What two ways into one state have in common, and what either may bring. */
function joined(one: Standing, other: Standing): Standing {
  return {
    clocks: including(one.clocks, other.clocks),
    sure: inBoth(one.sure, other.sure),
    paused: including(one.paused, other.paused),
    marks: including(one.marks, other.marks),
    letters: inBoth(one.letters, other.letters),
  }
}

const sizes = ({ clocks, sure, paused, marks, letters }: Standing): string =>
  [clocks, sure, paused, marks, letters].map(set => set.size).join()

/** What holds in each state that can be reached. */
export function standings(procedure: Procedure): ReadonlyMap<string, Standing> {
  const found = new Map<string, Standing>()
  const meet = (state: string, more: Standing): boolean => {
    const held = found.get(state)
    const now = held ? joined(held, more) : more
    found.set(state, now)
    return held === undefined || sizes(held) !== sizes(now)
  }
  for (const act of openingActs(procedure)) meet(act.to, after(act, NOTHING))
  for (let grew = true; grew; ) {
    grew = false
    for (const [state, held] of [...found])
      for (const act of actsFrom(procedure, state)) grew = meet(stateAfter(act, state), after(act, held)) || grew
  }
  return found
}

/** States that can be reached from these when the acts that `passes` refuses are not done. */
export function reachable(
  procedure: Procedure,
  from: Iterable<string>,
  passes: (act: ProcedureAct) => boolean = () => true,
): Set<string> {
  const seen = new Set(from)
  for (const state of seen) for (const act of actsFrom(procedure, state)) if (passes(act)) seen.add(stateAfter(act, state))
  return seen
}

/** States from which a case cannot end. */
export function withoutExit(procedure: Procedure): string[] {
  const ends = new Set(procedure.states.filter(state => state.end !== null).map(state => state.state))
  return procedure.states
    .filter(state => ![...reachable(procedure, [state.state])].some(one => ends.has(one)))
    .map(state => state.state)
}

const isService = (act: ProcedureAct): boolean => act.when !== undefined && 'served' in act.when

/** Acts by which the time to answer is over: the subject has answered, or the clock that ran from the service has ended. */
function isAnswer(procedure: Procedure, act: ProcedureAct): boolean {
  if (act.by.includes('subject')) return true
  const ended = act.when && 'ended' in act.when ? act.when.ended : null
  const clock = procedure.clocks.find(one => one.clock === ended)
  return clock?.duty === 'subject' && clock.from === 'service'
}

/**
 * Acts that put somebody on a list or under a measure, or find a commitment broken, and can be reached although no letter was served, or although the time to answer has
 * not passed since (principle 6).
 */
export function graveWithout(procedure: Procedure): { unserved: ProcedureAct[]; unanswered: ProcedureAct[] } {
  const grave = procedure.acts.filter(act => act.effects.some(effect => isPerson(traitOf(effect).grave)))
  const doable = (states: ReadonlySet<string>, act: ProcedureAct): boolean =>
    act.from.length === 0 || act.from.some(state => states.has(state))
  const starts = openingActs(procedure).map(act => act.to)
  const unserved = reachable(procedure, starts, act => !isService(act))
  const served = procedure.acts.filter(isService).map(act => act.to)
  const unanswered = reachable(procedure, served, act => !isAnswer(procedure, act))
  return {
    unserved: grave.filter(act => !isService(act) && doable(unserved, act)),
    unanswered: grave.filter(act => !isAnswer(procedure, act) && doable(unanswered, act)),
  }
}

const isPerson = (grave: EffectTrait['grave']): boolean => grave === 'listing' || grave === 'measure' || grave === 'breach'
