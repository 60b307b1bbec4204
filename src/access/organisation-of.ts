import type { App } from '../app.ts'
import { type Query, type Row, sql } from '../db/database.ts'
import type { Unit } from '../law/city-model.ts'
import type { Law } from '../law/law.ts'
import type { UnitKind } from '../law/unit-kind.ts'

/** An organisation to which accounts belong: a unit of `units.yaml`, or one registered in the console. */
export type Organisation = {
  readonly id: string
  readonly name: string
  readonly uscc: string
  readonly kind: UnitKind
  readonly parent: string | null
  /** The county of a unit; registered organisations have none. */
  readonly county: string | null
  readonly isOpen: boolean
  readonly isRegistered: boolean
}

/** The organisation of an id, closed ones too; undefined where nobody has it. A unit of the city's file comes before a registered one. */
export async function organisationOf(app: Pick<App, 'law' | 'db'>, id: string): Promise<Organisation | undefined> {
  return (await organisationsOf(app, [id])).get(id)
}

/** The same for many: id → organisation. */
export async function organisationsOf(
  { law, db }: { readonly law: Law; readonly db: Query },
  ids: Iterable<string>,
): Promise<Map<string, Organisation>> {
  const found = new Map<string, Organisation>()
  const others: string[] = []
  for (const id of new Set(ids)) {
    const unit = law.units.get(id)
    if (unit) found.set(id, unitOrganisation(unit))
    else others.push(id)
  }
  if (others.length > 0) for (const one of await readRegistered(db, others)) found.set(one.id, one)
  return found
}

/** Every organisation: the city's units in the order of their file, then those registered in the console. */
export async function everyOrganisation({
  law,
  db,
}: {
  readonly law: Law
  readonly db: Query
}): Promise<ReadonlyMap<string, Organisation>> {
  const all = new Map([...law.units.values()].map(unit => [unit.id, unitOrganisation(unit)]))
  for (const one of await readRegistered(db, null)) if (!all.has(one.id)) all.set(one.id, one)
  return all
}

function unitOrganisation(unit: Unit): Organisation {
  const { id, name, uscc, kind, parent, county } = unit
  return { id, name, uscc, kind, parent, county, isOpen: true, isRegistered: false }
}

/** The latest confirmed version of each. */
async function readRegistered(db: Query, ids: readonly string[] | null): Promise<Organisation[]> {
  const rows = await db.rows<Omit<Organisation, 'county' | 'isRegistered'> & Row>(
    sql`select distinct on (organisation_id) organisation_id as id, name, uscc, kind, parent, state = 'open' as "isOpen" from organisation
      where decision = 'confirmed' and (${ids}::text[] is null or organisation_id = any(${ids})) order by organisation_id, version desc`,
  )
  return rows.map(row => ({ ...row, county: null, isRegistered: true }))
}

/** True when `id` is `top` or stands somewhere below it. */
export function isWithin(all: ReadonlyMap<string, Pick<Organisation, 'parent'>>, id: string, top: string): boolean {
  // A registered organisation may come to stand below one that stands below it; the walk ends all the same.
  const seen = new Set<string>()
  for (let at: string | null = id; at !== null && !seen.has(at); at = all.get(at)?.parent ?? null) {
    if (at === top) return true
    seen.add(at)
  }
  return false
}
