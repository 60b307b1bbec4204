import type { Report } from './ground.ts'
import { actsFrom, openingActs, reachable, standings } from './procedure-flow.ts'
import { type Procedure, type ProcedureAct, stateAfter } from './procedure-model.ts'
import type { GuardName } from './procedure-words.ts'
import type { Located } from './reading.ts'

type At = Located<Procedure>

/** What must be asked again in the act by which a measure begins, each with the flaw of a table that does not. */
const ASKED_AGAIN = {
  'measure-openable': 'law.procedure-measure-unopened',
  'measure-body-right': 'law.procedure-measure-bodiless',
  'measure-term-right': 'law.procedure-measure-termless',
  'record-standing': 'law.procedure-measure-groundless',
  'notice-served': 'law.procedure-measure-unserved',
} as const satisfies Partial<Record<GuardName, string>>

/**
 * Principle 5 in a procedure by which a measure begins: register, body, end, ground and served letter are asked again when it begins; it names its
 * officer, ends by its clock, is looked at again, may be lifted, and ends when its ground does; whoever asked for it is told.
 */
export function checkMeasureProcedures(at: At, report: Report): void {
  at.value.acts.forEach((act, index) => {
    const path = ['acts', index]
    checkResponder(at, act, [...path, 'effects'], report)
    if (act.effects.includes('end-measure') && !act.notices.some(notice => notice.to === 'subject'))
      report('law.procedure-measure-end-untold', at, [...path, 'effects'], { act: act.name })
    if (act.effects.includes('begin-measure')) checkBeginning(at, act, [...path, 'effects'], report)
  })
}

type Path = readonly (string | number)[]

function checkBeginning(at: At, act: ProcedureAct, path: Path, report: Report): void {
  const facts = { act: act.name }
  for (const [guard, code] of Object.entries(ASKED_AGAIN))
    if (!act.guards.includes(guard as GuardName)) report(code, at, path, facts)
  const { value } = at
  const before = value.acts.filter(one => leadsTo(value, one, act))
  if (!before.some(one => one.fields.some(({ field, required }) => field === 'officer' && required)))
    report('law.procedure-measure-unnamed', at, path, facts)
  if (!openingActs(value).every(one => one.guards.includes('measure-subject-meant')))
    report('law.procedure-measure-others', at, path, facts)
  if (!act.notices.some(notice => notice.to === 'initiator')) report('law.procedure-measure-unreported', at, path, facts)
  checkEnds(at, act, path, report)
}

function checkEnds(at: At, act: ProcedureAct, path: Path, report: Report): void {
  const { value } = at
  const facts = { act: act.name }
  const started = value.clocks.filter(clock => act.clocks.start.includes(clock.clock))
  const ends = value.acts.filter(one => one.effects.includes('end-measure'))
  const endsBy = (one: ProcedureAct): boolean => one.when !== undefined && 'ended' in one.when && isTerm(value, one.when.ended)
  if (!started.some(clock => clock.duty === 'term') || !ends.some(endsBy))
    report('law.procedure-measure-endless', at, path, facts)
  if (!started.some(clock => clock.duty === 'decider')) report('law.procedure-measure-unreviewed', at, path, facts)
  const inForce = stateAfter(act, act.from[0] ?? '')
  const open = actsFrom(value, inForce)
  if (!open.some(one => one.by.includes('subject'))) report('law.procedure-measure-unasked', at, path, facts)
  if (!open.some(one => one.effects.includes('end-measure') && one.by.includes('decider')))
    report('law.procedure-measure-unliftable', at, path, facts)
  checkGround(at, report)
}

const isTerm = ({ clocks }: Procedure, name: string): boolean => clocks.some(one => one.clock === name && one.duty === 'term')

/** In whatever state the case is, it ends when what it rests on does. */
function checkGround(at: At, report: Report): void {
  const known = standings(at.value)
  at.value.states.forEach((state, index) => {
    if (state.end !== null || !known.has(state.state)) return
    const goes = actsFrom(at.value, state.state).find(one => one.when !== undefined && 'gone' in one.when)
    const isEnd = at.value.states.some(one => one.state === goes?.to && one.end !== null)
    if (!isEnd) report('law.procedure-measure-ground-kept', at, ['states', index], { state: state.name })
  })
}

/** A unit that is asked was named when the case was opened. */
function checkResponder(at: At, act: ProcedureAct, path: Path, report: Report): void {
  if (!act.effects.includes('ask-responder')) return
  const named = openingActs(at.value).every(one =>
    one.fields.some(({ field, kind, required }) => field === 'unit' && kind === 'unit' && required),
  )
  if (!named) report('law.procedure-responder-unnamed', at, path, { act: act.name })
}

const leadsTo = (procedure: Procedure, act: ProcedureAct, to: ProcedureAct): boolean => {
  const after = reachable(procedure, act.from.length === 0 ? [act.to] : act.from.map(from => stateAfter(act, from)))
  return to.from.some(state => after.has(state))
}
