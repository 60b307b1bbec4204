import { useQuery, useQueryClient } from '@tanstack/react-query'
import { listResets } from '../../../src/access/contract.ts'
import { listOrganisations, listPeople, listProposals } from '../../../src/people/contract.ts'
import { call } from '../../kit/call.ts'

export const useOrganisations = () =>
  useQuery({ queryKey: ['people', 'organisations'], queryFn: () => call(listOrganisations, {}) })

export const useProposals = () => useQuery({ queryKey: ['people', 'proposals'], queryFn: () => call(listProposals, {}) })

export const usePeople = (organisationId: string) =>
  useQuery({
    queryKey: ['people', 'of', organisationId],
    queryFn: () => call(listPeople, { params: { organisationId } }),
  })

export const useResets = () => useQuery({ queryKey: ['people', 'resets'], queryFn: () => call(listResets, {}) })

/** Asks for everything on the page anew, after something was changed. */
export function useRefresh(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['people'] })
}
