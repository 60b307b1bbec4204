import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getWaiting, listWaiting } from '../../../src/matching/contract.ts'
import { call } from '../../kit/call.ts'

export type QueueState = 'open' | 'decided'

/** The queue, oldest first. */
export function queueQuery(state: QueueState) {
  return queryOptions({
    queryKey: ['waiting', state],
    queryFn: () => call(listWaiting, { query: { state, limit: 50 } }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

/** One waiting record. Reading it is registered, so it is read once, when a person opens it, and never ahead of them. */
export function waitingQuery(waitingId: number | null) {
  return queryOptions({
    queryKey: ['waiting-one', waitingId],
    queryFn: () => call(getWaiting, { params: { waitingId: waitingId ?? 0 } }),
    enabled: waitingId !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
