import type { z } from 'zod'
import { type Actor, may } from '../access/actor.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { NotAllowed } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { caseLine } from './case-line.ts'
import { FILE_COLUMNS } from './file-columns.ts'
import { filesOf } from './files-of.ts'
import type { CaseClock, CaseFile } from './model.ts'
import type { CaseLine } from './shapes.ts'
import type { DueGroup, workFigures as figuresDoor } from './work-contract.ts'
import { DUE_FIRST, GROUP_COUNTS, type WorkFilter, workFrom } from './work-query.ts'

/* Lists of cases by the day on which something is due. They name nobody: who it is about is a look. */

const NEVER = '9999-12-31'

type LineRow = CaseFile &
  Row & { readonly clock: (Omit<CaseClock, 'dueOn'> & { dueOn: Day | null }) | null; readonly order: string }

const ORDER = `coalesce(to_char(d.due_on, 'YYYY-MM-DD'), '${NEVER}') || '/' || lpad(f.case_id::text, 16, '0')`

/** Open cases by due day; closed ones, of which there are more every year, the latest first, in the order of an index. */
const PLACES = {
  open: { key: ORDER, beyond: `${ORDER} > $8`, order: ORDER },
  closed: { key: 'f.case_id', beyond: 'f.case_id < $8::bigint', order: 'f.case_id desc' },
} as const

/** Where a page goes on; what is no place of such a list is its beginning. */
const placeOf = (state: WorkFilter['state'], after: string | undefined): string | null =>
  after === undefined || (state === 'closed' && !/^\d{1,16}$/.test(after)) ? null : after

type Listed = { cases: CaseLine[]; next: string | null }
type Page = { readonly after?: string | undefined; readonly limit: number }

function listed(app: App, rows: readonly LineRow[], limit: number, isOwn: boolean): Listed {
  const next = rows.length === limit ? (rows.at(-1)?.order ?? null) : null
  return { cases: rows.map(row => caseLine(app, row, row.clock, isOwn)), next }
}

/** The cases of the subject that this actor speaks for, and of who was merged into it: those that are open by due day, then the closed. */
export async function listOwnCases(app: App, actor: Actor, { after, limit }: Page): Promise<Listed> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'case.lodge' })
  const order = `(f.closed_at is not null)::int::text || ${ORDER}`
  const rows = await app.db.rows<LineRow>({
    name: 'own-cases',
    text: `select ${FILE_COLUMNS}, d.clock, ${order} as "order" from case_file f ${DUE_FIRST}
      where f.subject_id = any($1::bigint[]) and ($2::text is null or ${order} > $2) order by "order" limit $3`,
    values: [await filesOf(app.db, subjectId, legalDay(app.now(), app.city.zone)), after ?? null, limit],
  })
  return listed(app, rows, limit, true)
}

export type WorkQuery = Page & WorkFilter

/** What a unit is in charge of or has opened, what is due first in front; the credit office sees every unit's. */
export async function listWork(app: App, actor: Actor, { after, limit, ...filter }: WorkQuery): Promise<Listed> {
  const { name, text, values } = workFrom(app, actor, filter)
  const { key, beyond, order } = PLACES[filter.state]
  // Which cases stand on the page is found first: what is told of each is read for these alone.
  const rows = await app.db.rows<LineRow>({
    name: `case-work-${name}`,
    text: `with page as (select f.subject_id, f.case_id, ${key} as place ${text} and ($8::text is null or ${beyond}) order by ${order} limit $9)
      select ${FILE_COLUMNS}, d.clock, page.place::text as "order" from page join case_file f using (subject_id, case_id) ${DUE_FIRST}
      order by ${order.replace(key, 'page.place')}`,
    values: [...values, placeOf(filter.state, after), limit],
  })
  return listed(app, rows, limit, false)
}

type Counted = Record<DueGroup, number> & { readonly nextDueOn: Day | null }
type Figures = z.input<(typeof figuresDoor)['output']>

/** How many open cases of a work list there are by due day, and the next day on which something is due. */
export async function workFigures(app: App, actor: Actor, filter: Omit<WorkFilter, 'state'>): Promise<Figures> {
  const { name, text, values } = workFrom(app, actor, { ...filter, state: 'open' })
  const row = await app.db.row<Counted & Row>({
    name: `case-figures-${name}`,
    text: `select ${GROUP_COUNTS}, min(d.due_on) filter (where d.due_on >= asked.today) as "nextDueOn" ${text}`,
    values,
  })
  if (!row) throw new Error('counting gives a row')
  const procedures = [...app.law.procedures].map(([procedure, editions]) => ({
    procedure,
    name: editions.at(-1)?.name ?? procedure,
  }))
  const units = may(actor, 'case.coordinate')
    ? [...app.law.units.values()].map(({ id, name: unit }) => ({ unit: id, name: unit }))
    : []
  return { asOf: legalDay(app.now(), app.city.zone), ...row, procedures, units }
}
