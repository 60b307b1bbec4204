import type { Day } from '../../src/base/day.ts'
import type { Query, Row } from '../../src/db/database.ts'

/* Campaigns and the government's own cases, as everybody is told of them: counts, nobody's name. */

/** Counts; `null` is not told, because it would tell of single ones. */
export type ShownFigures = {
  readonly opened: number | null
  readonly open: number | null
  readonly done: number | null
  readonly endedOther: number | null
  readonly goals: readonly { readonly name: string; readonly planned: number }[]
}

export type ShownCampaign = {
  readonly campaignId: number
  readonly name: string
  readonly themeName: string
  readonly aim: string
  readonly basis: string
  readonly leadName: string
  readonly unitNames: readonly string[]
  readonly firstDay: Day
  readonly lastDay: Day
  readonly concludedOn: Day | null
  readonly summary: string | null
  readonly figures: ShownFigures
}

const AT_MOST = 200

/** Those that run in front, then the concluded; the latest of each first. */
export async function listShownCampaigns(db: Query): Promise<ShownCampaign[]> {
  return await db.rows<ShownCampaign & Row>({
    name: 'list-shown-campaigns',
    text: `select campaign_id as "campaignId", name, theme_name as "themeName", aim, basis, lead_name as "leadName", unit_names as "unitNames",
        first_day as "firstDay", last_day as "lastDay", concluded_on as "concludedOn", summary, figures
      from pub.campaign order by concluded_on is not null, first_day desc, campaign_id desc limit $1`,
    values: [AT_MOST],
  })
}

export type GovernmentCases = {
  readonly asOf: Day
  readonly open: number
  readonly overdue: number
  readonly settledInTime: number
  readonly settledLate: number
}

/** Cases about bodies of the state, as they were counted last; null: not counted yet. */
export async function findGovernmentCases(db: Query): Promise<GovernmentCases | null> {
  const row = await db.row<GovernmentCases & Row>({
    name: 'find-government-cases',
    text: `select as_of as "asOf", open, overdue, settled_in_time as "settledInTime", settled_late as "settledLate"
      from pub.government_case order by as_of desc limit 1`,
  })
  return row ?? null
}
