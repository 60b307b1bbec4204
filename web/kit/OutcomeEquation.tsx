import type { ReactNode } from 'react'
import { countText, say } from './words.ts'

export type Counts = Readonly<
  Record<'received' | 'filed' | 'duplicate' | 'corrected' | 'annulled' | 'refused' | 'waiting', number>
>

export const OUTCOMES = ['filed', 'duplicate', 'corrected', 'annulled', 'refused', 'waiting'] as const

type Props = {
  readonly counts: Counts
  /** What a number leads to; a number without an address is plain. */
  readonly link?: (outcome: (typeof OUTCOMES)[number], text: ReactNode) => ReactNode
}

/** Six numbers that add up to the rows received. */
export function OutcomeEquation({ counts, link }: Props) {
  return (
    <dl className="mx-equation" aria-label={say('console.outcome.label')}>
      <div className="mx-equation-sum">
        <dt>{say('console.outcome.received')}</dt>
        <dd>{countText(counts.received)}</dd>
      </div>
      {OUTCOMES.map(outcome => (
        <div key={outcome} className={counts[outcome] > 0 ? `mx-outcome-${outcome}` : 'mx-outcome-zero'}>
          <dt>{say(`console.outcome.${outcome}`)}</dt>
          <dd>{counts[outcome] > 0 && link ? link(outcome, countText(counts[outcome])) : countText(counts[outcome])}</dd>
        </div>
      ))}
    </dl>
  )
}

/** How many of the received rows have an outcome. */
export function settledRows(counts: Counts): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0)
}
