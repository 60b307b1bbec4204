import { type Actor, may } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { NotFound } from '../base/refusal.ts'
import { caseLine } from '../cases/case-line.ts'
import { FILE_COLUMNS } from '../cases/file-columns.ts'
import type { CaseClock, CaseFile } from '../cases/model.ts'
import { readOpenings } from '../cases/openings.ts'
import type { CaseLine } from '../cases/shapes.ts'
import { DUE_FIRST } from '../cases/work-query.ts'
import type { Row } from '../db/database.ts'
import { campaignsOf } from '../law/campaign-model.ts'
import { instrumentInForce } from '../law/law.ts'
import { listBatches } from './batch-views.ts'
import type { CampaignChoices, CampaignLine, CampaignView, Progress } from './contract.ts'
import { type Campaign, type CampaignId, stateOf, takesPart } from './model.ts'
import { progressOf } from './progress.ts'
import { basisText } from './publish.ts'
import { campaignsBefore, findCampaign, reportOf } from './store.ts'

/* Campaigns as their pages show them: counts of every unit, lines of cases of one's own. None of it names a subject. */

/** What is not opened yet is its lead unit's business, and of whoever watches all. */
const maySee = (actor: Actor, { decision, leadUnit }: Campaign): boolean =>
  decision === 'confirmed' || leadUnit === actor.unit || may(actor, 'case.coordinate')

type Page = { readonly before?: CampaignId | undefined; readonly limit: number }

/** Campaigns, the latest first, with how far each is. */
export async function listCampaigns(
  app: App,
  actor: Actor,
  { before, limit }: Page,
): Promise<{ campaigns: CampaignLine[]; next: number | null }> {
  const found = await campaignsBefore(app.db, before ?? null, limit)
  const shown = found.filter(one => maySee(actor, one))
  const progress = await progressOf(app, app.db, shown, legalDay(app.now(), app.city.zone))
  return {
    campaigns: shown.map(one => lineOf(app, actor, one, progress.get(one.campaignId))),
    next: found.length === limit ? (found.at(-1)?.campaignId ?? null) : null,
  }
}

function lineOf(app: App, actor: Actor, campaign: Campaign, progress: Progress | undefined): CampaignLine {
  const { campaignId, number, name, leadUnit, units, firstDay, lastDay, concludedOn } = campaign
  const { opened = 0, open = 0, overdue = 0, done = 0, endedOther = 0 } = progress ?? {}
  const today = legalDay(app.now(), app.city.zone)
  const state = stateOf(campaign, today)
  const nameOf = (unit: string): string => app.law.units.get(unit)?.name ?? unit
  return {
    ...{ campaignId, number, name, firstDay, lastDay, concludedOn, state },
    themeName: campaignsOf(app.law).themes.get(campaign.theme)?.name ?? campaign.theme,
    basis: basisText(app, campaign),
    leadName: nameOf(leadUnit),
    unitNames: units.map(nameOf),
    counts: { opened, open, overdue, done, endedOther },
    mayOpenCases: state === 'running' && takesPart(campaign, actor.unit) && may(actor, 'case.handle'),
  }
}

/** One campaign with its progress, its report and the lists that one's own unit has sent. Throws `campaign.unknown`. */
export async function readCampaign(app: App, actor: Actor, campaignId: CampaignId): Promise<CampaignView> {
  const campaign = await findCampaign(app.db, campaignId)
  if (!maySee(actor, campaign)) throw new NotFound('campaign.unknown')
  const progress = (await progressOf(app, app.db, [campaign], legalDay(app.now(), app.city.zone))).get(campaignId)
  if (!progress) throw new Error('every campaign that is asked for has its progress')
  const line = lineOf(app, actor, campaign, progress)
  const report = await reportOf(app.db, campaignId)
  const isLead = campaign.leadUnit === actor.unit
  const mayDecide = isLead && line.state === 'proposed' && may(actor, 'case.confirm') && campaign.proposedBy !== actor.id
  return {
    ...line,
    aim: campaign.aim,
    progress,
    report: report && { summary: report.summary, concludedOn: report.concludedOn, counts: report.counts as Progress },
    mayDecide,
    waitsForAnother: isLead && line.state === 'proposed' && !mayDecide,
    mayConclude: isLead && (line.state === 'running' || line.state === 'over') && may(actor, 'case.handle'),
    batches: await listBatches(app, actor, campaignId),
  }
}

type LineRow = CaseFile & Row & { readonly clock: CaseClock | null; readonly order: string }
const ORDER = `coalesce(to_char(d.due_on, 'YYYY-MM-DD'), '9999-12-31') || '/' || lpad(f.case_id::text, 16, '0')`

type CasePage = { readonly after?: string | undefined; readonly limit: number; readonly state: 'open' | 'closed' }

/** Cases of a campaign that this officer may open: those of his unit, all of them for who watches every unit. What is due first stands in front. */
export async function listCampaignCases(
  app: App,
  actor: Actor,
  campaignId: CampaignId,
  { after, limit, state }: CasePage,
): Promise<{ cases: CaseLine[]; next: string | null }> {
  const campaign = await findCampaign(app.db, campaignId)
  if (!maySee(actor, campaign)) throw new NotFound('campaign.unknown')
  const unit = may(actor, 'case.coordinate') ? null : (actor.unit ?? '')
  const rows = await app.db.rows<LineRow>({
    name: `campaign-cases-${state}`,
    text: `select ${FILE_COLUMNS}, d.clock, ${ORDER} as "order" from case_file f ${DUE_FIRST}
      where f.parent_id = $1 and ($2::text is null or f.unit = $2 or f.opened_unit = $2) and f.closed_at is ${state === 'open' ? '' : 'not '}null
        and ($3::text is null or ${ORDER} > $3) order by "order" limit $4`,
    values: [campaignId, unit, after ?? null, limit],
  })
  const next = rows.length === limit ? (rows.at(-1)?.order ?? null) : null
  return { cases: rows.map(row => caseLine(app, row, row.clock, false)), next }
}

/** What a campaign may be made of today, and the campaigns into which this officer may put cases. */
export async function readChoices(app: App, actor: Actor): Promise<CampaignChoices> {
  const rules = campaignsOf(app.law)
  const today = legalDay(app.now(), app.city.zone)
  const { openings } = await readOpenings(app, actor)
  const running = (await campaignsBefore(app.db, null, 200)).filter(
    one => stateOf(one, today) === 'running' && takesPart(one, actor.unit),
  )
  return {
    themes: [...rules.themes.values()].map(({ theme, name, means }) => ({ id: theme, name, means })),
    goals: rules.goals.map(({ goal, name }) => ({ id: goal, name })),
    units: [...app.law.units.values()].map(({ id, name }) => ({ id, name })),
    instruments: [...app.law.instruments.values()]
      .filter(one => instrumentInForce(one, today) && one.level !== 'draft')
      .map(({ id }) => ({ id, name: app.words.names.cite(id) })),
    mostMonths: rules.length.mostMonths,
    mostRows: rules.batch.mostRows,
    openings: openings.filter(one => rules.procedures.some(({ procedure }) => procedure === one.procedure)),
    running: running.map(({ campaignId, name }) => ({ campaignId, name })),
  }
}
