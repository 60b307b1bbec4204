import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { listResets } from '../../../src/access/contract.ts'
import { listOrganisations, listPeople, listProposals } from '../../../src/people/contract.ts'
import { call } from '../../kit/call.ts'

export const useOrganisations = () =>
  useQuery({ queryKey: ['people', 'organisations'], queryFn: () => call(listOrganisations, {}) })

export const useProposals = () => useQuery({ queryKey: ['people', 'proposals'], queryFn: () => call(listProposals, {}) })

/** The people of an organisation, a page of them: from the place in the address on. */
export const usePeople = (organisationId: string, after: string | null) =>
  useQuery({
    queryKey: ['people', 'of', organisationId, after],
    queryFn: () => call(listPeople, { params: { organisationId }, query: { after: after ?? undefined } }),
    placeholderData: keepPreviousData,
  })

export const useResets = () => useQuery({ queryKey: ['people', 'resets'], queryFn: () => call(listResets, {}) })

/** Asks for everything on the page anew, after something was changed. */
export function useRefresh(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['people'] })
}
