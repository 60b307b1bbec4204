import { type Actor, may } from '../access/actor.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { NotAllowed } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { addWorkingDays } from '../law/calendar.ts'
import { SOON } from '../legal-clock/clock-on.ts'
import { caseLine, unitName } from './case-line.ts'
import type { CaseClock, CaseFile } from './model.ts'
import type { CaseLine } from './shapes.ts'
import { FILE_COLUMNS } from './store.ts'

/* Lists of cases by the day on which something is due. They name nobody: who it is about is a look. */

const NEVER = '9999-12-31'

type LineRow = CaseFile &
  Row & { readonly clock: (Omit<CaseClock, 'dueOn'> & { dueOn: Day | null }) | null; readonly order: string }

/** The open duty that is due first, of each case. */
const DUE_FIRST = `left join lateral (select c.due_on, json_build_object('clock', c.clock, 'runNo', c.run_no, 'duty', c.duty, 'unit', c.unit, 'runs', c.runs,
    'dueOn', c.due_on, 'isSuspended', c.is_suspended, 'stoppedOn', c.stopped_on) as clock
  from case_clock c where c.subject_id = f.subject_id and c.case_id = f.case_id and c.stopped_on is null and c.duty <> 'term'
  order by c.due_on nulls last limit 1) d on true`
const ORDER = `coalesce(to_char(d.due_on, 'YYYY-MM-DD'), '${NEVER}') || '/' || lpad(f.case_id::text, 16, '0')`

type Listed = { cases: CaseLine[]; next: string | null }
type Page = { readonly after?: string | undefined; readonly limit: number }

function listed(app: App, rows: readonly LineRow[], limit: number): Listed {
  const next = rows.length === limit ? (rows.at(-1)?.order ?? null) : null
  return { cases: rows.map(row => caseLine(app, row, row.clock)), next }
}

/** The cases of the subject that this actor speaks for: those that are open by due day, then the closed. */
export async function listOwnCases(app: App, actor: Actor, { after, limit }: Page): Promise<Listed> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'case.lodge' })
  const order = `(f.closed_at is not null)::int::text || ${ORDER}`
  const rows = await app.db.rows<LineRow>({
    name: 'own-cases',
    text: `select ${FILE_COLUMNS}, d.clock, ${order} as "order" from case_file f ${DUE_FIRST}
      where f.subject_id = $1 and ($2::text is null or ${order} > $2) order by "order" limit $3`,
    values: [subjectId, after ?? null, limit],
  })
  return listed(app, rows, limit)
}

export type WorkQuery = Page & {
  readonly unit?: string | undefined
  readonly procedure?: string | undefined
  readonly turn: 'ours' | 'all'
  readonly state: 'open' | 'closed'
}

const OURS = ['decider', 'second', 'initiator', 'credit-office']

/** What a unit is in charge of or has opened, what is due first in front; the credit office sees every unit's. */
export async function listWork(
  app: App,
  actor: Actor,
  { unit, procedure, turn, state, after, limit }: WorkQuery,
): Promise<Listed> {
  const isAll = may(actor, 'case.coordinate')
  const own = isAll ? (unit ?? null) : (actor.unit ?? '')
  const rows = await app.db.rows<LineRow>({
    name: 'case-work',
    text: `select ${FILE_COLUMNS}, d.clock, ${ORDER} as "order" from case_file f ${DUE_FIRST}
      where (f.closed_at is null) = $1 and ($2::text is null or f.unit = $2 or f.opened_unit = $2) and ($3::text is null or f.procedure = $3)
        and ($4::text[] is null or f.turn = any($4)) and ($5::text is null or ${ORDER} > $5) order by "order" limit $6`,
    values: [state === 'open', own, procedure ?? null, turn === 'ours' ? OURS : null, after ?? null, limit],
  })
  return listed(app, rows, limit)
}

type FigureRow = Row &
  Record<'overdue' | 'today' | 'soon' | 'later' | 'standing' | 'doneInTime' | 'doneLate', number> & { readonly unit: string }

/** Of each unit: its open duties by due day, and how those of the last year were done. The state's clocks stand here like anybody's. */
export async function clockFigures(app: App): Promise<{ asOf: string; units: (FigureRow & { unitName: string })[] }> {
  const today = legalDay(app.now(), app.city.zone)
  const soon = addWorkingDays(app.law.calendar, today, SOON)
  const rows = await app.db.rows<FigureRow>({
    name: 'case-clock-figures',
    text: `select unit, count(*) filter (where stopped_on is null and due_on < $1)::int as overdue,
        count(*) filter (where stopped_on is null and due_on = $1)::int as today,
        count(*) filter (where stopped_on is null and due_on > $1 and due_on <= $2)::int as soon,
        count(*) filter (where stopped_on is null and due_on > $2)::int as later,
        count(*) filter (where stopped_on is null and due_on is null)::int as standing,
        count(*) filter (where stopped_on <= due_on)::int as "doneInTime", count(*) filter (where stopped_on > due_on)::int as "doneLate"
      from case_clock where unit is not null and (stopped_on is null or stopped_on > $1::date - 365) group by unit order by unit`,
    values: [today, typeof soon === 'string' ? soon : today],
  })
  return { asOf: today, units: rows.map(row => ({ ...row, unitName: unitName(app, row.unit) })) }
}
