import type { Day } from '../base/day.ts'

/* The nouns of a campaign. Pure: the console draws from them too. */

declare const brand: unique symbol
export type CampaignId = number & { readonly [brand]: 'campaign' }

export const CAMPAIGN_STATES = ['proposed', 'returned', 'coming', 'running', 'over', 'concluded'] as const
/** `over`: its last day has passed and its report is due; cases are put under it no more. */
export type CampaignState = (typeof CAMPAIGN_STATES)[number]

export type Campaign = {
  readonly campaignId: CampaignId
  readonly number: string
  readonly name: string
  readonly theme: string
  /** What it is for, in a few sentences. */
  readonly aim: string
  /** `instrument#article` of law/, or null where it rests on a document. */
  readonly instrument: string | null
  readonly documentNo: string | null
  readonly documentBody: string | null
  readonly leadUnit: string
  readonly units: readonly string[]
  readonly firstDay: Day
  readonly lastDay: Day
  readonly goals: Readonly<Record<string, number>>
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'returned' | null
  readonly decidedBy: string | null
  readonly concludedOn: Day | null
}

/** Where a campaign stands on a day: computed from what was decided and from its days, never kept. */
export function stateOf(
  { decision, concludedOn, firstDay, lastDay }: Pick<Campaign, 'decision' | 'concludedOn' | 'firstDay' | 'lastDay'>,
  today: Day,
): CampaignState {
  if (decision === null) return 'proposed'
  if (decision === 'returned') return 'returned'
  if (concludedOn !== null) return 'concluded'
  if (today < firstDay) return 'coming'
  return today > lastDay ? 'over' : 'running'
}

/** Whether a unit leads a campaign or takes part in it. */
export function takesPart({ leadUnit, units }: Pick<Campaign, 'leadUnit' | 'units'>, unit: string | null): boolean {
  return unit !== null && (unit === leadUnit || units.includes(unit))
}
