import { Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { DeliveryView } from '../../../src/intake/contract.ts'
import { OutcomeEquation, settledRows } from '../../kit/OutcomeEquation.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { isRunning } from './delivery-queries.ts'

/** What a delivery came to, or how far it is: the equation, live while rows settle. */
export function Outcome({ delivery }: { readonly delivery: DeliveryView }) {
  const mayDecide = useMay('waiting.decide')
  const { deliveryId, counts } = delivery
  return (
    <>
      {delivery.refusal ? (
        <div className="mx-summary">
          <p>{delivery.refusal.message}</p>
          <p>{say('console.delivery.nothing-filed')}</p>
        </div>
      ) : null}
      {delivery.sameAs !== null ? (
        <p className="mx-said">
          {say('console.delivery.same')}{' '}
          <Link to={pathTo('delivery', { deliveryId: delivery.sameAs })}>
            {say('console.delivery.same-link', { id: String(delivery.sameAs) })}
          </Link>
        </p>
      ) : null}
      {delivery.refusal || delivery.sameAs !== null ? null : (
        <OutcomeEquation
          counts={counts}
          link={(outcome, text) => {
            if (outcome === 'refused') return <Link to={pathTo('refusals', { deliveryId })}>{text}</Link>
            if (outcome === 'waiting' && mayDecide) return <Link to={pathTo('waiting')}>{text}</Link>
            return text
          }}
        />
      )}
      <Warned delivery={delivery} />
      {isRunning(delivery) ? <Running delivery={delivery} /> : <Settled delivery={delivery} />}
    </>
  )
}

/** Not among the six numbers: these rows were taken, and something about them is to be looked at. */
function Warned({ delivery }: { readonly delivery: DeliveryView }) {
  const { deliveryId, warned } = delivery
  if (warned === 0) return null
  return (
    <p className="mx-warned">
      {say('console.delivery.warned', { count: warned })}{' '}
      <Link to={pathTo('warnings', { deliveryId })}>{say('console.delivery.warned-read')}</Link>
    </p>
  )
}

function Settled({ delivery }: { readonly delivery: DeliveryView }) {
  if (delivery.state !== 'settled' || delivery.sameAs !== null) return null
  const { refused, waiting } = delivery.counts
  return (
    <p role="status" className="mx-said">
      {refused + waiting === 0 ? say(delivery.warned === 0 ? 'console.delivery.all-done' : 'console.delivery.all-settled') : null}
      {refused > 0 ? say('console.delivery.some-refused', { count: refused }) : null}
      {waiting > 0 ? say('console.delivery.some-waiting', { count: waiting }) : null}
      {delivery.seconds ? say('console.delivery.seconds', { seconds: delivery.seconds.toFixed(1) }) : null}
    </p>
  )
}

function Running({ delivery }: { readonly delivery: DeliveryView }) {
  const settled = settledRows(delivery.counts)
  const shown = useRef(0)
  const [started] = useState(() => ({ at: Date.now(), rows: settled }))
  const [rate, setRate] = useState(0)
  useEffect(() => {
    const seconds = (Date.now() - started.at) / 1000
    if (seconds > 0.5) setRate(Math.round((settled - started.rows) / seconds))
  }, [settled, started])
  const part = delivery.counts.received > settled ? settled / delivery.counts.received : 0
  // Progress never runs backwards, even when the number of rows turns out larger than first read.
  shown.current = Math.max(shown.current, Math.floor(part * 100))
  return (
    <div role="status">
      <Progress percent={shown.current} status="active" showInfo={false} aria-label={say('console.delivery.progress')} />
      <p>
        {say('console.delivery.running', { count: settled })}
        {rate > 0 ? say('console.delivery.rate', { rate }) : null}
        {say('console.delivery.may-leave')}
      </p>
    </div>
  )
}
