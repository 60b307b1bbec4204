import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getBatch, getCampaign, listCampaignCases, listCampaigns, readChoices } from '../../../src/campaigns/contract.ts'
import { readLedger } from '../../../src/campaigns/ledger-contract.ts'
import type { LedgerFilter } from '../../../src/campaigns/ledger-words.ts'
import { call } from '../../kit/call.ts'
import { CASES } from '../cases/case-queries.ts'

/* Campaigns hang under the key of cases: after an act of a case their counts are old too. */
export const CAMPAIGNS = [...CASES, 'campaigns'] as const

export function campaignsQuery(before: number | undefined) {
  return queryOptions({
    queryKey: [...CAMPAIGNS, 'list', before],
    queryFn: () => call(listCampaigns, { query: { limit: 50, ...(before ? { before } : {}) } }),
    placeholderData: keepPreviousData,
  })
}

export function campaignQuery(campaignId: number) {
  return queryOptions({
    queryKey: [...CAMPAIGNS, 'one', campaignId],
    queryFn: () => call(getCampaign, { params: { campaignId } }),
  })
}

export type CaseWish = { readonly state: 'open' | 'closed'; readonly after?: string | undefined }

export function campaignCasesQuery(campaignId: number, wish: CaseWish) {
  return queryOptions({
    queryKey: [...CAMPAIGNS, 'cases', campaignId, wish],
    queryFn: () => call(listCampaignCases, { params: { campaignId }, query: { ...wish, limit: 50 } }),
    placeholderData: keepPreviousData,
  })
}

/** What a campaign may be made of, and those into which this officer may put cases. */
export const choicesQuery = queryOptions({
  queryKey: [...CAMPAIGNS, 'choices'],
  queryFn: () => call(readChoices),
})

export function batchQuery(campaignId: number, batchId: number) {
  return queryOptions({
    queryKey: [...CAMPAIGNS, 'batch', campaignId, batchId],
    queryFn: () => call(getBatch, { params: { campaignId, batchId } }),
  })
}

/** A page of the ledger. Reading it is a registered look: it is read once for each time that a person opens it. */
export function ledgerQuery(filter: LedgerFilter, after: number | undefined) {
  return queryOptions({
    queryKey: ['government-cases', filter, after],
    queryFn: () => call(readLedger, { query: { filter, limit: 50, ...(after ? { after } : {}) } }),
    staleTime: 60_000,
    gcTime: 60_000,
  })
}
