import type { Report } from './ground.ts'
import { actsFrom, after, graveWithout, openingActs, type Standing, standings, traitOf, withoutExit } from './procedure-flow.ts'
import type { Procedure, ProcedureAct, ProcedureState } from './procedure-model.ts'
import type { Located } from './reading.ts'

type At = Located<Procedure>
type Path = readonly (string | number)[]

/** The ways of a procedure: no state without way in or out, no clock left running, nobody listed unheard. */
export function checkProcedureFlow(at: At, report: Report): void {
  if (!checkReferences(at, report)) return
  const known = standings(at.value)
  checkStates(at, known, report)
  at.value.acts.forEach((act, index) => {
    const path = ['acts', index]
    checkClocks(at, act, { path, known }, report)
    checkWhen(at, act, { path, known }, report)
    checkOffices(at, act, path, report)
    checkTold(at, act, path, report)
  })
  checkGrave(at, report)
}

/** Whether every name that an act mentions is there; what follows is only judged where they are. */
function checkReferences({ value, ...at }: At, report: Report): boolean {
  const here = { value, ...at }
  const states = new Set(value.states.map(one => one.state))
  const clocks = new Set(value.clocks.map(one => one.clock))
  let isSound = true
  const say = (...told: Parameters<Report>): void => {
    isSound = false
    report(...told)
  }
  value.acts.forEach((act, index) => {
    for (const state of [...act.from, ...(act.to === 'same' ? [] : [act.to])])
      if (!states.has(state)) say('law.procedure-state-unknown', here, ['acts', index], { act: act.name, state })
    const ended = act.when && 'ended' in act.when ? [act.when.ended] : []
    const named = [...Object.values(act.clocks).flat(), ...ended]
    for (const clock of named)
      if (!clocks.has(clock)) say('law.procedure-clock-unknown', here, ['acts', index], { act: act.name, clock })
  })
  if (openingActs(value).length === 0) say('law.procedure-unopened', here, ['acts'], { name: value.name })
  const opens = value.acts.findIndex(act => act.from.length === 0 && act.to === 'same')
  if (opens >= 0) say('law.procedure-state-unknown', here, ['acts', opens], { act: value.acts[opens]?.name, state: 'same' })
  return isSound
}

const OFFICIAL: ReadonlySet<string> = new Set(['decider', 'second', 'initiator', 'credit-office'])

function checkStates(at: At, known: ReadonlyMap<string, Standing>, report: Report): void {
  const stuck = new Set(withoutExit(at.value))
  at.value.states.forEach((state, index) => {
    const path = ['states', index]
    const held = known.get(state.state)
    if (!held) report('law.procedure-state-unreachable', at, path, { state: state.name })
    else if (state.end !== null) checkEnd(at, state, { held, path }, report)
    else {
      if (stuck.has(state.state)) report('law.procedure-dead-end', at, path, { state: state.name })
      checkTurn(at, state, { held, path }, report)
    }
  })
}

/** Whoever is waited for can do something there, has a clock, and does not keep the case for ever by silence. */
function checkTurn(at: At, state: ProcedureState, { held, path }: { held: Standing; path: Path }, report: Report): void {
  const facts = { state: state.name }
  const acts = actsFrom(at.value, state.state)
  const isAwaited = (act: ProcedureAct): boolean =>
    state.turn === 'receivers' ? act.when !== undefined && 'confirmed' in act.when : act.by.some(office => office === state.turn)
  if (state.turn !== 'none' && !acts.some(isAwaited)) report('law.procedure-turn-idle', at, path, facts)
  const duties = at.value.clocks.filter(clock => held.clocks.has(clock.clock)).map(clock => clock.duty)
  const isClocked = duties.some(duty => duty === state.turn || (state.turn === 'second' && duty === 'decider'))
  if (OFFICIAL.has(state.turn) && !isClocked) report('law.procedure-state-unclocked', at, path, facts)
  if (state.turn === 'subject' && !acts.some(act => act.by.includes('clock'))) report('law.procedure-silence', at, path, facts)
}

function checkEnd(at: At, state: ProcedureState, { held, path }: { held: Standing; path: Path }, report: Report): void {
  const [clock] = held.clocks
  const [mark] = held.marks
  const facts = { state: state.name }
  if (actsFrom(at.value, state.state).length > 0) report('law.procedure-end-left', at, path, facts)
  if (clock !== undefined) report('law.procedure-clock-left', at, path, { ...facts, clock })
  if (mark !== undefined) report('law.procedure-mark-left', at, path, { ...facts, mark })
  if (state.turn !== 'none') report('law.procedure-end-turn', at, path, facts)
}

type Known = { readonly path: Path; readonly known: ReadonlyMap<string, Standing> }

/** One duty, one clock; what is lengthened may be, what is suspended goes on or stops. */
function checkClocks(at: At, act: ProcedureAct, { path, known }: Known, report: Report): void {
  const { clocks, acts } = at.value
  const byName = new Map(clocks.map(clock => [clock.clock, clock]))
  for (const state of act.from.length === 0 ? [null] : act.from) {
    const before = state === null ? { clocks: new Set<string>(), marks: new Set<string>() } : known.get(state)
    if (!before) continue
    const running = after({ ...act, clocks: { ...act.clocks, start: [] } }, before).clocks
    for (const started of act.clocks.start) {
      const duty = byName.get(started)?.duty
      const other = [...running].find(one => one === started || (duty !== 'term' && byName.get(one)?.duty === duty))
      if (other !== undefined) report('law.procedure-two-clocks', at, path, { act: act.name, clock: started, other })
    }
  }
  for (const extended of act.clocks.extend)
    if (!byName.get(extended)?.extension)
      report('law.procedure-extension-unlawful', at, path, { act: act.name, clock: byName.get(extended)?.name })
  for (const paused of act.clocks.suspend) {
    const goesOn = acts.some(one => one.clocks.resume.includes(paused))
    if (!goesOn) report('law.procedure-suspended-for-good', at, path, { act: act.name, clock: byName.get(paused)?.name })
  }
}

function checkWhen(at: At, act: ProcedureAct, { path, known }: Known, report: Report): void {
  const { acts, clocks } = at.value
  const { when } = act
  if (when && 'ended' in when) {
    const runs = act.from.every(state => known.get(state)?.clocks.has(when.ended) ?? true)
    if (!runs) report('law.procedure-clock-not-running', at, path, { act: act.name, clock: when.ended })
    if (!act.clocks.stop.includes(when.ended)) report('law.procedure-clock-unstopped', at, path, { act: act.name })
  }
  if (when && 'served' in when) {
    const isSent = acts.some(one => one.notices.some(notice => notice.template === when.served && notice.to === 'subject'))
    if (!isSent) report('law.procedure-never-sent', at, path, { act: act.name, template: when.served })
  }
  const isService = when !== undefined && 'served' in when
  for (const started of act.clocks.start)
    if (clocks.find(one => one.clock === started)?.from === 'service' && !isService)
      report('law.procedure-clock-unserved', at, path, { act: act.name, clock: started })
}

/** Who confirms another's act confirms one that was done in that unit, just before. */
function checkOffices(at: At, act: ProcedureAct, path: Path, report: Report): void {
  if (act.confirms === undefined) return
  const first = at.value.acts.find(one => one.act === act.confirms)
  const leadsHere = first?.by.includes('decider') && (first.to === 'same' || act.from.includes(first.to))
  if (!leadsHere) report('law.procedure-confirms-nothing', at, path, { act: act.name, confirms: act.confirms })
}

/** The subject learns of what ends badly, of what is corrected, and can take back what it asked for. */
function checkTold(at: At, act: ProcedureAct, path: Path, report: Report): void {
  const { states, acts } = at.value
  const to = states.find(state => state.state === act.to)
  const isOfficial = act.by.some(office => OFFICIAL.has(office))
  const isTold = act.notices.some(notice => notice.to === 'subject')
  if (to?.end === 'ill' && isOfficial && !isTold) report('law.procedure-ill-end-untold', at, path, { act: act.name })
  if (act.clocks.extend.length > 0 && !isTold) report('law.procedure-extension-untold', at, path, { act: act.name })
  const corrects = act.effects.some(effect => traitOf(effect).corrects)
  const isConfirmed = to?.turn === 'receivers'
  if (corrects && !isConfirmed) report('law.procedure-unconfirmed', at, path, { act: act.name })
  if (act.from.length > 0 || !act.by.includes('subject')) return
  const withdraws = acts.some(
    one =>
      one.by.includes('subject') &&
      one.from.includes(act.to) &&
      states.some(state => state.state === one.to && state.end === 'withdrawn'),
  )
  if (!withdraws) report('law.procedure-not-withdrawable', at, path, { act: act.name })
}

/** Principles 5 and 6: nobody is listed or restricted by one officer, by a clock, without a letter served or before the time to answer is over. */
function checkGrave(at: At, report: Report): void {
  const { acts } = at.value
  const pathOf = (act: ProcedureAct): Path => ['acts', acts.indexOf(act)]
  const { unserved, unanswered } = graveWithout(at.value)
  for (const act of unserved) report('law.procedure-grave-unserved', at, pathOf(act), { act: act.name })
  for (const act of unanswered) report('law.procedure-grave-unanswered', at, pathOf(act), { act: act.name })
  for (const act of acts) {
    const grave = act.effects.map(effect => traitOf(effect).grave).filter(one => one !== null)
    if (grave.length === 0) continue
    if (act.by.includes('clock')) report('law.procedure-grave-by-clock', at, pathOf(act), { act: act.name })
    else if (act.by.some(office => office !== 'second')) report('law.procedure-grave-alone', at, pathOf(act), { act: act.name })
  }
}
