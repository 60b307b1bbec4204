import { addDays, type Day } from '../base/day.ts'
import type { Calendar } from '../law/calendar.ts'
import type { Procedure, ProcedureAct, ProcedureClock, ProcedureSpan } from '../law/procedure-model.ts'
import { dueOf } from '../legal-clock/due.ts'
import type { RunningClock, Span, Transfer } from '../legal-clock/model.ts'
import type { CaseClock, Filled } from './model.ts'

/* What an act makes of the clocks of a case. Pure: the same entries give the same clocks. */

/** How long a term is in this case. */
export type SpanOf = (span: ProcedureSpan) => Span | null

export type ClockGround = {
  readonly calendar: Calendar
  readonly procedure: Procedure
  readonly today: Day
  readonly filled: Filled
  readonly unit: string
  readonly spanOf: SpanOf
  /** The day on which the letter that the act waits for reached the subject. */
  readonly servedOn: Day | null
}

/** The clocks that an act starts, stops, suspends, lets go on or lengthens, as they are afterwards. */
export function clocksAfter(act: ProcedureAct, clocks: readonly CaseClock[], ground: ClockGround): CaseClock[] {
  const { today, calendar, procedure, spanOf } = ground
  const running = (name: string): CaseClock | undefined => clocks.find(one => one.clock === name && one.stoppedOn === null)
  const changed = new Map<string, CaseClock>()
  const alter = (name: string, change: (clock: CaseClock) => Partial<CaseClock>): void => {
    const clock = changed.get(name) ?? running(name)
    if (clock) changed.set(name, withDue(calendar, { ...clock, ...change(clock) }))
  }
  for (const name of act.clocks.suspend)
    alter(name, ({ runs }) => ({
      isSuspended: true,
      runs: { ...runs, suspensions: [...(runs.suspensions ?? []), { from: addDays(today, 1), until: null }] },
    }))
  for (const name of act.clocks.resume)
    alter(name, ({ runs }) => ({ isSuspended: false, runs: { ...runs, suspensions: resumed(runs, today) } }))
  for (const name of act.clocks.extend) {
    const rule = procedure.clocks.find(one => one.clock === name)?.extension
    const more = rule && spanOf(rule.span)
    if (more)
      alter(name, ({ runs }) => ({
        runs: { ...runs, extensions: [...(runs.extensions ?? []), { ...more, on: today, basis: rule.basis[0] }] },
      }))
  }
  for (const name of act.clocks.stop) alter(name, () => ({ stoppedOn: today, isSuspended: false }))
  const started = act.clocks.start.flatMap(name => startOf(ruleOf(procedure, name), clocks, ground) ?? [])
  return [...changed.values(), ...started]
}

/**
 * The same clocks where the case passes to another unit: the duty is theirs, the term runs on. Who had it when its last day passed is kept: that
 * breach is no breach of the next, which is measured by as many days from the transfer as the duty has.
 */
export function transferred(
  clocks: readonly CaseClock[],
  ground: Pick<ClockGround, 'calendar' | 'today'>,
  unit: string,
): CaseClock[] {
  return clocks
    .filter(clock => clock.stoppedOn === null && clock.unit !== null)
    .map(clock => {
      const transfers = [...(clock.runs.transfers ?? []), transferOf(clock, ground.today, unit)]
      return withDue(ground.calendar, { ...clock, unit, runs: { ...clock.runs, transfers } })
    })
}

function transferOf({ runs, dueOn, unit }: CaseClock, on: Day, to: string): Transfer {
  const last = runs.transfers?.at(-1)
  const due = last?.own === undefined ? dueOn : last.own
  const isOver = dueOn !== null && dueOn < on
  return { on, to, from: unit, due, ...(isOver ? { own: null } : {}) }
}

/** The clock with its last day worked out anew; null where it stands still or the calendar is not known. */
export function withDue(calendar: Calendar, clock: CaseClock): CaseClock {
  const found = dueOf(calendar, clock.runs)
  return { ...clock, runs: withOwn(calendar, clock.runs), dueOn: 'due' in found ? found.due : null }
}

/** The last day by which a unit is measured that was handed an overdue duty; null while it stands still. */
function withOwn(calendar: Calendar, runs: RunningClock): RunningClock {
  const last = runs.transfers?.at(-1)
  if (last?.own === undefined) return runs
  const suspensions = runs.suspensions?.filter(one => one.until === null || one.until > last.on)
  const found = dueOf(calendar, { count: runs.count, unit: runs.unit, from: last.on, suspensions })
  const own = 'due' in found ? found.due : null
  return { ...runs, transfers: [...(runs.transfers ?? []).slice(0, -1), { ...last, own }] }
}

function ruleOf(procedure: Procedure, name: string): ProcedureClock {
  const rule = procedure.clocks.find(one => one.clock === name)
  if (!rule) throw new Error(`${procedure.procedure} has no clock ${name}`)
  return rule
}

/** Null: a term that the law leaves open (until an event) does not run. */
function startOf(rule: ProcedureClock, clocks: readonly CaseClock[], ground: ClockGround): CaseClock | null {
  const { today, calendar, filled, unit, spanOf } = ground
  const from =
    typeof rule.from === 'object'
      ? (filled[rule.from.field] as Day | undefined)
      : rule.from === 'service'
        ? ground.servedOn
        : today
  const span = spanOf(rule.span)
  if (!span && rule.duty === 'term') return null
  if (!span) throw new Error(`the clock ${rule.clock} has no term in this case`)
  const isUnits = rule.duty === 'decider' || rule.duty === 'second'
  return withDue(calendar, {
    clock: rule.clock,
    runNo: clocks.filter(one => one.clock === rule.clock).length + 1,
    duty: rule.duty,
    unit: isUnits ? unit : null,
    runs: { ...span, from: from ?? today },
    dueOn: null,
    isSuspended: false,
    stoppedOn: null,
  })
}

/** A suspension ends on the day of the act that lets the clock go on; one that never covered a whole day is none. */
function resumed(runs: RunningClock, today: Day): RunningClock['suspensions'] {
  return (runs.suspensions ?? [])
    .map(one => (one.until === null ? { ...one, until: today } : one))
    .filter(one => one.until === null || one.from <= one.until)
}
