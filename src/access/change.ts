import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { sql, type Tx } from '../db/database.ts'
import { canonicalJson, type Json, leafOf } from '../ledger/commitment.ts'
import { HASH_BYTES } from '../ledger/merkle.ts'
import type { Actor } from './actor.ts'

/** What a command declares before it changes anything. `entity`: `subject:10`, `delivery:7`, `account:3`, `system`. */
export type Deed = {
  readonly deed: string
  readonly entity: string
  /** No personal value: the act is kept for ever. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** What is at hand inside a change: the only transaction in scope, its instant and day, its place in the ledger. */
export type Change = {
  readonly tx: Tx
  readonly actor: Actor
  readonly at: Date
  readonly today: Day
  readonly actId: number
  readonly batchId: number
  /** Stands for the database as a whole, e.g. as a key of what a process remembers about it. */
  readonly pool: object
  /** Adds a 32-byte leaf to the batch of this transaction; its number there. */
  addLeaf(leaf: Buffer): number
  /** Adds leaves that lie one behind the other; may still be filled until the work ends. The number of the first. */
  addLeaves(leaves: Buffer): number
  /** Adds facts to the act's detail that are known only after the work (counts, ids). */
  tell(detail: Readonly<Record<string, unknown>>): void
}

/**
 * The one door for writing (principle 11): work, act and ledger batch are one transaction. A Refusal thrown inside rolls all of it back.
 */
export async function change<T>(app: App, actor: Actor, deed: Deed, work: (change: Change) => Promise<T>): Promise<T> {
  const [actId, batchId] = (await app.ids.take(2)) as [number, number]
  const at = app.now()
  const leaves: Buffer[] = []
  // Whoever acts for a subject acts by a mandate: the act names it beside the account.
  let detail = actor.mandateId ? { ...deed.detail, mandateId: actor.mandateId } : (deed.detail ?? {})
  return app.changes.transaction(async tx => {
    let leafCount = 0
    const addLeaves = (more: Buffer): number => {
      const first = leafCount
      leaves.push(more)
      leafCount += more.length / HASH_BYTES
      return first
    }
    const addLeaf = addLeaves
    const tell = (more: Readonly<Record<string, unknown>>): void => {
      detail = { ...detail, ...more }
    }
    const value = await work({
      tx,
      actor,
      at,
      today: legalDay(at, app.city.zone),
      actId,
      batchId,
      pool: app.changes.pool,
      addLeaf,
      addLeaves,
      tell,
    })
    const leafNo = addLeaf(
      actLeaf({ entity: deed.entity, at, actId, deed: deed.deed, actor: actor.id, unit: actor.unit, detail }),
    )
    await tx.run({
      name: 'record-act',
      text: `with batch as (insert into ledger_batch (batch_id, at, kind, leaf_count, leaves) values ($1, $2, 'change', $3, $4))
        insert into act (entity, at, act_id, deed, actor, unit, detail, batch_id, leaf_no) values ($5, $2, $6, $7, $8, $9, $10, $1, $11)`,
      values: [
        batchId,
        at,
        leafCount,
        Buffer.concat(leaves),
        deed.entity,
        actId,
        deed.deed,
        actor.id,
        actor.unit,
        JSON.stringify(detail),
        leafNo,
      ],
    })
    tx.afterCommit(() => app.nudge())
    return value
  })
}

export type ActRow = {
  entity: string
  at: Date
  actId: number
  deed: string
  actor: string
  unit: string | null
  detail: unknown
}

/** The leaf of an act: its canonical text, hashed. */
export function actLeaf(act: ActRow): Buffer {
  return leafOf(canonicalJson({ ...act, at: act.at.toISOString(), detail: act.detail as Json, leaf: 'act' }))
}

/** Reading for a page of acts of one entity, oldest first. */
export function actsOf(entity: string): ReturnType<typeof sql> {
  return sql`select at, act_id, deed, actor, unit, detail from act where entity = ${entity} order by at, act_id`
}
