import { type Actor, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Opened, type Opening, openWithin } from '../cases/act-on-case.ts'
import type { CaseId } from '../cases/model.ts'
import { sql } from '../db/database.ts'
import { campaignsOf } from '../law/campaign-model.ts'
import { type Campaign, type CampaignId, stateOf, takesPart } from './model.ts'
import { unitFacts } from './propose.ts'
import { holdCampaign } from './store.ts'

/* A case under a campaign is a case like any other: its own letter, its own clocks. It only knows to which campaign it belongs. */

export type CampaignOpening = Omit<Opening, 'parentId' | 'aboutRef'>

/**
 * Opens a case under a campaign. Refuses what `requireOpen` refuses, `campaign.procedure-not-part`, `campaign.case-open` where one of this kind is open
 * about the same subject in it, `subject.unknown`, and whatever opening the case refuses.
 */
export async function openInCampaign(app: App, actor: Actor, campaignId: CampaignId, opening: CampaignOpening): Promise<Opened> {
  const caseId = (await app.ids.next()) as CaseId
  const detail = { procedure: opening.procedure, subjectId: opening.subjectId, campaignId }
  return await change(app, actor, { deed: `case.${opening.act}`, entity: `case:${caseId}`, detail }, made =>
    openCampaignCase(app, made, campaignId, opening, caseId),
  )
}

/** The same inside another change. */
export async function openCampaignCase(
  app: App,
  made: Change,
  campaignId: CampaignId,
  opening: CampaignOpening,
  caseId: CaseId,
): Promise<Opened> {
  const { tx } = made
  requireOpen(app, made, await holdCampaign(tx, campaignId))
  requireProcedure(app, opening.procedure)
  const { subjectId, procedure } = opening
  const known = await tx.row(sql`select subject_id from subject where subject_id = ${subjectId}`)
  if (!known) throw new NotFound('subject.unknown')
  // Of two who open the same about somebody at once the second finds the first's.
  await tx.run(sql`select pg_advisory_xact_lock(742, (${subjectId}::bigint % 2147483647)::integer)`)
  const open = await openOne(made, campaignId, subjectId, procedure)
  if (open) throw new Refusal('campaign.case-open', null, { number: open.number, caseId: open.case_id })
  return await openWithin(app, made, { ...opening, parentId: campaignId }, caseId)
}

async function openOne({ tx }: Change, campaignId: CampaignId, subjectId: SubjectId, procedure: string) {
  return await tx.row<{ case_id: number; number: string }>(sql`select case_id, number from case_file
    where subject_id = ${subjectId} and parent_id = ${campaignId} and procedure = ${procedure} and closed_at is null`)
}

/**
 * A campaign into which this officer may put cases today: one that runs, led by his unit or with its part. Refuses `campaign.not-running` with where it
 * stands, and `campaign.unit-not-part`.
 */
export function requireOpen(app: App, { actor, today }: Pick<Change, 'actor' | 'today'>, campaign: Campaign): void {
  const state = stateOf(campaign, today)
  const { firstDay, lastDay } = campaign
  if (state !== 'running') throw new Refusal(`campaign.not-running-${state}`, null, { firstDay, lastDay })
  if (!takesPart(campaign, actor.unit) || !may(actor, 'case.handle'))
    throw new Refusal('campaign.unit-not-part', null, unitFacts(app, campaign.leadUnit), 403)
}

/** Refuses a procedure that cases of campaigns do not follow. */
export function requireProcedure(app: App, procedure: string): void {
  const { procedures } = campaignsOf(app.law)
  const nameOf = (one: string): string => app.law.procedures.get(one)?.at(-1)?.name ?? one
  if (procedures.some(one => one.procedure === procedure)) return
  const facts = { procedures: procedures.map(one => nameOf(one.procedure)).join('、') }
  throw new Refusal('campaign.procedure-not-part', procedures[0]?.basis[0] ?? null, facts, 422)
}
