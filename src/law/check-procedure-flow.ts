import type { Report } from './ground.ts'
import {
  actsFrom,
  after,
  graveWithout,
  openingActs,
  reachable,
  type Standing,
  standings,
  standingsBefore,
  traitOf,
  withoutExit,
} from './procedure-flow.ts'
import { type Procedure, type ProcedureAct, type ProcedureState, stateAfter } from './procedure-model.ts'
import type { Located } from './reading.ts'

type At = Located<Procedure>
type Path = readonly (string | number)[]

/** The ways of a procedure: no state without way in or out, no clock left running, nobody listed unheard. */
export function checkProcedureFlow(at: At, report: Report): void {
  if (!checkReferences(at, report)) return
  const known = standings(at.value)
  checkStates(at, known, report)
  at.value.acts.forEach((act, index) => {
    const seen = { path: ['acts', index], known, report }
    checkStarts(at, act, seen)
    checkPauses(at, act, seen)
    checkWhen(at, act, seen)
    checkSecond(at, act, seen)
    checkEffects(at, act, seen)
    checkWithdrawal(at, act, seen)
  })
  checkGrave(at, report)
}

type Seen = { readonly path: Path; readonly known: ReadonlyMap<string, Standing>; readonly report: Report }

/** Whether every name that an act mentions is there; what follows is only judged where they are. */
function checkReferences(at: At, report: Report): boolean {
  const { acts, name } = at.value
  const states = new Set(at.value.states.map(one => one.state))
  const clocks = new Set(at.value.clocks.map(one => one.clock))
  let isSound = true
  const say = (...told: Parameters<Report>): void => {
    isSound = false
    report(...told)
  }
  acts.forEach((act, index) => {
    const path = ['acts', index]
    const isSame = act.to === 'same' && act.from.length > 0
    act.from.forEach((state, place) => {
      if (!states.has(state)) say('law.procedure-state-unknown', at, [...path, 'from', place], { act: act.name, state })
    })
    if (!isSame && !states.has(act.to)) say('law.procedure-state-unknown', at, [...path, 'to'], { act: act.name, state: act.to })
    for (const clock of Object.values(act.clocks).flat())
      if (!clocks.has(clock)) say('law.procedure-clock-unknown', at, [...path, 'clocks'], { act: act.name, clock })
    if (act.when && 'ended' in act.when && !clocks.has(act.when.ended))
      say('law.procedure-clock-unknown', at, [...path, 'when'], { act: act.name, clock: act.when.ended })
  })
  if (openingActs(at.value).length === 0) say('law.procedure-unopened', at, ['acts'], { name })
  return isSound
}

const OFFICIAL: ReadonlySet<string> = new Set(['decider', 'second', 'initiator', 'credit-office'])

function checkStates(at: At, known: ReadonlyMap<string, Standing>, report: Report): void {
  const stuck = new Set(withoutExit(at.value))
  at.value.states.forEach((state, index) => {
    const path = ['states', index]
    const held = known.get(state.state)
    if (!held) report('law.procedure-state-unreachable', at, path, { state: state.name })
    else if (state.end !== null) checkEnd(at, state, { held, path, report })
    else {
      if (stuck.has(state.state)) report('law.procedure-dead-end', at, path, { state: state.name })
      checkTurn(at, state, { held, path, report })
    }
  })
}

type InState = { readonly held: Standing; readonly path: Path; readonly report: Report }

const isEnding = (act: ProcedureAct): boolean => act.when !== undefined && 'ended' in act.when

/** Whoever is waited for can do something there, has a clock whatever way led there, and does not keep the case for ever by silence. */
function checkTurn(at: At, state: ProcedureState, { held, path, report }: InState): void {
  const facts = { state: state.name }
  const { clocks } = at.value
  const acts = actsFrom(at.value, state.state)
  const isAwaited = (act: ProcedureAct): boolean =>
    state.turn === 'receivers' ? act.when !== undefined && 'confirmed' in act.when : act.by.some(office => office === state.turn)
  if (state.turn !== 'none' && !acts.some(isAwaited)) report('law.procedure-turn-idle', at, path, facts)
  const duties = clocks.filter(clock => held.sure.has(clock.clock)).map(clock => clock.duty)
  const isClocked = duties.some(duty => duty === state.turn || (state.turn === 'second' && duty === 'decider'))
  if (OFFICIAL.has(state.turn) && !isClocked) report('law.procedure-state-unclocked', at, path, facts)
  if (state.turn === 'subject' && !acts.some(isEnding)) report('law.procedure-silence', at, path, facts)
  const [paused] = held.paused
  const isBounded = [...held.sure].some(clock => !held.paused.has(clock))
  if (paused !== undefined && !isBounded)
    report('law.procedure-suspension-unbounded', at, path, { ...facts, clock: nameOf(at, paused) })
}

const nameOf = (at: At, clock: string): string => at.value.clocks.find(one => one.clock === clock)?.name ?? clock

function checkEnd(at: At, state: ProcedureState, { held, path, report }: InState): void {
  const [clock] = held.clocks
  const [mark] = held.marks
  const facts = { state: state.name }
  if (actsFrom(at.value, state.state).length > 0) report('law.procedure-end-left', at, path, facts)
  if (clock !== undefined) report('law.procedure-clock-left', at, path, { ...facts, clock: nameOf(at, clock) })
  if (mark !== undefined) report('law.procedure-mark-left', at, path, { ...facts, mark })
  if (state.turn !== 'none') report('law.procedure-end-turn', at, path, facts)
}

/** One duty, one clock; from a service only what was served, from a field only what was filled in. */
function checkStarts(at: At, act: ProcedureAct, { path, known, report }: Seen): void {
  const { clocks, acts } = at.value
  const isService = act.when !== undefined && 'served' in act.when
  act.clocks.start.forEach((started, index) => {
    const here = [...path, 'clocks', 'start', index]
    const clock = clocks.find(one => one.clock === started)
    const facts = { act: act.name, clock: clock?.name }
    const isRival = (one: string): boolean =>
      one === started || (clock?.duty !== 'term' && clocks.some(other => other.clock === one && other.duty === clock?.duty))
    const rivals = standingsBefore(act, known).flatMap(before =>
      [...after({ ...act, clocks: { ...act.clocks, start: [] } }, before).clocks].filter(isRival),
    )
    if (rivals[0] !== undefined) report('law.procedure-two-clocks', at, here, { ...facts, other: nameOf(at, rivals[0]) })
    if (clock?.from === 'service' && !isService) report('law.procedure-clock-unserved', at, here, facts)
    if (typeof clock?.from !== 'object') return
    const { field } = clock.from
    const isFilled = acts.some(
      one =>
        one.fields.some(held => held.field === field && held.kind === 'day' && held.required) &&
        (one === act || act.from.some(state => leadsTo(at.value, one).has(state))),
    )
    if (!isFilled) report('law.procedure-clock-field', at, here, { ...facts, field })
  })
}

const leadsTo = (procedure: Procedure, act: ProcedureAct): ReadonlySet<string> =>
  reachable(procedure, act.from.length === 0 ? [act.to] : act.from.map(from => stateAfter(act, from)))

/** What is lengthened may be; what is suspended, goes on or is lengthened runs there; what is suspended goes on or stops. */
function checkPauses(at: At, act: ProcedureAct, { path, known, report }: Seen): void {
  const { clocks } = at.value
  for (const extended of act.clocks.extend)
    if (!clocks.find(one => one.clock === extended)?.extension)
      report('law.procedure-extension-unlawful', at, [...path, 'clocks', 'extend'], {
        act: act.name,
        clock: nameOf(at, extended),
      })
  for (const deed of ['suspend', 'resume', 'extend'] as const)
    for (const clock of act.clocks[deed]) {
      const runs = standingsBefore(act, known).every(before => before[deed === 'resume' ? 'paused' : 'clocks'].has(clock))
      if (!runs) report('law.procedure-clock-idle', at, [...path, 'clocks', deed], { act: act.name, clock: nameOf(at, clock) })
    }
  for (const paused of act.clocks.suspend) {
    const later = leadsTo(at.value, act)
    const goesOn = [...later].some(state => actsFrom(at.value, state).some(one => one.clocks.resume.includes(paused)))
    if (!goesOn)
      report('law.procedure-suspended-for-good', at, [...path, 'clocks', 'suspend'], {
        act: act.name,
        clock: nameOf(at, paused),
      })
  }
}

/** What the platform waits for comes: the clock runs there on every way, the letter was sent; and the state's silence costs the subject nothing. */
function checkWhen(at: At, act: ProcedureAct, { path, known, report }: Seen): void {
  const { when } = act
  const here = [...path, 'when']
  const before = standingsBefore(act, known)
  if (when && 'ended' in when) {
    const facts = { act: act.name, clock: nameOf(at, when.ended) }
    if (!before.every(one => one.sure.has(when.ended) && !one.paused.has(when.ended)))
      report('law.procedure-clock-not-running', at, here, facts)
    if (!act.clocks.stop.includes(when.ended)) report('law.procedure-clock-unstopped', at, here, facts)
    const duty = at.value.clocks.find(one => one.clock === when.ended)?.duty ?? ''
    const isIll = at.value.states.some(state => state.state === act.to && state.end === 'ill')
    if (isIll && OFFICIAL.has(duty)) report('law.procedure-lateness-against-subject', at, here, facts)
  }
  if (when && 'served' in when && !before.every(one => one.letters.has(when.served)))
    report('law.procedure-never-sent', at, here, { act: act.name, template: when.served })
}

/** Who confirms another's act confirms one that was done in that unit, just before, and may refuse. */
function checkSecond(at: At, act: ProcedureAct, { path, report }: Seen): void {
  const { confirms } = act
  if (confirms === undefined) return
  const facts = { act: act.name, confirms }
  const first = at.value.acts.find(one => one.act === confirms)
  // What the credit office finds is confirmed in the unit that decided: always another person.
  const isOfficers = first?.by.some(office => office === 'decider' || office === 'credit-office')
  const leadsHere = first && isOfficers && (first.to === 'same' || act.from.includes(first.to))
  if (!leadsHere) report('law.procedure-confirms-nothing', at, [...path, 'confirms'], facts)
  const mayRefuse = at.value.acts.some(one => one.confirms === confirms && one.to !== act.to)
  if (leadsHere && !mayRefuse) report('law.procedure-second-cannot-refuse', at, [...path, 'confirms'], facts)
}

/** A correction waits for its receivers; a mark is ended where it may stand. */
function checkEffects(at: At, act: ProcedureAct, { path, known, report }: Seen): void {
  const to = at.value.states.find(state => state.state === act.to)
  act.effects.forEach((effect, index) => {
    const here = [...path, 'effects', index]
    const { corrects, ends } = traitOf(effect)
    if (corrects && to?.turn !== 'receivers') report('law.procedure-unconfirmed', at, here, { act: act.name })
    if (ends && !standingsBefore(act, known).every(before => before.marks.has(ends)))
      report('law.procedure-mark-absent', at, here, { act: act.name, mark: ends })
  })
}

/** What a subject asked for it can take back. */
function checkWithdrawal(at: At, act: ProcedureAct, { path, report }: Seen): void {
  if (act.from.length > 0 || !act.by.includes('subject')) return
  const ends = new Set(at.value.states.filter(state => state.end === 'withdrawn').map(state => state.state))
  const withdraws = actsFrom(at.value, act.to).some(one => one.by.includes('subject') && ends.has(one.to))
  if (!withdraws) report('law.procedure-not-withdrawable', at, path, { act: act.name })
}

/** Principle 6: nobody is listed or restricted without a letter served or before the time to answer is over. */
function checkGrave(at: At, report: Report): void {
  const { unserved, unanswered } = graveWithout(at.value)
  const pathOf = (act: ProcedureAct): Path => ['acts', at.value.acts.indexOf(act), 'effects']
  for (const act of unserved) report('law.procedure-grave-unserved', at, pathOf(act), { act: act.name })
  for (const act of unanswered) report('law.procedure-grave-unanswered', at, pathOf(act), { act: act.name })
}
