import type { App } from '../app.ts'
import { sql } from '../db/database.ts'
import { inventedUscc } from '../subject/invented.ts'
import type { Asked, Places } from './permission-examples.ts'

/* Examples of campaigns: one that runs and is led by the unit that the relation means, or that waits for its second person. */

const WISH = {
  ...{ name: '示例专项治理', theme: 'key-sector', aim: '督促示例单位逐项改正问题。', instrument: 'gbf-2019-35' },
  ...{ units: [], goals: {}, firstDay: '2026-11-01', lastDay: '2026-12-20', summary: '示例专项治理已经做完。' },
}
const OPENING = { procedure: 'rectification', act: 'order', fields: {}, papers: [], state: 'open' }

/** A campaign with a list of one code; whoever asks about his own proposed it. */
export async function campaignExample(app: App, { door, caller, relation, unit, examples }: Asked): Promise<Places> {
  const [campaignId, batchId] = (await app.ids.take(2)) as [number, number]
  const proposer = relation === 'own' ? `account:${caller.accountId}` : 'account:0'
  const decided = door.endsWith('/decisions') ? null : { by: 'account:1', at: app.now(), decision: 'confirmed' }
  await app.changes.run(sql`insert into campaign (campaign_id, number, name, theme, aim, instrument, lead_unit, first_day, last_day, goals, proposed_by,
      proposed_at, act_id, decision, decided_by, decided_at)
    values (${campaignId}, ${`ZX${campaignId}`}, '示例', 'key-sector', '示例', 'gbf-2019-35', ${unit}, '2026-11-01', '2026-12-20', '{}', ${proposer},
      ${app.now()}, 0, ${decided?.decision ?? null}, ${decided?.by ?? null}, ${decided?.at ?? null})`)
  const codes = [inventedUscc('enterprise', 8_800_000)]
  const sealed = app.keys.seal('data', JSON.stringify({ act: 'order', fields: {}, codes }), `campaign_batch:${batchId}`)
  await app.changes.run(sql`insert into campaign_batch (campaign_id, batch_id, unit, procedure, digest, row_count, sealed, actor, at, act_id)
    values (${campaignId}, ${batchId}, ${unit}, 'rectification', ${String(batchId)}, 1, ${sealed}, ${proposer}, ${app.now()}, 0)`)
  const [subjectId] = examples.subjects
  return { ...WISH, ...OPENING, campaignId, batchId, codes, subjectId, atMost: 1 }
}
