import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getWaiting, listWaiting, MOST_COUNTED } from '../../../src/matching/contract.ts'
import { call } from '../../kit/call.ts'
import { countText, say } from '../../kit/words.ts'

export type QueueState = 'open' | 'decided'

/** The queue, oldest first, after a number. */
export function queueQuery(state: QueueState, after = 0) {
  return queryOptions({
    queryKey: ['waiting', state, after],
    queryFn: () => call(listWaiting, { query: { state, after, limit: 50 } }),
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

/** How many wait, as it is said: where they were not counted to the end, so many and more. */
export function openText(open: number): string {
  return open >= MOST_COUNTED ? say('console.waiting.at-least', { count: countText(open) }) : countText(open)
}

/** What the address says of the half of the queue. */
export function which(state: QueueState): { readonly state?: 'decided' } {
  return state === 'decided' ? { state } : {}
}
