import type { App } from '../app.ts'
import { type LookReceipt, type LookRequest, lookMissLeaf, receiptOf, registeredReason } from './look.ts'

/** Registers looks that found nobody, all in one statement and under one receipt. What was asked for stays as keyed digests. */
export async function lookMisses(app: App, request: LookRequest, asked: readonly string[]): Promise<LookReceipt> {
  if (asked.length === 0) throw new RangeError('nothing was asked for')
  const at = app.now()
  const { purpose, businessNo } = registeredReason(app, request, at)
  const ids = await app.ids.take(asked.length + 1)
  const batchId = ids[asked.length] as number
  const receipt = receiptOf(batchId)
  const { outlet } = request
  const { id: actor, unit } = request.actor
  const digests = asked.map(text => app.keys.blindIndex('look-miss', text))
  const leaves = digests.map((digest, i) =>
    lookMissLeaf({
      lookId: ids[i] as number,
      at,
      actor,
      unit,
      outlet,
      purpose,
      businessNo,
      asked: digest.toString('hex'),
      receipt,
    }),
  )
  await app.db.run({
    name: 'look-misses',
    text: `with batched as (insert into ledger_batch (batch_id, at, kind, leaf_count, leaves) values ($1, $2, 'look', cardinality($4::bigint[]), $3))
      insert into look_miss (look_id, at, actor, unit, outlet, purpose, business_no, asked, receipt, batch_id, leaf_no)
      select look_id, $2, $6, $7, $8, $9, $10, asked, $11, $1, no - 1 from unnest($4::bigint[], $5::bytea[]) with ordinality as m (look_id, asked, no)`,
    values: [
      batchId,
      at,
      Buffer.concat(leaves),
      ids.slice(0, asked.length),
      digests,
      actor,
      unit,
      outlet,
      purpose,
      businessNo,
      receipt,
    ],
  })
  app.nudge()
  return { receipt, at }
}
