import { isDeepStrictEqual } from 'node:util'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { type Row, sql } from '../db/database.ts'
import { campaignsOf } from '../law/campaign-model.ts'
import type { Progress } from './contract.ts'
import { ledgerCounts } from './ledger-query.ts'
import type { Campaign } from './model.ts'
import { progressOf } from './progress.ts'
import { withoutSmallCells } from './small-cells.ts'
import { publicCampaigns, reportOf } from './store.ts'

/* What everybody is told of campaigns and of the government's own cases: counts, nobody's name. */

/** `null`: not told, because it would tell of single ones. */
export type PublicFigures = {
  readonly opened: number | null
  readonly open: number | null
  readonly done: number | null
  readonly endedOther: number | null
  readonly goals: readonly { readonly name: string; readonly planned: number }[]
}

type PublicRow = {
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
  readonly figures: PublicFigures
}

/** Writes anew what is told of campaigns and of the government's cases, where it differs from what stands there. */
export async function refreshCampaigns(app: App): Promise<void> {
  const today = legalDay(app.now(), app.city.zone)
  const campaigns = await publicCampaigns(app.db, today)
  const progress = await progressOf(app, app.db, campaigns, today)
  const rows = await Promise.all(campaigns.map(one => publicRow(app, one, progress.get(one.campaignId))))
  if (!isDeepStrictEqual(plain(rows), plain(await publishedRows(app)))) await writeRows(app, rows)
  await refreshGovernment(app, today)
}

/** As it would be written: what stands there has been through JSON too. */
const plain = (rows: readonly PublicRow[]): unknown => JSON.parse(JSON.stringify(rows))

async function publicRow(app: App, campaign: Campaign, progress: Progress | undefined): Promise<PublicRow> {
  const { law } = app
  const report = campaign.concludedOn === null ? null : await reportOf(app.db, campaign.campaignId)
  // What a campaign came to is told as its report says, not as its cases have gone on since.
  const counts = report ? (report.counts as Progress) : progress
  const nameOf = (unit: string): string => law.units.get(unit)?.name ?? unit
  const { campaignId, name, aim, firstDay, lastDay, concludedOn } = campaign
  return {
    ...{ campaignId, name, aim, firstDay, lastDay, concludedOn },
    themeName: campaignsOf(law).themes.get(campaign.theme)?.name ?? campaign.theme,
    basis: basisText(app, campaign),
    leadName: nameOf(campaign.leadUnit),
    unitNames: campaign.units.map(nameOf),
    summary: report?.summary ?? null,
    figures: figuresOf(counts, campaignsOf(law).smallCell.atLeast),
  }
}

/** On what a campaign rests, as a person cites it. */
export function basisText({ words }: Pick<App, 'words'>, { instrument, documentNo, documentBody }: Campaign): string {
  return instrument ? words.names.cite(instrument) : words.say('campaign.document', { no: documentNo, body: documentBody })
}

function figuresOf(progress: Progress | undefined, atLeast: number): PublicFigures {
  const { open = 0, done = 0, endedOther = 0, goals = [] } = progress ?? {}
  const { whole, parts } = withoutSmallCells({ open, done, endedOther }, atLeast)
  return { opened: whole, ...parts, goals: goals.map(({ name, planned }) => ({ name, planned })) }
}

async function publishedRows(app: App): Promise<PublicRow[]> {
  return await app.db.rows<PublicRow & Row>({
    name: 'published-campaigns',
    text: `select campaign_id as "campaignId", name, aim, first_day as "firstDay", last_day as "lastDay", concluded_on as "concludedOn",
        theme_name as "themeName", basis, lead_name as "leadName", unit_names as "unitNames", summary, figures
      from pub.campaign order by campaign_id`,
  })
}

async function writeRows(app: App, rows: readonly PublicRow[]): Promise<void> {
  await change(app, SYSTEM, { deed: 'publication.campaigns', entity: 'publication' }, async made => {
    await made.tx.run(sql`delete from pub.campaign`)
    await made.tx.run(sql`insert into pub.campaign (campaign_id, name, theme_name, aim, basis, lead_name, unit_names, first_day, last_day, concluded_on,
        summary, figures, made_at)
      select "campaignId", name, "themeName", aim, basis, "leadName", "unitNames", "firstDay", "lastDay", "concludedOn", summary, figures, ${made.at}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json) as r ("campaignId" bigint, name text, "themeName" text, aim text, basis text, "leadName" text,
        "unitNames" jsonb, "firstDay" date, "lastDay" date, "concludedOn" date, summary text, figures jsonb)`)
    made.tell({ campaigns: rows.length })
  })
}

type Government = {
  readonly open: number
  readonly overdue: number
  readonly settledInTime: number
  readonly settledLate: number
}

/** One row, of today. */
async function refreshGovernment(app: App, today: Day): Promise<void> {
  const counted = await app.db.row<Government & Row>(ledgerCounts(campaignsOf(app.law), today))
  if (!counted) throw new Error('counting gives a row')
  const { open, overdue, settledInTime, settledLate } = counted
  const told =
    await app.db.row(sql`select from pub.government_case where as_of = ${today} and open = ${open} and overdue = ${overdue}
    and settled_in_time = ${settledInTime} and settled_late = ${settledLate}`)
  if (told) return
  await change(app, SYSTEM, { deed: 'publication.government-cases', entity: 'publication' }, async made => {
    await made.tx.run(sql`delete from pub.government_case`)
    await made.tx.run(sql`insert into pub.government_case (as_of, open, overdue, settled_in_time, settled_late, made_at)
      values (${today}, ${open}, ${overdue}, ${settledInTime}, ${settledLate}, ${made.at})`)
  })
}
