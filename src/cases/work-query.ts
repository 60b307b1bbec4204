import { type Actor, may } from '../access/actor.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { addWorkingDays } from '../law/calendar.ts'
import { SOON } from '../legal-clock/clock-on.ts'
import { creditOffice } from './credit-office.ts'
import type { DueGroup, WorkTurn } from './work-contract.ts'

/* Which cases stand in somebody's work list, and in which group by the day on which something is due first. */

export type WorkFilter = {
  readonly unit?: string | undefined
  readonly procedure?: string | undefined
  readonly turn: WorkTurn
  readonly state: 'open' | 'closed'
  readonly due?: DueGroup | undefined
}

/** Whose the duty of a clock `c` of a case `f` is, as a unit; the credit office is `asked.office`. The subject's is no unit's. */
export const DUTY_UNIT = `case c.duty when 'credit-office' then asked.office when 'initiator' then f.opened_unit else c.unit end`

const dueFirst = (
  unit: string,
): string => `left join lateral (select c.due_on, ${unit} as unit, json_build_object('clock', c.clock, 'runNo', c.run_no,
    'duty', c.duty, 'unit', c.unit, 'runs', c.runs, 'dueOn', c.due_on, 'isSuspended', c.is_suspended, 'stoppedOn', c.stopped_on) as clock
  from case_clock c where c.subject_id = f.subject_id and c.case_id = f.case_id and c.stopped_on is null and c.duty <> 'term'
  order by c.due_on nulls last limit 1) d on true`

/** The open duty that is due first, of each case. */
export const DUE_FIRST = dueFirst('c.unit')

/** What a list asks for, in front of the table: a prepared statement knows the type of each of its values by it. */
const ASKED = `(select $1::date as today, $2::date as soon, $3::text as own, $4::text as actor, $5::text as unit, $6::text as procedure, $7::text as office) asked`

/** By the first day on which something is due. */
const GROUPS: Readonly<Record<DueGroup, string>> = {
  overdue: 'd.due_on < asked.today',
  today: 'd.due_on = asked.today',
  soon: 'd.due_on > asked.today and d.due_on <= asked.soon',
  later: 'd.due_on > asked.soon',
  standing: 'd.due_on is null',
}

/** How many cases there are of each group, as columns. */
export const GROUP_COUNTS = Object.entries(GROUPS)
  .map(([group, condition]) => `count(*) filter (where ${condition})::int as "${group}"`)
  .join(', ')

const SECOND = `f.unit = asked.own and f.turn = 'second' and asked.actor <>
  (select e.actor from case_entry e where e.subject_id = f.subject_id and e.case_id = f.case_id and e.entry_no = f.entry_no)`

/** Whose turn it is. What waits for a second person is not the turn of whoever proposed it. */
function turnOf(turn: WorkTurn, watchesAll: boolean): string[] {
  if (turn === 'all') return []
  if (turn === 'second') return [SECOND]
  const ours = [`f.unit = asked.own and f.turn = 'decider'`, `f.opened_unit = asked.own and f.turn = 'initiator'`, SECOND]
  return [[...ours, ...(watchesAll ? [`f.turn = 'credit-office'`] : [])].map(one => `(${one})`).join(' or ')]
}

/** A unit's own list: what it is in charge of or has opened. For who watches the units: what is due first there, as the figures of all units count it. */
function unitOf(shown: string | null, watchesAll: boolean): string[] {
  if (shown === null) return []
  return [watchesAll ? 'coalesce(d.unit, f.unit) = asked.unit' : 'f.unit = asked.unit or f.opened_unit = asked.unit']
}

export type WorkWhere = { readonly name: string; readonly text: string; readonly values: unknown[] }

/**
 * `from … where …` of a work list: `case_file f`, what is due first `d`, what was asked `asked`. Whoever is of a unit sees what that unit is in
 * charge of or has opened; who watches every unit sees all, or the unit that he asks for. Values take $1…$7.
 */
export function workFrom(app: App, actor: Actor, { unit, procedure, turn, state, due }: WorkFilter): WorkWhere {
  const watchesAll = may(actor, 'case.coordinate')
  const shown = watchesAll ? (unit ?? null) : (actor.unit ?? '')
  const [today, soon] = nearDays(app)
  const conditions = [
    `f.closed_at is ${state === 'open' ? '' : 'not '}null`,
    ...unitOf(shown, watchesAll),
    ...(procedure === undefined ? [] : ['f.procedure = asked.procedure']),
    ...turnOf(turn, watchesAll),
    ...(due === undefined ? [] : [GROUPS[due]]),
  ]
  const named = [
    turn,
    state,
    due ?? 'any',
    shown === null ? 'city' : 'unit',
    procedure === undefined ? '' : 'procedure',
    watchesAll,
  ]
  return {
    name: named.join('-'),
    text: `from ${ASKED} cross join case_file f ${dueFirst(DUTY_UNIT)} where ${conditions.map(one => `(${one})`).join(' and ')}`,
    values: [today, soon, actor.unit ?? '', actor.id, shown, procedure ?? null, creditOffice(app)],
  }
}

/** Today, and the last day of those that are soon; where the calendar does not reach so far, nothing is. */
export function nearDays(app: Pick<App, 'law' | 'now' | 'city'>): [today: Day, soon: Day] {
  const today = legalDay(app.now(), app.city.zone)
  const soon = addWorkingDays(app.law.calendar, today, SOON)
  return [today, typeof soon === 'string' ? soon : today]
}
