import { z } from 'zod'
import { SUBJECT_KINDS } from '../subject/kind.ts'
import { slug, sourced } from './model.ts'

/* Campaigns (专项治理): for which problems, of which cases, with which goals, how long. law/campaigns.yaml; a city's own themes beside it. */

/** What of its cases a goal counts: work that was done, never what became of somebody to his harm. */
export const GOAL_COUNTS = ['opened', 'done'] as const

const name = z.string().min(1).max(60)

const campaignTheme = z.strictObject({ theme: slug, name, means: z.string().min(1), ...sourced })
export type CampaignTheme = z.infer<typeof campaignTheme>

const campaignGoal = z.strictObject({ goal: slug, name, counts: z.enum(GOAL_COUNTS), ...sourced })
export type CampaignGoal = z.infer<typeof campaignGoal>

const campaignProcedure = z.strictObject({
  procedure: slug,
  /** The ends at which what was asked for is done; a case that ended otherwise is counted apart. */
  done: z.array(slug).min(1),
  ...sourced,
})

/** How far a case has come, by the letters that were served in it. */
const campaignStep = z.strictObject({ step: slug, name, letters: z.array(slug).min(1), ...sourced })
export type CampaignStep = z.infer<typeof campaignStep>

export const campaignFile = z.strictObject({
  themes: z.array(campaignTheme).min(1),
  procedures: z.array(campaignProcedure).min(1),
  goals: z.array(campaignGoal).min(1),
  /** Of what nobody may set a number. */
  notGoals: z.strictObject({ words: z.array(z.string().min(2)).min(1), ...sourced }),
  steps: z.array(campaignStep),
  length: z.strictObject({ mostMonths: z.int().positive().max(60), ...sourced }),
  batch: z.strictObject({ mostRows: z.int().positive().max(5000), ...sourced }),
  /** Fewer than this are not told to the public. */
  smallCell: z.strictObject({ atLeast: z.int().min(3).max(100), ...sourced }),
  /** Which kinds of subject are the state, whose cases stand in the ledger of the government's own dishonesty. */
  government: z.strictObject({ kinds: z.array(z.enum(SUBJECT_KINDS)).min(1), ...sourced }),
})
type CampaignFile = z.infer<typeof campaignFile>

/** What a city adds. */
export const cityCampaignFile = z.strictObject({ themes: z.array(campaignTheme).min(1) })

export type CampaignLaw = Omit<CampaignFile, 'themes'> & { readonly themes: ReadonlyMap<string, CampaignTheme> }

/** What the law in use says of campaigns. */
export function campaignsOf({ campaigns }: { readonly campaigns: CampaignLaw | null }): CampaignLaw {
  if (!campaigns) throw new Error('a law without law/campaigns.yaml')
  return campaigns
}
