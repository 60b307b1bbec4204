import type { App } from '../app.ts'
import { type Procedure, type ProcedureAct, stateAfter } from '../law/procedure-model.ts'
import { EFFECTS, type EffectTrait } from '../law/procedure-words.ts'

/* What follows from an act, told before it is done: from the same table that does it. */

/** The case and what was taken away or given come back by no other act of this case. */
export function isFinal(procedure: Procedure, act: ProcedureAct, from: string): boolean {
  const to = procedure.states.find(state => state.state === stateAfter(act, from))
  const traits: readonly EffectTrait[] = act.effects.map(name => EFFECTS[name])
  return to?.end != null || traits.some(({ grave, corrects }) => grave !== null || corrects === true)
}

/** Sentences: what becomes of the record or the list, which letters go to whom, who has to do something next. */
export function followsOf(
  { law, words }: Pick<App, 'law' | 'words'>,
  procedure: Procedure,
  act: ProcedureAct,
  from: string,
): string[] {
  const to = procedure.states.find(state => state.state === stateAfter(act, from))
  const letters = act.notices.map(({ template, to: whom }) =>
    words.say(`case.follows-letter-${whom}`, { letter: law.notices.get(template)?.at(-1)?.name ?? template }),
  )
  return [
    ...act.effects.map(name => words.say(`case.effect-${name}`)),
    ...letters,
    ...(to && to.state !== from
      ? [words.say(to.turn === 'second' ? 'case.follows-second' : 'case.follows-state', { state: to.name })]
      : []),
  ]
}
