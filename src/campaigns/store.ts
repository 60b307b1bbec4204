import type { Day } from '../base/day.ts'
import { NotFound } from '../base/refusal.ts'
import { type Query, type Row, sql, type Tx } from '../db/database.ts'
import type { Campaign, CampaignId } from './model.ts'

/* SQL on campaign, campaign_unit and campaign_report. */

const COLUMNS = `c.campaign_id as "campaignId", c.number, c.name, c.theme, c.aim, c.instrument, c.document_no as "documentNo",
  c.document_body as "documentBody", c.lead_unit as "leadUnit", c.first_day as "firstDay", c.last_day as "lastDay", c.goals,
  c.proposed_by as "proposedBy", c.proposed_at as "proposedAt", c.decision, c.decided_by as "decidedBy", r.concluded_on as "concludedOn",
  coalesce((select json_agg(u.unit order by u.unit) from campaign_unit u where u.campaign_id = c.campaign_id), '[]') as units`
const FROM = 'from campaign c left join campaign_report r using (campaign_id)'

export async function findCampaign(query: Query, campaignId: CampaignId): Promise<Campaign> {
  const found = await query.row<Campaign & Row>({
    name: 'find-campaign',
    text: `select ${COLUMNS} ${FROM} where c.campaign_id = $1`,
    values: [campaignId],
  })
  if (!found) throw new NotFound('campaign.unknown')
  return found
}

/** The campaign, held until the change ends: of two who decide or conclude it at once the second finds what the first did. */
export async function lockCampaign(tx: Tx, campaignId: CampaignId): Promise<Campaign> {
  // Class 741 of advisory locks: what is said of it is appended beside it, and only a column of its own is ever filled in.
  await tx.run(sql`select pg_advisory_xact_lock(741, (${campaignId}::bigint % 2147483647)::integer)`)
  return await findCampaign(tx, campaignId)
}

/** The campaign as it stands, which cannot be concluded before the change ends. Others may put cases under it meanwhile. */
export async function holdCampaign(tx: Tx, campaignId: CampaignId): Promise<Campaign> {
  await tx.run(sql`select pg_advisory_xact_lock_shared(741, (${campaignId}::bigint % 2147483647)::integer)`)
  return await findCampaign(tx, campaignId)
}

/** Campaigns, the latest first. */
export async function campaignsBefore(query: Query, before: CampaignId | null, limit: number): Promise<Campaign[]> {
  return await query.rows<Campaign & Row>({
    name: 'list-campaigns',
    text: `select ${COLUMNS} ${FROM} where $1::bigint is null or c.campaign_id < $1 order by c.campaign_id desc limit $2`,
    values: [before, limit],
  })
}

/** Those that are shown to everybody: opened by a second person, from their first day on. */
export async function publicCampaigns(query: Query, today: Day): Promise<Campaign[]> {
  return await query.rows<Campaign & Row>({
    name: 'list-public-campaigns',
    text: `select ${COLUMNS} ${FROM} where c.decision = 'confirmed' and c.first_day <= $1 order by c.campaign_id`,
    values: [today],
  })
}

export type Concluded = { readonly counts: unknown; readonly summary: string; readonly concludedOn: Day }

export async function reportOf(query: Query, campaignId: CampaignId): Promise<Concluded | null> {
  const row = await query.row<Concluded & Row>({
    name: 'campaign-report',
    text: `select counts, summary, concluded_on as "concludedOn" from campaign_report where campaign_id = $1`,
    values: [campaignId],
  })
  return row ?? null
}
