import { Button } from 'antd'
import { Link } from 'react-router'
import type { WaitingView } from '../../../src/matching/contract.ts'
import { instantText } from '../../kit/day-text.ts'
import { say, sayOr } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Comparison } from './Comparison.tsx'
import { Decide, DecideGravity, type Decision } from './Decide.tsx'

type Props = {
  readonly waiting: WaitingView
  readonly decided: boolean
  readonly busy: boolean
  readonly onDecide: (decision: Decision) => void
  readonly onSkip: () => void
}

const GRAVITY = 'penalty.gravity-open'

/** One waiting record: why it waits, the comparison, what may be decided, what was reported, what was decided before. */
export function WaitingRecord({ waiting, decided, busy, onDecide, onSkip }: Props) {
  const gravity = waiting.reason === GRAVITY
  const last = waiting.decisions.at(-1)
  return (
    <article className="mx-panel" aria-labelledby="waiting-head">
      <h2 id="waiting-head">{waiting.counterpart.name || waiting.candidates[0]?.name || waiting.itemName}</h2>
      <p>{waiting.sentence}</p>
      <p className="mx-quiet">
        {say('console.waiting.from', { item: waiting.itemName, unit: waiting.unitName, at: instantText(waiting.openedAt) })}{' '}
        {waiting.deliveryId === null ? null : (
          <Link to={pathTo('delivery', { deliveryId: waiting.deliveryId })}>
            {say('console.waiting.row-of', { id: String(waiting.deliveryId), row: waiting.rowNo })}
          </Link>
        )}
      </p>
      {gravity ? <Reported waiting={waiting} /> : <Comparison waiting={waiting} />}
      {decided ? (
        <Button
          className="mx-undo"
          disabled={busy || last?.decision === 'undone' || last?.decision === 'overtaken'}
          onClick={() => onDecide({ decision: 'undone' })}
        >
          {say('console.waiting.undo')} <kbd>u</kbd>
        </Button>
      ) : gravity ? (
        <DecideGravity busy={busy} onDecide={onDecide} onSkip={onSkip} />
      ) : (
        <Decide waiting={waiting} busy={busy} onDecide={onDecide} onSkip={onSkip} />
      )}
      {gravity ? null : (
        <details className="mx-fold">
          <summary>{say('console.waiting.reported-all', { count: waiting.reported.length })}</summary>
          <Reported waiting={waiting} />
        </details>
      )}
      <History decisions={waiting.decisions} />
    </article>
  )
}

function Reported({ waiting }: { readonly waiting: WaitingView }) {
  return (
    <dl className="mx-facts">
      {waiting.reported.map(field => (
        <div key={field.code}>
          <dt>{field.name}</dt>
          <dd>{field.value}</dd>
        </div>
      ))}
    </dl>
  )
}

function History({ decisions }: { readonly decisions: WaitingView['decisions'] }) {
  if (decisions.length === 0) return null
  return (
    <section aria-labelledby="history">
      <h3 id="history">{say('console.waiting.history')}</h3>
      <ol className="mx-reasons">
        {decisions.map(it => (
          <li key={it.at + it.decision}>
            {say('console.waiting.decided', {
              at: instantText(it.at),
              by: it.byName ?? it.by,
              decision: sayOr(`console.decision.${it.decision}`, it.decision),
            })}
            {it.reason ? `（${it.reason}）` : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
