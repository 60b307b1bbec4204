import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { openCase } from '../cases/act-on-case.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, type TestApp } from '../testing-app.ts'
import type { CampaignId } from './model.ts'
import { type CampaignWish, decideCampaign, proposeCampaign } from './propose.ts'

/* What tests of campaigns share: who acts, what is proposed, what is ordered. */

const officer = (n: number, unit: string, role = 'case-officer'): Actor => ({ ...actorFor(unit, role), id: `account:${n}` })
export const ONE = officer(71, 'market-regulation')
export const SECOND = officer(72, 'market-regulation')
export const PARTNER = officer(73, 'ecology-environment')
export const OUTSIDER = officer(74, 'human-resources')
export const OFFICE = officer(75, 'credit-office', 'credit-office')

export const WISH: CampaignWish = {
  name: '食品经营公示专项治理',
  theme: 'key-sector',
  aim: '督促食品经营者在店内公示许可证，逐户核实。',
  instrument: 'gbf-2019-35',
  units: ['ecology-environment'],
  firstDay: day('2026-06-01'),
  lastDay: day('2026-12-31'),
  goals: { urged: 6 },
}

export const ORDER = {
  procedure: 'rectification',
  act: 'order',
  fields: {
    fact: '经营场所没有公示食品经营许可证',
    duties: '在店内显著位置公示许可证',
    until: '2026-06-30',
    consequence: '逾期未整改的，依次提示约谈、警示约谈',
  },
} as const

/** A campaign that runs: proposed by one, opened by the other. */
export async function running({ app }: TestApp, more: Partial<CampaignWish> = {}): Promise<CampaignId> {
  const { campaignId } = await proposeCampaign(app, ONE, { ...WISH, ...more })
  await decideCampaign(app, SECOND, campaignId, 'confirmed')
  return campaignId
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal || end?.reason instanceof NotFound) return end.reason.code
  throw end?.reason
}

/** A body of the state that is ordered to pay what it owes; whose case it is. */
export async function openTestGovernmentCase(app: App): Promise<SubjectId> {
  const uscc = inventedUscc('government-body', 77)
  const [subjectId] = await openTestSubjects(app, [{ name: '澜川示例管理局', uscc, kind: 'government-body' }])
  const fields = { ...ORDER.fields, fact: '拖欠设备款', until: '2026-12-20' }
  await openCase(app, ONE, { ...ORDER, fields, subjectId: subjectId as SubjectId })
  return subjectId as SubjectId
}
