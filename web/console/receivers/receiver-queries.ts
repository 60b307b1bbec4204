import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listCorrections, listReceivers } from '../../../src/receivers/contract.ts'
import { call } from '../../kit/call.ts'

const A_PAGE = 20

export type Shown = {
  readonly state: 'open' | 'confirmed' | 'told'
  readonly units: 'own' | 'all'
  readonly unit?: string | undefined
  readonly after?: string | undefined
}

/** What receivers have to confirm, or have confirmed. */
export function correctionsQuery(shown: Shown) {
  return queryOptions({
    queryKey: ['corrections', shown],
    queryFn: () => call(listCorrections, { query: { ...shown, limit: A_PAGE } }),
    placeholderData: keepPreviousData,
  })
}

/** Units with something open, for the credit office. */
export const receiversQuery = queryOptions({ queryKey: ['corrections', 'units'], queryFn: () => call(listReceivers) })
