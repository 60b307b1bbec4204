import type { WaitingView } from '../../../src/matching/contract.ts'
import { districtName } from '../../kit/districts.ts'

type Candidate = WaitingView['candidates'][number]
type Reported = WaitingView['reported'][number]

export const ROWS = ['uscc', 'old-codes', 'representative', 'address', 'founded', 'former', 'status'] as const
export type CompareRow = (typeof ROWS)[number]

/** What a candidate has to say on a row; null where nothing is known. */
export function candidateText(row: CompareRow, it: Candidate): string | null {
  switch (row) {
    case 'uscc':
      return it.uscc
    case 'old-codes':
      return it.oldCodes.join('、') || null
    case 'representative':
      return it.legalRepresentative
    case 'address':
      return it.address
    case 'founded':
      return [it.foundedOn, it.endedOn].filter(Boolean).join(' / ') || null
    case 'former':
      return it.formerNames.map(former => `${former.name}（${former.from ?? '—'}/${former.until ?? '—'}）`).join('；') || null
    case 'status':
      return [it.status, districtName(it.district)].filter(Boolean).join(' · ') || null
  }
}

/**
 * What was reported on a row, found by the names of its columns: `words` lists the beginnings of column names that belong to the row.
 */
export function reportedText(words: string, reported: readonly Reported[]): string | null {
  const starts = words.split('、')
  const found = reported.filter(field => field.value !== '' && starts.some(start => field.name.startsWith(start)))
  return [...new Set(found.map(field => field.value))].join('、') || null
}
