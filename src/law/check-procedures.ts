import { addDays } from '../base/day.ts'
import { checkProcedureFlow } from './check-procedure-flow.ts'
import type { Check, Report } from './ground.ts'
import { findKeys, repeated } from './ground.ts'
import type { Law } from './law.ts'
import type { Procedure, ProcedureAct } from './procedure-model.ts'
import type { Located } from './reading.ts'

/** Procedures: that the words of a table mean something, that editions follow one another, that nothing is asked which no article asks. */
export const checkProcedures: Check = ({ law, reading }, report) => {
  checkEditions(reading.procedures, report)
  for (const at of reading.procedures) {
    checkNames(at, report)
    checkArticles(law, at, report)
    at.value.acts.forEach((act, index) => {
      checkAct(at, act, ['acts', index], report)
    })
    checkProcedureFlow(at, report)
  }
}

function checkEditions(procedures: readonly Located<Procedure>[], report: Report): void {
  const prefixes = new Map<string, string>()
  for (const at of procedures) {
    const { procedure, prefix } = at.value
    const other = prefixes.get(prefix)
    if (other !== undefined && other !== procedure) report('law.procedure-prefix-taken', at, ['prefix'], { prefix, other })
    prefixes.set(prefix, procedure)
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

function checkSuccession(before: Procedure, later: Located<Procedure>, report: Report): void {
  const { inForceFrom: day, transition, states, name } = later.value
  if (before.inForceUntil === null || before.inForceUntil >= day)
    report('law.procedure-overlap', later, ['inForceFrom'], { name, day })
  else if (addDays(before.inForceUntil, 1) < day) report('law.procedure-gap', later, ['inForceFrom'], { name, day })
  if (transition.running !== 'by-this') return
  const known = new Set(states.map(state => state.state))
  const lost = before.states.find(state => state.end === null && !known.has(state.state))
  if (lost) report('law.procedure-transition-state', later, ['transition'], { name, state: lost.name })
}

/** Names that stand for one thing each. */
function checkNames(at: Located<Procedure>, report: Report): void {
  const { states, acts, clocks } = at.value
  for (const index of repeated(states.map(one => one.state)))
    report('law.procedure-state-twice', at, ['states', index, 'state'], { state: states[index]?.state })
  for (const index of repeated(acts.map(one => one.act)))
    report('law.procedure-act-twice', at, ['acts', index, 'act'], { act: acts[index]?.act })
  for (const index of repeated(clocks.map(one => one.clock)))
    report('law.procedure-clock-twice', at, ['clocks', index, 'clock'], { clock: clocks[index]?.clock })
  const days = new Set(acts.flatMap(act => act.fields.filter(field => field.kind === 'day').map(field => field.field)))
  clocks.forEach((clock, index) => {
    if (typeof clock.from === 'object' && !days.has(clock.from.field))
      report('law.procedure-clock-field', at, ['clocks', index, 'from'], { clock: clock.name, field: clock.from.field })
    if (!acts.some(act => act.clocks.start.includes(clock.clock)))
      report('law.procedure-clock-unused', at, ['clocks', index, 'clock'], { clock: clock.name })
  })
}

/** Articles that the register of instruments does not name do not exist for a procedure. */
function checkArticles(law: Law, at: Located<Procedure>, report: Report): void {
  for (const { path, value } of findKeys(at.value, 'basis'))
    (value as readonly string[]).forEach((basis, index) => {
      const [id = '', article] = basis.split('#')
      const instrument = law.instruments.get(id)
      if (instrument && article !== undefined && !instrument.articles.some(one => one.article === article))
        report('law.procedure-article-unknown', at, [...path, index], { basis, instrument: instrument.title })
    })
}

type Path = readonly (string | number)[]

/** What no procedure may ask of a subject (令36: two papers; 收费、培训、公益 are no condition). */
const NEVER_ASKED = /培训|公益|慈善|捐款|捐赠|缴费|收费|费用|第三方报告/
const MOST_REPAIR_PAPERS = 2

function checkAct(at: Located<Procedure>, act: ProcedureAct, path: Path, report: Report): void {
  const { fields, papers, guards, by, when, confirms } = act
  const name = act.name
  for (const index of repeated([...fields.map(one => one.field)]))
    report('law.procedure-field-twice', at, [...path, 'fields', index, 'field'], { act: name, field: fields[index]?.name })
  fields.forEach((field, index) => {
    const isChoice = field.kind === 'choice'
    const has = Object.keys(field.choices ?? {}).length
    if (isChoice ? has < 2 : field.choices !== undefined)
      report('law.procedure-choices', at, [...path, 'fields', index], { act: name, field: field.name })
  })
  const asked = [...fields, ...papers].filter(one => one.required && NEVER_ASKED.test(one.name))
  const isBySubject = by.includes('subject')
  if (isBySubject && asked[0]) report('law.procedure-asks-forbidden', at, path, { act: name, asked: asked[0].name })
  const required = papers.filter(paper => paper.required).length
  if (at.value.procedure.startsWith('repair') && isBySubject && required > MOST_REPAIR_PAPERS)
    report('law.procedure-asks-more', at, [...path, 'papers'], { act: name, most: MOST_REPAIR_PAPERS })
  if (at.value.about !== 'record' && guards.some(guard => guard.startsWith('record-') || guard.startsWith('repair-')))
    report('law.procedure-guard-unfit', at, [...path, 'guards'], { act: name })
  if (by.includes('clock') && by.length > 1) report('law.procedure-clock-mixed', at, [...path, 'by'], { act: name })
  if (by.includes('clock') && when === undefined) report('law.procedure-when-missing', at, [...path, 'by'], { act: name })
  if (!by.includes('clock') && when !== undefined) report('law.procedure-when-misplaced', at, [...path, 'when'], { act: name })
  if (by.includes('second') !== (confirms !== undefined)) report('law.procedure-second-alone', at, [...path, 'by'], { act: name })
}
