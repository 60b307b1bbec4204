import { type Procedure, type ProcedureAct, stateAfter } from './procedure-model.ts'
import { EFFECTS, type EffectTrait } from './procedure-words.ts'

/*
 * What may be true in a state of a procedure, whatever way a case took there: which clocks run, which marks stand, which letters were served.
 * Worked out to a fixed point over the acts, so that a table is judged before a case runs by it.
 */

/** What may hold in a state. */
export type Standing = {
  /** Clocks that may run or be suspended. */
  readonly clocks: ReadonlySet<string>
  /** Marks and suspensions that may stand on the record. */
  readonly marks: ReadonlySet<string>
}

type Growing = { clocks: Set<string>; marks: Set<string> }

export const traitOf = (effect: string): EffectTrait => EFFECTS[effect as keyof typeof EFFECTS]

/** Acts that may be done in a state. */
export const actsFrom = (procedure: Procedure, state: string): readonly ProcedureAct[] =>
  procedure.acts.filter(act => act.from.includes(state))

export const openingActs = (procedure: Procedure): readonly ProcedureAct[] => procedure.acts.filter(act => act.from.length === 0)

/** What stands after an act, from what stood before. */
export function after(act: ProcedureAct, before: Standing): Standing {
  const clocks = new Set(before.clocks)
  for (const clock of act.clocks.stop) clocks.delete(clock)
  for (const clock of act.clocks.start) clocks.add(clock)
  const marks = new Set(before.marks)
  for (const effect of act.effects) {
    const { sets, ends, corrects } = traitOf(effect)
    if (sets) marks.add(sets)
    if (ends) marks.delete(ends)
    // A record that is repaired or annulled for good bears no suspension any more.
    if (corrects) marks.delete('suspended')
  }
  return { clocks, marks }
}

const NOTHING: Standing = { clocks: new Set(), marks: new Set() }

/** What may hold in each state that can be reached. */
export function standings(procedure: Procedure): ReadonlyMap<string, Standing> {
  const found = new Map<string, Growing>()
  const grow = (state: string, more: Standing): boolean => {
    const held = found.get(state) ?? { clocks: new Set<string>(), marks: new Set<string>() }
    const size = held.clocks.size + held.marks.size
    for (const clock of more.clocks) held.clocks.add(clock)
    for (const mark of more.marks) held.marks.add(mark)
    const isNew = !found.has(state)
    found.set(state, held)
    return isNew || held.clocks.size + held.marks.size > size
  }
  for (const act of openingActs(procedure)) grow(act.to, after(act, NOTHING))
  for (let grew = true; grew; ) {
    grew = false
    for (const [state, held] of [...found])
      for (const act of actsFrom(procedure, state)) grew = grow(stateAfter(act, state), after(act, held)) || grew
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
 * Acts that put somebody on a list or under a measure and can be reached although no letter was served, or although the time to answer has
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

const isPerson = (grave: EffectTrait['grave']): boolean => grave === 'listing' || grave === 'measure'
