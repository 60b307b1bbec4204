import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  type DeliveryView,
  getDeliveryDoor,
  listDeliveriesDoor,
  listFaults,
  listSources,
  listWarnings,
} from '../../../src/intake/contract.ts'
import { call } from '../../kit/call.ts'

/** True while rows of a delivery still get their outcomes. */
export function isRunning(delivery: Pick<DeliveryView, 'state'>): boolean {
  return delivery.state === 'received' || delivery.state === 'settling'
}

/** One delivery, asked again every second until it is settled. */
export function deliveryQuery(deliveryId: number) {
  return queryOptions({
    queryKey: ['delivery', deliveryId],
    queryFn: () => call(getDeliveryDoor, { params: { deliveryId } }),
    refetchInterval: query => (query.state.data && !isRunning(query.state.data) ? false : 1000),
    staleTime: 1000,
  })
}

/** A page of deliveries, latest first. */
export function deliveriesQuery(before: string | null, limit = 20) {
  return queryOptions({
    queryKey: ['deliveries', before, limit],
    queryFn: () => call(listDeliveriesDoor, { query: { limit, ...(before ? { before } : {}) } }),
    placeholderData: keepPreviousData,
  })
}

/** The sources of the signed-in person's unit. */
export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: async () => (await call(listSources)).sources,
  staleTime: 300_000,
})

/** Refused cells of a delivery: of one cause, after a row. */
export function faultsQuery(deliveryId: number, code: string | null, after: number) {
  return queryOptions({
    queryKey: ['faults', deliveryId, code, after],
    queryFn: () => call(listFaults, { params: { deliveryId }, query: { after, limit: 100, ...(code ? { code } : {}) } }),
    placeholderData: keepPreviousData,
  })
}

/** Cells of rows that were taken with a warning: of one cause, after a row. */
export function warningsQuery(deliveryId: number, code: string | null, after: number) {
  return queryOptions({
    queryKey: ['warnings', deliveryId, code, after],
    queryFn: () => call(listWarnings, { params: { deliveryId }, query: { after, limit: 100, ...(code ? { code } : {}) } }),
    placeholderData: keepPreviousData,
  })
}
