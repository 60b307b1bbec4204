import { addDays } from '../base/day.ts'
import { checkProcedureActs } from './check-procedure-acts.ts'
import { checkCorrections } from './check-procedure-corrections.ts'
import { checkProcedureDeclarations } from './check-procedure-declarations.ts'
import { checkProcedureFlow } from './check-procedure-flow.ts'
import { checkProcedureLetters } from './check-procedure-letters.ts'
import { checkMeasureProcedures } from './check-procedure-measures.ts'
import type { Check, Report } from './ground.ts'
import { findKeys, repeated } from './ground.ts'
import { instrumentInForce, type Law } from './law.ts'
import type { Procedure } from './procedure-model.ts'
import { type GuardName, NEEDS_LIMITS, type TermName } from './procedure-words.ts'
import type { Located } from './reading.ts'

type At = Located<Procedure>

/** Procedures: that the words of a table mean something, that editions follow one another, that nothing is asked which no article asks. */
export const checkProcedures: Check = ({ law, reading }, report) => {
  checkEditions(reading.procedures, report)
  for (const at of reading.procedures) {
    checkNames(at, report)
    checkLabels(at, report)
    checkArticles(law, at, report)
    checkProcedureActs(at, report)
    checkMeasureProcedures(at, report)
    checkCorrections(at, report)
    checkLimits(at, report)
    checkProcedureFlow(at, report)
    checkProcedureLetters(law, at, report)
    checkProcedureDeclarations(at, report)
  }
}

function checkEditions(procedures: readonly At[], report: Report): void {
  const prefixes = new Map<string, string>()
  for (const at of procedures) {
    const { procedure, prefix, inForceFrom, inForceUntil } = at.value
    const other = prefixes.get(prefix)
    if (other !== undefined && other !== procedure) report('law.procedure-prefix-taken', at, ['prefix'], { prefix, other })
    prefixes.set(prefix, procedure)
    if (inForceUntil !== null && inForceUntil < inForceFrom)
      report('law.procedure-range-inverted', at, ['inForceUntil'], { from: inForceFrom, until: inForceUntil })
  }
  for (const name of new Set(procedures.map(at => at.value.procedure))) {
    const editions = procedures
      .filter(at => at.value.procedure === name)
      .sort((a, b) => (a.value.inForceFrom < b.value.inForceFrom ? -1 : 1))
    editions.slice(1).forEach((later, index) => {
      const before = editions[index]
      if (before) checkSuccession(before.value, later, report)
    })
  }
}

function checkSuccession(before: Procedure, later: At, report: Report): void {
  const { inForceFrom: day, transition, states, clocks, name } = later.value
  if (before.inForceUntil === null || before.inForceUntil >= day)
    report('law.procedure-overlap', later, ['inForceFrom'], { name, day })
  else if (addDays(before.inForceUntil, 1) < day) report('law.procedure-gap', later, ['inForceFrom'], { name, day })
  if (transition.running !== 'by-this') return
  // A case that runs goes on in the state in which it is, with the clocks that run.
  const known = new Set(states.map(state => state.state))
  const lost = before.states.find(state => state.end === null && !known.has(state.state))
  if (lost) report('law.procedure-transition-state', later, ['transition'], { name, state: lost.name })
  const counted = new Set(clocks.map(clock => clock.clock))
  const stopped = before.clocks.find(clock => !counted.has(clock.clock))
  if (stopped) report('law.procedure-transition-clock', later, ['transition'], { name, clock: stopped.name })
}

/** Names that stand for one thing each. */
function checkNames(at: At, report: Report): void {
  const { states, acts, clocks } = at.value
  for (const index of repeated(states.map(one => one.state)))
    report('law.procedure-state-twice', at, ['states', index, 'state'], { state: states[index]?.state })
  for (const index of repeated(acts.map(one => one.act)))
    report('law.procedure-act-twice', at, ['acts', index, 'act'], { act: acts[index]?.act })
  for (const index of repeated(clocks.map(one => one.clock)))
    report('law.procedure-clock-twice', at, ['clocks', index, 'clock'], { clock: clocks[index]?.clock })
  clocks.forEach((clock, index) => {
    if (!acts.some(act => act.clocks.start.includes(clock.clock)))
      report('law.procedure-clock-unused', at, ['clocks', index, 'clock'], { clock: clock.name })
  })
}

/** Labels that a person could take for one another: two states or clocks of one name, two buttons of one name in one state. */
function checkLabels(at: At, report: Report): void {
  const { states, acts, clocks } = at.value
  const say = (path: readonly (string | number)[], name: string | undefined): void =>
    report('law.procedure-name-twice', at, [...path, 'name'], { name })
  for (const index of repeated(states.map(one => one.name))) say(['states', index], states[index]?.name)
  for (const index of repeated(clocks.map(one => one.name))) say(['clocks', index], clocks[index]?.name)
  acts.forEach((act, index) => {
    const places = (from: readonly string[]): readonly string[] => (from.length === 0 ? ['opening'] : from)
    const isTwin = acts
      .slice(0, index)
      .some(one => one.act !== act.act && one.name === act.name && places(one.from).some(from => places(act.from).includes(from)))
    if (isTwin) say(['acts', index], act.name)
  })
}

/** Articles that the register of instruments does not name do not exist for a procedure, nor do acts that are not in force while it is. */
function checkArticles(law: Law, at: At, report: Report): void {
  const { inForceFrom: day, inForceUntil } = at.value
  for (const { path, value } of findKeys(at.value, 'basis'))
    (value as readonly string[]).forEach((basis, index) => {
      const [id = '', article] = basis.split('#')
      const instrument = law.instruments.get(id)
      if (!instrument) return
      const here = [...path, index]
      const facts = { basis, instrument: instrument.title }
      if (article !== undefined && !instrument.articles.some(one => one.article === article))
        report('law.procedure-article-unknown', at, here, facts)
      const until = instrument.inForceUntil
      if (!instrumentInForce(instrument, day)) report('law.procedure-basis-not-in-force', at, here, { ...facts, day })
      else if (until !== null && (inForceUntil === null || until < inForceUntil))
        report('law.procedure-basis-ends', at, here, { ...facts, until })
    })
}

/** The numbers that its conditions and terms work with stand in the table, each with its source. */
function checkLimits(at: At, report: Report): void {
  const { acts, clocks, limits } = at.value
  const held = new Set(limits.map(one => one.limit))
  const need = (word: GuardName | TermName, path: readonly (string | number)[]): void => {
    for (const limit of NEEDS_LIMITS[word] ?? [])
      if (!held.has(limit)) report('law.procedure-limit-missing', at, path, { word, limit })
  }
  acts.forEach((act, index) => {
    act.guards.forEach((guard, place) => {
      need(guard, ['acts', index, 'guards', place])
    })
  })
  clocks.forEach(({ span }, index) => {
    if ('named' in span) need(span.named, ['clocks', index, 'span'])
  })
}
