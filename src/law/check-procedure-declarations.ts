import type { Report } from './ground.ts'
import { openingActs, traitOf } from './procedure-flow.ts'
import type { Procedure } from './procedure-model.ts'
import type { Located } from './reading.ts'

/** What a subject says of its own accord is said to be true and may be used because it lets it; neither is a yes that may be left out. */
const SWORN = ['truth', 'authorise'] as const
const SEEN = 'declaration-text-seen'

/** The one thing that may be taken away because of a declaration is the declaration (M093: no punishment is made up here). */
const OWN = 'strike-declaration'

/** Procedures of self-declaration: each begins with the promise and the authorisation, in the text that was shown, and none ends in a punishment. */
export function checkProcedureDeclarations(at: Located<Procedure>, report: Report): void {
  const { about, acts } = at.value
  if (about !== 'declaration') return
  for (const act of openingActs(at.value)) {
    const isSworn = SWORN.every(name => act.fields.some(one => one.field === name && one.kind === 'yes' && one.required))
    if (!isSworn || !act.guards.includes(SEEN))
      report('law.procedure-declaration-unsworn', at, ['acts', acts.indexOf(act)], { act: act.name })
  }
  acts.forEach((act, index) => {
    const punishes = act.effects.findIndex(effect => traitOf(effect).grave !== null && effect !== OWN)
    if (punishes >= 0) report('law.procedure-declaration-punishes', at, ['acts', index, 'effects', punishes], { act: act.name })
  })
}
