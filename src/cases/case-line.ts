import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { Procedure, ProcedureState } from '../law/procedure-model.ts'
import { knownSpan } from '../law/procedure-terms.ts'
import { clockOn } from '../legal-clock/clock-on.ts'
import { caseClockSheet, caseClockView } from './clock-sheet.ts'
import type { CaseClock, CaseFile } from './model.ts'
import { runningEdition } from './running-edition.ts'
import type { CaseLine, ClockView, ClockWithSum } from './shapes.ts'

/* A case in one line, and a clock as a page draws it: the same object, the same numbers for officer, subject and auditor. */

export function unitName(app: Pick<App, 'law'>, unit: string | null): string {
  return unit === null ? '' : (app.law.units.get(unit)?.name ?? unit)
}

/** Who has a turn or a duty, as a person reads it. */
export function whose(app: Pick<App, 'law' | 'words'>, office: string, file: Pick<CaseFile, 'unit' | 'openedUnit'>): string {
  if (office === 'decider' || office === 'second') return unitName(app, file.unit)
  if (office === 'initiator') return unitName(app, file.openedUnit)
  return app.words.say(`case.office-${office}`)
}

export function clockView(
  app: Pick<App, 'law' | 'words' | 'now' | 'city'>,
  procedure: Procedure,
  file: Pick<CaseFile, 'unit' | 'openedUnit'>,
  clock: CaseClock,
  isOwn: boolean,
): ClockView {
  const rule = procedure.clocks.find(one => one.clock === clock.clock)
  const today = legalDay(app.now(), app.city.zone)
  const at = clockOn(app.law.calendar, clock.runs, today, clock.stoppedOn)
  const of = whose(app, clock.duty, { ...file, unit: clock.unit ?? file.unit })
  const ofPlace = rule ? knownSpan(app.law, rule.span, clock.runs.from)?.ofPlace : null
  const basis = ofPlace?.basis ?? rule?.basis ?? []
  const view = caseClockView(app, procedure, { clock, whose: of, isOwn })
  return {
    clock: clock.clock,
    name: rule?.name ?? clock.clock,
    duty: clock.duty,
    whose: of,
    state: view.state,
    sentence: view.sentence,
    startedOn: clock.runs.from,
    dueOn: at.due,
    unknownYear: at.unknownYear,
    workingDaysLeft: at.workingDaysLeft,
    workingDaysOver: at.workingDaysOver,
    suspendedSince: at.suspendedSince,
    doneOn: at.doneOn,
    basis,
    cites: basis.map(app.words.names.cite),
    confidence: ofPlace?.confidence ?? rule?.confidence ?? 'unknown',
  }
}

/** The same with how each day was counted. */
export function clockWithSum(
  app: Pick<App, 'law' | 'words' | 'now' | 'city'>,
  procedure: Procedure,
  file: Pick<CaseFile, 'unit' | 'openedUnit' | 'number'>,
  clock: CaseClock,
  isOwn: boolean,
): ClockWithSum {
  const view = clockView(app, procedure, file, clock, isOwn)
  return { ...view, runNo: clock.runNo, sheet: caseClockSheet(app, procedure, { clock, whose: view.whose, isOwn }, file) }
}

export function stateOf(procedure: Procedure, state: string): ProcedureState {
  const found = procedure.states.find(one => one.state === state)
  if (!found) throw new Error(`${procedure.procedure} has no state ${state}`)
  return found
}

/** A case in one line; `clock`: the open duty that is due first; `isOwn`: for the subject itself. */
export function caseLine(app: App, file: CaseFile, clock: CaseClock | null, isOwn: boolean): CaseLine {
  const { procedure } = runningEdition(app.law, file, legalDay(app.now(), app.city.zone))
  const state = stateOf(procedure, file.state)
  return {
    subjectId: file.subjectId,
    caseId: file.caseId,
    number: file.number,
    procedure: file.procedure,
    procedureName: procedure.name,
    state: file.state,
    stateName: state.name,
    means: state.means,
    turn: state.turn,
    waitsFor: state.turn === 'none' ? '' : whose(app, state.turn, file),
    end: state.end,
    unit: file.unit,
    unitName: unitName(app, file.unit),
    openedOn: file.openedOn,
    closedAt: file.closedAt?.toISOString() ?? null,
    clock: clock && clockView(app, procedure, file, clock, isOwn),
  }
}

/** The open duty that is due first; one that stands still or cannot be counted comes last. */
export function firstDue(clocks: readonly CaseClock[]): CaseClock | null {
  const open = clocks.filter(clock => clock.stoppedOn === null && clock.duty !== 'term')
  // What cannot be counted yet is still to be done; what stands still is not, for the time being.
  const order = ({ dueOn, isSuspended }: CaseClock): string => dueOn ?? (isSuspended ? '9999-2' : '9999-1')
  return open.sort((a, b) => order(a).localeCompare(order(b), 'en'))[0] ?? null
}
