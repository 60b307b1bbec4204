import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Problem } from '../kit/call.ts'
import { sessionQuery } from './session.ts'

/*
 * One client for the page. Nothing is asked again by itself: a second read of non-public data would be a second registered look.
 */

function noticeSessionEnd(error: unknown): void {
  if (error instanceof Problem && error.status === 401) client.setQueryData(sessionQuery.queryKey, null)
}

export const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSessionEnd }),
  mutationCache: new MutationCache({ onError: noticeSessionEnd }),
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})
