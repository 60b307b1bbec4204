import type { Query } from '../../src/db/database.ts'

/** What became of the measures that were asked for: in all, by measure or by unit. */
export type MeasureFigure = {
  readonly by: 'all' | 'measure' | 'unit'
  readonly name: string
  readonly initiated: number
  readonly responded: number
  readonly inForce: number
  readonly ended: number
  readonly overdue: number
  /** Null: fewer answers than may be told of. */
  readonly medianDays: number | null
  readonly madeAt: Date
}

/** The figures as they were counted last, most asked for in front; nothing where there are too few to tell of. Names nobody (M103, M219). */
export async function listMeasureFigures(db: Query): Promise<MeasureFigure[]> {
  return await db.rows<MeasureFigure>({
    name: 'portal-measure-figures',
    text: `select grouped_by as by, name, initiated, responded, in_force as "inForce", ended, overdue, median_days as "medianDays", made_at as "madeAt"
      from pub.measure_figure order by grouped_by, id = '', initiated desc, id`,
  })
}
