import type { App } from '../app.ts'
import { addMonths, type Day, isDay, legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'

type Months = { month: string; reported: number; late: number }
export type Department = {
  unit: string
  unitName: string
  reported: number
  onTime: number
  late: number
  unknown: number
  refused: number
  waiting: number
  months: Months[]
}

/** Departments against their clocks over months of decision; the last twelve unless said otherwise. Worst on-time share first. */
export async function punctuality(
  app: App,
  query: { from?: string | undefined; to?: string | undefined },
): Promise<{ from: string; to: string; departments: Department[] }> {
  const today = legalDay(app.now(), app.city.zone)
  const to = dayOr(query.to, today)
  const from = dayOr(query.from, addMonths(`${today.slice(0, 7)}-01` as Day, -11))
  const rows = await app.db.rows<{
    authority: string
    month: string
    reported: number
    on_time: number
    late: number
    unknown: number
  }>(sql`
    select authority, to_char(month, 'YYYY-MM') as month, sum(reported)::bigint as reported, sum(on_time)::bigint as on_time, sum(late)::bigint as late, sum(unknown)::bigint as unknown
    from timeliness where month between date_trunc('month', ${from}::date)::date and ${to}::date group by authority, month order by authority, month`)
  const settled = await app.db.rows<{ unit: string; refused: number; waiting: number }>(sql`
    select d.unit, coalesce(sum(c.refused), 0)::bigint as refused, coalesce(sum(c.waiting), 0)::bigint as waiting from delivery d join delivery_chunk c using (delivery_id)
    where d.received_on between ${from}::date and ${to}::date and d.same_as is null group by d.unit`)
  const departments = new Map<string, Department>()
  const of = (unit: string): Department => {
    const found = departments.get(unit) ?? {
      unit,
      unitName: app.law.units.get(unit)?.name ?? unit,
      reported: 0,
      onTime: 0,
      late: 0,
      unknown: 0,
      refused: 0,
      waiting: 0,
      months: [],
    }
    departments.set(unit, found)
    return found
  }
  for (const row of rows) {
    const department = of(row.authority)
    department.reported += row.reported
    department.onTime += row.on_time
    department.late += row.late
    department.unknown += row.unknown
    department.months.push({ month: row.month, reported: row.reported, late: row.late })
  }
  for (const row of settled) Object.assign(of(row.unit), { refused: row.refused, waiting: row.waiting })
  const share = (department: Department): number => (department.reported ? department.late / department.reported : 0)
  return {
    from,
    to,
    departments: [...departments.values()].sort((a, b) => share(b) - share(a) || a.unit.localeCompare(b.unit, 'en')),
  }
}

function dayOr(text: string | undefined, otherwise: Day): Day {
  if (text === undefined) return otherwise
  if (!isDay(text)) throw new Refusal('day.format', null, { value: maskResidentNumbers(text).slice(0, 40) }, 400)
  return text
}
