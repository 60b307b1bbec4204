import assert from 'node:assert/strict'
import type { CampaignView } from '../src/campaigns/contract.ts'
import { refreshCampaigns } from '../src/campaigns/publish.ts'
import { workerOf } from '../src/testing-app.ts'
import type { Answer, Player } from './player.ts'
import type { Story } from './tell.ts'

/* What people do with a campaign over HTTP. */

export type CampaignRef = { readonly campaignId: number }

export const proposes = (officer: Player, wish: object): Promise<Answer> => officer.post('/api/v1/campaigns', wish)

export const decides = (officer: Player, { campaignId }: CampaignRef, decision: string): Promise<Answer> =>
  officer.post(`/api/v1/campaigns/${campaignId}/decisions`, { decision })

/** A campaign proposed by the first officer and opened by the second. */
export async function opened(first: Player, second: Player, wish: object): Promise<CampaignRef> {
  const answer = await proposes(first, wish)
  assert.equal(answer.status, 201, answer.text)
  const campaign = answer.json<CampaignRef>()
  const decided = await decides(second, campaign, 'confirmed')
  assert.equal(decided.status, 200, decided.text)
  return campaign
}

export async function seesCampaign(officer: Player, { campaignId }: CampaignRef): Promise<CampaignView> {
  const answer = await officer.get(`/api/v1/campaigns/${campaignId}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<CampaignView>()
}

/** The portal is told how far campaigns are, as it is every few minutes. */
export async function told(s: Story): Promise<string> {
  await refreshCampaigns(workerOf(s.app))
  return await s.anyone.reads('/campaigns')
}
