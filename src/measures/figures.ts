import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { type Row, sql } from '../db/database.ts'
import { inForceOn } from './in-force.ts'

/* What became of measures, as everybody may know it: counts and days, by measure and by unit, no names (M103, M219). */

/** Fewer than this would tell of single ones. */
const SMALL_CELL = 5

export type Figure = {
  readonly by: 'all' | 'measure' | 'unit'
  /** Empty: those that are too few to stand alone, together. */
  readonly id: string
  readonly initiated: number
  readonly responded: number
  readonly declined: number
  readonly begun: number
  readonly inForce: number
  readonly ended: number
  readonly overdue: number
  readonly medianDays: number | null
}

/** A case that was asked of its unit: what came of it, and after how many days. */
export type Asked = {
  readonly measure: string
  readonly unit: string
  /** Days from being asked to the answer; null: there is none yet. */
  readonly days: number | null
  readonly declined: boolean
  readonly begun: boolean
  readonly inForce: boolean
  readonly overdue: boolean
}

/**
 * Figures of cases, none of which tells of fewer than five: what is too little stands together, with the smallest of the others where it would still be
 * too little, so that nobody works it out from the sum.
 */
export function figuresOf(asked: readonly Asked[]): Figure[] {
  if (asked.length < SMALL_CELL) return []
  const by = (of: 'measure' | 'unit'): Figure[] => {
    const cells = [...Map.groupBy(asked, one => one[of])].sort(([, a], [, b]) => b.length - a.length)
    const others: Asked[] = []
    while (cells.length > 0 && isTooLittle(cells.at(-1)?.[1] ?? [], others)) others.push(...(cells.pop()?.[1] ?? []))
    return [...cells, ...(others.length > 0 ? [['', others] as const] : [])].map(([id, ones]) => figureOf(of, id, ones))
  }
  return [figureOf('all', '', asked), ...by('measure'), ...by('unit')]
}

const isTooLittle = (smallest: readonly Asked[], others: readonly Asked[]): boolean =>
  smallest.length < SMALL_CELL || (others.length > 0 && others.length < SMALL_CELL)

function figureOf(by: Figure['by'], id: string, ones: readonly Asked[]): Figure {
  const count = (is: (one: Asked) => boolean): number => ones.filter(is).length
  const days = ones.flatMap(one => one.days ?? []).sort((a, b) => a - b)
  return {
    ...{ by, id, initiated: ones.length, responded: days.length, declined: count(one => one.declined) },
    begun: count(one => one.begun),
    inForce: count(one => one.inForce),
    ended: count(one => one.begun && !one.inForce),
    overdue: count(one => one.overdue),
    medianDays: days.length < SMALL_CELL ? null : (days[Math.floor((days.length - 1) / 2)] ?? null),
  }
}

/** Counts anew once a day. */
export async function refreshMeasureFigures(app: App): Promise<void> {
  const today = legalDay(app.now(), app.city.zone)
  if (await isCounted(app, today)) return
  const figures = figuresOf(await askedOf(app, today))
  if (figures.length === 0) return
  await change(app, SYSTEM, { deed: 'publication.measure-figures', entity: 'publication' }, async made => {
    const rows = figures.map(one => ({ ...one, name: nameOf(app, one) }))
    await made.tx.run(sql`delete from pub.measure_figure`)
    await made.tx.run(sql`insert into pub.measure_figure (grouped_by, id, name, initiated, responded, declined, begun, in_force, ended, overdue, median_days, made_at)
      select "by", id, name, initiated, responded, declined, begun, "inForce", ended, overdue, "medianDays", ${made.at}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json) as f ("by" text, id text, name text, initiated integer, responded integer, declined integer,
        begun integer, "inForce" integer, ended integer, overdue integer, "medianDays" integer)`)
  })
}

function nameOf({ law, words }: App, { by, id }: Figure): string {
  if (by === 'all') return words.say('measure.figures-all')
  if (id === '') return words.say('measure.figures-others')
  return (by === 'unit' ? law.units.get(id)?.name : law.measures.get(id)?.name) ?? id
}

async function isCounted(app: App, today: Day): Promise<boolean> {
  const row = await app.db.row<{ is: boolean }>(
    sql`select exists (select from pub.measure_figure where (made_at at time zone ${app.city.zone})::date >= ${today}::date) as is`,
  )
  return row?.is ?? false
}

async function askedOf(app: App, today: Day): Promise<Asked[]> {
  return await app.db.rows<Asked & Row>({
    text: `select split_part(f.about_ref, ':', 2) as measure, f.unit, answered.on_day - asked.on_day as days, f.state = 'declined' as declined,
        m.case_id is not null as begun, coalesce(${inForceOn('$1')}, false) as "inForce",
        f.state = 'asked' and exists (select from case_clock c where c.subject_id = f.subject_id and c.case_id = f.case_id
          and c.stopped_on is null and c.due_on < $1::date) as overdue
      from case_file f
        join lateral (select on_day from case_entry a where a.subject_id = f.subject_id and a.case_id = f.case_id and a.act = 'ask' limit 1) asked on true
        left join lateral (select on_day from case_entry a where a.subject_id = f.subject_id and a.case_id = f.case_id
          and a.act in ('decline', 'propose') order by a.entry_no limit 1) answered on true
        left join measure m on m.subject_id = f.subject_id and m.case_id = f.case_id
      where f.about = 'measure'`,
    values: [today],
  })
}

type Shown = Omit<Figure, 'id'> & { readonly id: string | null; readonly name: string }

/** The figures as they were counted last; `asOf` null: there are too few to tell of. */
export async function readFigures(app: App): Promise<{ asOf: string | null; figures: Shown[] }> {
  const rows = await app.db.rows<Figure & Row & { readonly name: string; readonly madeAt: Date }>({
    name: 'measure-figures',
    text: `select grouped_by as by, id, name, initiated, responded, declined, begun, in_force as "inForce", ended, overdue,
        median_days as "medianDays", made_at as "madeAt" from pub.measure_figure order by grouped_by, initiated desc, id`,
  })
  const [first] = rows
  const figures = rows.map(({ madeAt: _, id, ...one }) => ({ ...one, id: one.by === 'all' || id === '' ? null : id }))
  return { asOf: first ? legalDay(first.madeAt, app.city.zone) : null, figures }
}
