import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { clockFigures, getCase, listOpenings, listWork } from '../../../src/cases/contract.ts'
import { type DueGroup, type WorkTurn, workFigures } from '../../../src/cases/work-contract.ts'
import { call } from '../../kit/call.ts'

/* Everything about cases hangs under one key: after an act all of it is old. */
export const CASES = ['cases'] as const

export type CaseKey = { readonly subjectId: number; readonly caseId: number }

/** What the list of cases is told of a case that one may no longer see: which act passed it on. */
export type Passed = { readonly done: string }

export type WorkWish = {
  readonly turn: WorkTurn
  readonly state?: 'open' | 'closed'
  readonly due?: DueGroup | undefined
  readonly procedure?: string | undefined
  readonly unit?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number
}

/** Cases of a work list, what is due first in front. They name nobody. */
export function workQuery(wish: WorkWish) {
  return queryOptions({
    queryKey: [...CASES, 'work', wish],
    queryFn: () => call(listWork, { query: wish }),
    placeholderData: keepPreviousData,
  })
}

/** How many there are by due day. */
export function figuresQuery(wish: Pick<WorkWish, 'turn' | 'procedure' | 'unit'>) {
  return queryOptions({
    queryKey: [...CASES, 'figures', wish],
    queryFn: () => call(workFigures, { query: wish }),
    placeholderData: keepPreviousData,
  })
}

/** One case. Reading it is a registered look: it is read once for each time that a person opens it. */
export function caseQuery(key: CaseKey) {
  return queryOptions({
    queryKey: ['case', key.subjectId, key.caseId],
    queryFn: () => call(getCase, { params: key }),
    staleTime: 60_000,
    gcTime: 60_000,
  })
}

/** What this officer may open today, with the forms. */
export const openingsQuery = queryOptions({
  queryKey: ['openings'],
  queryFn: () => call(listOpenings),
  staleTime: 60_000,
})

/** The clocks of every unit. */
export const unitClocksQuery = queryOptions({
  queryKey: [...CASES, 'clocks'],
  queryFn: () => call(clockFigures),
})
