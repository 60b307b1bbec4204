import { Link } from 'react-router'
import type { z } from 'zod'
import type { listWaiting } from '../../../src/matching/contract.ts'
import { minuteText } from '../../kit/day-text.ts'
import { say } from '../../kit/words.ts'
import { type QueueState, which } from './waiting-queries.ts'

type Line = z.output<(typeof listWaiting)['output']>['waiting'][number]

type Props = {
  readonly list: readonly Line[]
  readonly chosen: number | null
  readonly state: QueueState
  /** The number after which this page begins, and the next one. */
  readonly after: number
  readonly next: number | null
}

/** The rail of waiting records, oldest first, by where they came from: whom they are about is seen when one is opened, and registered. */
export function Queue({ list, chosen, state, after, next }: Props) {
  return (
    <nav className="mx-rail" aria-label={say('console.waiting.queue')}>
      <h2>{say('console.waiting.queue')}</h2>
      <ul>
        {list.map(it => (
          <li key={it.waitingId}>
            <Link
              to={`?${new URLSearchParams({ ...which(state), ...(after > 0 ? { after: String(after) } : {}), record: String(it.waitingId) })}`}
              aria-current={it.waitingId === chosen ? 'true' : undefined}
            >
              <span className="mx-strong">{it.itemName}</span>
              <span className="mx-quiet">
                {[
                  it.deliveryId === null ? '' : say('console.waiting.row-of', { id: String(it.deliveryId), row: it.rowNo }),
                  it.unitName,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="mx-quiet">{minuteText(it.openedAt)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="mx-row">
        {after > 0 ? <Link to={`?${new URLSearchParams(which(state))}`}>{say('console.waiting.from-first')}</Link> : null}
        {next === null ? null : (
          <Link to={`?${new URLSearchParams({ ...which(state), after: String(next) })}`}>{say('console.waiting.later')}</Link>
        )}
      </p>
    </nav>
  )
}
