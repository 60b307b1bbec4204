import type { z } from 'zod'
import type { proposeCampaign } from '../../../src/campaigns/contract.ts'
import type { FieldError } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'

/** What the form of a campaign holds before it is sent; every value as it is typed. */
export type CampaignDraft = {
  readonly name: string
  readonly theme: string
  readonly aim: string
  readonly basisKind: 'instrument' | 'document'
  readonly instrument: string
  readonly documentNo: string
  readonly documentBody: string
  readonly units: readonly string[]
  readonly firstDay: string
  readonly lastDay: string
  readonly goals: Readonly<Record<string, string>>
}

export const EMPTY: CampaignDraft = {
  ...{ name: '', theme: '', aim: '', basisKind: 'instrument', instrument: '', documentNo: '', documentBody: '' },
  ...{ units: [], firstDay: '', lastDay: '', goals: {} },
}

/** What is missing, one sentence a field. The server judges it all again. */
export function missingOf(draft: CampaignDraft): FieldError[] {
  const lacks = (field: keyof CampaignDraft, least: number): FieldError[] =>
    String(draft[field]).trim().length < least
      ? [{ id: `campaign-${field}`, message: say(`console.new-campaign.missing-${field}`) }]
      : []
  const basis =
    draft.basisKind === 'instrument' ? lacks('instrument', 1) : [...lacks('documentNo', 1), ...lacks('documentBody', 1)]
  const goals = Object.entries(draft.goals).flatMap(([goal, typed]): FieldError[] =>
    typed.trim() === '' || /^[1-9]\d{0,6}$/.test(typed.trim())
      ? []
      : [{ id: `goal-${goal}`, message: say('console.new-campaign.goal-number') }],
  )
  return [
    ...lacks('name', 4),
    ...lacks('theme', 1),
    ...lacks('aim', 10),
    ...basis,
    ...lacks('firstDay', 1),
    ...lacks('lastDay', 1),
    ...goals,
  ]
}

/** The body of the request. */
export function wishOf(draft: CampaignDraft): z.input<(typeof proposeCampaign)['input']> {
  const { name, theme, aim, units, firstDay, lastDay, goals } = draft
  const { instrument, documentNo, documentBody } = draft
  return {
    ...{ name: name.trim(), theme, aim: aim.trim(), units: [...units], firstDay, lastDay },
    ...(draft.basisKind === 'instrument' ? { instrument } : { documentNo, documentBody }),
    goals: Object.fromEntries(
      Object.entries(goals).flatMap(([goal, typed]) => (typed.trim() === '' ? [] : [[goal, Number(typed)]])),
    ),
  }
}
