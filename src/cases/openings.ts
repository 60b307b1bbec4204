import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { procedureOn } from '../law/law.ts'
import { openingActs } from '../law/procedure-flow.ts'
import type { Procedure } from '../law/procedure-model.ts'
import { actView } from './act-view.ts'
import type { GuardFacts } from './guards.ts'
import { officesOf } from './offices.ts'
import type { ActView } from './shapes.ts'

type Named = { id: string; name: string }
type OpeningView = { procedure: string; name: string; purpose: string; about: string; abouts: Named[]; acts: ActView[] }

/** Every procedure in force today that this officer may open, with the form of its first act. What a record decides is judged when it is named. */
export async function readOpenings(app: App, actor: Actor): Promise<{ openings: OpeningView[] }> {
  const today = legalDay(app.now(), app.city.zone)
  const openings = [...app.law.procedures.keys()].flatMap(name => {
    const procedure = procedureOn(app.law, name, today)
    return procedure ? openingOf(app, actor, procedure) : []
  })
  return { openings }
}

function openingOf(app: App, actor: Actor, procedure: Procedure): OpeningView[] {
  const unit = actor.unit ?? ''
  const owner = { subjectId: 0 as SubjectId, unit, openedUnit: unit, lastOfficer: null }
  const offices = officesOf(actor, owner)
  const acts = openingActs(procedure)
    .filter(act => act.by.some(office => offices.has(office)))
    .map(act => ({
      ...actView(
        app,
        { ...act, guards: [] },
        { procedure: unguarded(procedure), opened: null },
        { offices, facts: noFacts(app), file: owner },
      ),
    }))
  const { name, purpose, about } = procedure
  return acts.length === 0 ? [] : [{ procedure: procedure.procedure, name, purpose, about, abouts: aboutsOf(app, about), acts }]
}

/** What a case may be about where the law itself names it. A record is the subject's, and a measure rests on one: they are chosen where it is looked at. */
function aboutsOf({ law }: App, about: Procedure['about']): Named[] {
  const named = about === 'list' ? law.lists : new Map<string, { name: string }>()
  return [...named].map(([id, { name }]) => ({ id, name }))
}

const unguarded = (procedure: Procedure): Procedure => ({
  ...procedure,
  acts: procedure.acts.map(act => ({ ...act, guards: [] })),
})

function noFacts(app: App): GuardFacts {
  const today = legalDay(app.now(), app.city.zone)
  return {
    law: app.law,
    today,
    aboutRef: null,
    unit: null,
    subjectKind: null,
    filled: {},
    record: null,
    opened: null,
    served: new Map(),
    barredUntil: null,
    openConfirmations: 0,
  }
}
