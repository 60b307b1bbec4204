import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { addMonths, type Day } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { campaignsOf } from '../law/campaign-model.ts'
import { basisOf, instrumentInForce } from '../law/law.ts'
import { keptTyped } from '../validation/typed-text.ts'
import type { CampaignId } from './model.ts'
import { quotaOfPunishments } from './punishment-quota.ts'
import { lockCampaign } from './store.ts'

/* A campaign is proposed by one officer of the unit that leads it and opened by another. */

export type CampaignWish = {
  readonly name: string
  readonly theme: string
  readonly aim: string
  /** An act of law/ (`instrument#article`), or a document by its number and the body that issued it: one of the two. */
  readonly instrument?: string | undefined
  readonly documentNo?: string | undefined
  readonly documentBody?: string | undefined
  readonly units: readonly string[]
  readonly firstDay: Day
  readonly lastDay: Day
  readonly goals: Readonly<Record<string, number>>
}

/**
 * Proposes a campaign that the actor's unit is to lead; its id. Refuses `campaign.unit-missing`, `campaign.theme-unknown`, a basis that is none
 * (`campaign.basis-missing`, `campaign.instrument-unknown`, `campaign.instrument-not-in-force`), units and days that cannot be, a goal that the law
 * does not know, and a number of punishments in what is typed (`campaign.quota-of-punishments`).
 */
export async function proposeCampaign(
  app: App,
  actor: Actor,
  wish: CampaignWish,
): Promise<{ campaignId: CampaignId; number: string }> {
  const campaignId = (await app.ids.next()) as CampaignId
  return await change(app, actor, { deed: 'campaign.propose', entity: `campaign:${campaignId}` }, async made => {
    const leadUnit = actor.unit
    if (leadUnit === null || !app.law.units.has(leadUnit)) throw new Refusal('campaign.unit-missing', null, {}, 422)
    const rules = campaignsOf(app.law)
    const theme = rules.themes.get(wish.theme)
    if (!theme) throw new Refusal('campaign.theme-unknown', null, { theme: wish.theme }, 422)
    requireDays(app, made, wish)
    const basis = soundBasis(app, made, wish)
    const units = otherUnits(app, wish, leadUnit)
    const goals = soundGoals(app, wish)
    const [name, aim] = [keptText(app, made, wish.name), keptText(app, made, wish.aim)]
    const number = `ZX${made.today.replaceAll('-', '')}-${campaignId}`
    await made.tx.run(sql`insert into campaign (campaign_id, number, name, theme, aim, instrument, document_no, document_body, lead_unit, first_day,
        last_day, goals, proposed_by, proposed_at, act_id)
      values (${campaignId}, ${number}, ${name}, ${theme.theme}, ${aim}, ${basis.instrument}, ${basis.documentNo}, ${basis.documentBody}, ${leadUnit},
        ${wish.firstDay}, ${wish.lastDay}, ${JSON.stringify(goals)}, ${actor.id}, ${made.at}, ${made.actId})`)
    await made.tx.run(sql`insert into campaign_unit (campaign_id, unit) select ${campaignId}::bigint, unnest(${units}::text[])`)
    made.tell({ number, theme: theme.theme, units, firstDay: wish.firstDay, lastDay: wish.lastDay, goals })
    return { campaignId, number }
  })
}

/** What is typed is read by everybody; a number of punishments is nobody's goal. */
function keptText(app: App, made: Change, text: string): string {
  const { notGoals } = campaignsOf(app.law)
  const word = quotaOfPunishments(text, notGoals.words)
  if (word !== null) throw new Refusal('campaign.quota-of-punishments', notGoals.basis[0] ?? null, { word }, 422)
  return keptTyped(app.law, text, made.today)
}

function requireDays(app: App, { today }: Change, { firstDay, lastDay }: CampaignWish): void {
  const { length } = campaignsOf(app.law)
  if (lastDay < firstDay) throw new Refusal('campaign.days-inverted', null, { firstDay, lastDay }, 422)
  if (lastDay < today) throw new Refusal('campaign.days-past', null, { lastDay }, 422)
  if (lastDay > addMonths(firstDay, length.mostMonths))
    throw new Refusal('campaign.too-long', length.basis[0] ?? null, { months: length.mostMonths }, 422)
}

type Basis = { readonly instrument: string | null; readonly documentNo: string | null; readonly documentBody: string | null }

function soundBasis(app: App, made: Change, { instrument, documentNo, documentBody, firstDay }: CampaignWish): Basis {
  const [no, body] = [documentNo?.trim() ?? '', documentBody?.trim() ?? '']
  if (!instrument === (no === '' || body === '')) throw new Refusal('campaign.basis-missing', null, {}, 422)
  if (!instrument) {
    const kept = (text: string): string => keptTyped(app.law, text, made.today)
    return { instrument: null, documentNo: kept(no), documentBody: kept(body) }
  }
  const found = basisOf(app.law, instrument)
  if (!found) throw new Refusal('campaign.instrument-unknown', null, { instrument }, 422)
  if (!instrumentInForce(found.instrument, firstDay))
    throw new Refusal('campaign.instrument-not-in-force', null, { title: found.instrument.title, firstDay }, 422)
  return { instrument, documentNo: null, documentBody: null }
}

function otherUnits(app: App, { units }: CampaignWish, leadUnit: string): string[] {
  const unknown = units.find(unit => !app.law.units.has(unit))
  if (unknown !== undefined) throw new Refusal('campaign.unit-unknown', null, { unit: unknown }, 422)
  return [...new Set(units)].filter(unit => unit !== leadUnit)
}

function soundGoals(app: App, { goals }: CampaignWish): Readonly<Record<string, number>> {
  const known = campaignsOf(app.law).goals
  const unknown = Object.keys(goals).find(goal => !known.some(one => one.goal === goal))
  if (unknown !== undefined) throw new Refusal('campaign.goal-unknown', null, { goal: unknown }, 422)
  return goals
}

/**
 * Opens a proposed campaign or returns it: another officer of the unit that leads it. Refuses `campaign.not-led-by-you`,
 * `campaign.decided-before`, `campaign.same-person`, and `campaign.days-past` where its last day has passed meanwhile.
 */
export async function decideCampaign(
  app: App,
  actor: Actor,
  campaignId: CampaignId,
  decision: 'confirmed' | 'returned',
): Promise<void> {
  const deed = { deed: 'campaign.decide', entity: `campaign:${campaignId}`, detail: { decision } }
  await change(app, actor, deed, async made => {
    const campaign = await lockCampaign(made.tx, campaignId)
    if (campaign.leadUnit !== actor.unit)
      throw new Refusal('campaign.not-led-by-you', null, unitFacts(app, campaign.leadUnit), 403)
    if (campaign.decision !== null) throw new Refusal('campaign.decided-before')
    if (campaign.proposedBy === actor.id) throw new Refusal('campaign.same-person')
    if (decision === 'confirmed' && campaign.lastDay < made.today)
      throw new Refusal('campaign.days-past', null, { lastDay: campaign.lastDay })
    await made.tx.run(sql`update campaign set decision = ${decision}, decided_by = ${actor.id}, decided_at = ${made.at}
      where campaign_id = ${campaignId}`)
  })
}

/** Which unit leads it, for a sentence. */
export function unitFacts({ law }: Pick<App, 'law'>, unit: string): { unit: string } {
  return { unit: law.units.get(unit)?.name ?? unit }
}
