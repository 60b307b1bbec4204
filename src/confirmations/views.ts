import type { z } from 'zod'
import { type Actor, may } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { Row } from '../db/database.ts'
import { SECOND_PERSON_ACTS, type SecondPersonAct } from '../http/endpoint.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import type { listConfirmations } from './contract.ts'
import { KINDS } from './kinds.ts'

type Confirmations = z.infer<(typeof listConfirmations)['output']>
type Counted = Row & { begun: boolean; count: number; oldestAt: Date; who: string | null; what: string | null }

/**
 * What waits for a second person, oldest kind first: what this actor may confirm, for somebody else began it and it is not about him; and what
 * he began himself, with the roles of those who may confirm it. Nothing for whoever speaks for a subject.
 */
export async function readConfirmations(app: App, actor: Actor): Promise<Confirmations> {
  if (actor.unit === null || actor.unit === OF_A_SUBJECT) return { toConfirm: [], begun: [] }
  const counted = await Promise.all(
    SECOND_PERSON_ACTS.map(async kind => (await countKind(app, actor, kind)).map(row => ({ row, view: viewOf(app, kind, row) }))),
  )
  const all = counted.flat().sort((a, b) => a.row.oldestAt.getTime() - b.row.oldestAt.getTime())
  return {
    toConfirm: all.flatMap(({ row, view }) => (row.begun || !may(actor, KINDS[view.kind].confirms) ? [] : [view])),
    begun: all.flatMap(({ row, view }) => (row.begun ? [{ ...view, waitsFor: confirmersOf(app, view.kind) }] : [])),
  }
}

async function countKind(app: App, actor: Actor, kind: SecondPersonAct): Promise<Counted[]> {
  const at = app.now()
  return await app.db.rows<Counted>({
    name: `confirmations-${kind}`,
    text: `with asked (actor, unit, at, today) as (select $1::text, $2::text, $3::timestamptz, $4::date), waiting as (${KINDS[kind].waiting})
      select begun, count(*) as count, min(since) as "oldestAt", (array_agg(who order by since))[1] as who, (array_agg(what order by since))[1] as what
      from waiting where begun or not barred group by begun`,
    values: [actor.id, actor.unit, at, legalDay(at, app.city.zone)],
  })
}

function viewOf(app: App, kind: SecondPersonAct, { count, oldestAt, who, what }: Counted): Confirmations['toConfirm'][number] {
  return { kind, count, oldestAt: oldestAt.toISOString(), about: KINDS[kind].about(app, who, what) }
}

function confirmersOf({ law }: App, kind: SecondPersonAct): string[] {
  const { confirms } = KINDS[kind]
  return [...law.roles.values()].flatMap(role =>
    role.holder === 'person' && role.permissions.includes(confirms) ? [role.name] : [],
  )
}
