import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { keptTyped } from '../validation/typed-text.ts'
import { type CampaignId, stateOf } from './model.ts'
import { progressOf } from './progress.ts'
import { unitFacts } from './propose.ts'
import { lockCampaign } from './store.ts'

/**
 * Ends a campaign with a report of counts and what was learnt, by its lead unit, from its first day on. Cases that are open go on under their own
 * clocks; the report says how many. Refuses `campaign.not-led-by-you`, and `campaign.not-running-…` for one that was not opened, has not begun or is
 * concluded.
 */
export async function concludeCampaign(app: App, actor: Actor, campaignId: CampaignId, summary: string): Promise<void> {
  await change(app, actor, { deed: 'campaign.conclude', entity: `campaign:${campaignId}` }, async made => {
    const { tx, today } = made
    const campaign = await lockCampaign(tx, campaignId)
    if (campaign.leadUnit !== actor.unit)
      throw new Refusal('campaign.not-led-by-you', null, unitFacts(app, campaign.leadUnit), 403)
    const state = stateOf(campaign, today)
    const { firstDay, lastDay } = campaign
    if (state !== 'running' && state !== 'over') throw new Refusal(`campaign.not-running-${state}`, null, { firstDay, lastDay })
    const kept = keptTyped(app.law, summary, today)
    const counts = (await progressOf(app, tx, [campaign], today)).get(campaignId)
    await tx.run(sql`insert into campaign_report (campaign_id, counts, summary, concluded_on, actor, at, act_id)
      values (${campaignId}, ${JSON.stringify(counts)}, ${kept}, ${today}, ${actor.id}, ${made.at}, ${made.actId})`)
    made.tell({ opened: counts?.opened, open: counts?.open, done: counts?.done, endedOther: counts?.endedOther })
  })
}
