import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listLooks } from '../../../src/access/contract.ts'
import { listAlerts, listDelays, listOwnAlerts } from '../../../src/oversight/contract.ts'
import { call } from '../../kit/call.ts'

const A_PAGE = 20
/** Of what waits for a decision, as much as a person gets through at once. */
const MOST_WAITING = 100

/** A place in a list by its key in the address; none on the first page. */
export function placeIn(search: URLSearchParams, name = 'before'): number | undefined {
  return Number(search.get(name)) || undefined
}

/** The register, filtered. Reading it is an act, so nothing asks for it again by itself. */
export function looksQuery(query: Readonly<Record<string, string | null>>) {
  return queryOptions({
    queryKey: ['looks', query],
    queryFn: () => call(listLooks, { query }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

/** Looking that stood out; `open`: what nobody has closed. */
export function alertsQuery(open: boolean, before?: number) {
  return queryOptions({
    queryKey: ['alerts', open, before ?? null],
    queryFn: () => call(listAlerts, { query: { ...(open ? { open: 'true' } : {}), before, limit: A_PAGE } }),
    placeholderData: keepPreviousData,
  })
}

/** What the person in front of it is asked to explain, or has explained. */
export function ownAlertsQuery(before?: number) {
  return queryOptions({
    queryKey: ['own-alerts', before ?? null],
    queryFn: () => call(listOwnAlerts, { query: { before, limit: A_PAGE } }),
    staleTime: 60_000,
  })
}

/** Delays; `open`: those that wait for a decision. */
export function delaysQuery(open: boolean, before?: number) {
  return queryOptions({
    queryKey: ['delays', open, before ?? null],
    queryFn: () =>
      call(listDelays, { query: { ...(open ? { open: 'true' } : {}), before, limit: open ? MOST_WAITING : A_PAGE } }),
    placeholderData: keepPreviousData,
  })
}
