import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getSubject, listRecords, searchSubjects } from '../../../src/archive/contract.ts'
import { call } from '../../kit/call.ts'
import type { Purpose } from '../../kit/PurposeBar.tsx'

/** Organisations by name or code: public data, no purpose needed. */
export function searchQuery(q: string, after: string | null) {
  return queryOptions({
    queryKey: ['search', q, after],
    queryFn: () => call(searchSubjects, { query: { q, ...(after ? { after } : {}) } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
}

/** The public card of an organisation. */
export function cardQuery(subjectId: number) {
  return queryOptions({
    queryKey: ['card', subjectId],
    queryFn: () => call(getSubject, { params: { subjectId } }),
    staleTime: 60_000,
  })
}

function queryOf(purpose: Purpose | null, asOf: string, knownOn: string) {
  return { ...(purpose ?? {}), ...(asOf ? { asOf } : {}), ...(knownOn ? { knownOn } : {}) }
}

/** The same for paper: a look of its own, whose receiver is told of a correction. */
export function recordsForPaper(subjectId: number, purpose: Purpose, asOf: string, knownOn: string) {
  return call(listRecords, { params: { subjectId }, query: { ...queryOf(purpose, asOf, knownOn), leaves: 'paper' } })
}

/** The archive of a subject on two time axes. Every read is registered: it is made once for each question a person asks. */
export function recordsQuery(subjectId: number, purpose: Purpose | null, asOf: string, knownOn: string) {
  return queryOptions({
    queryKey: ['records', subjectId, purpose, asOf, knownOn],
    queryFn: () =>
      call(listRecords, {
        params: { subjectId },
        query: queryOf(purpose, asOf, knownOn),
      }),
    enabled: purpose !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}
