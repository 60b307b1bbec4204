import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { type DeliveryView, getRefusals } from '../../../src/intake/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { addressOf } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { deliveryQuery, isRunning } from './delivery-queries.ts'
import { Outcome } from './Outcome.tsx'
import { SendFile } from './SendFile.tsx'

/** One delivery: six numbers that add up, what was recognised, and the way to mend what was refused. */
export function DeliveryPage() {
  const deliveryId = Number(useParams().deliveryId)
  const { data, error } = useQuery(deliveryQuery(deliveryId))
  const title = say('console.delivery.title', { id: String(deliveryId) })
  if (!data)
    return (
      <Page title={title}>
        <ErrorSummary problem={error} />
        {error ? null : <Skeleton active title={false} />}
      </Page>
    )
  return (
    <Page
      title={title}
      state={isRunning(data) ? say('console.delivery.state.settling') : undefined}
      lead={say('console.delivery.lead', { item: data.itemName, unit: data.unitName, at: instantText(data.receivedAt) })}
      actions={<Link to={pathTo('deliveries')}>{say('console.delivery.all')}</Link>}
    >
      <Outcome delivery={data} />
      {data.counts.refused > 0 && !isRunning(data) ? <Mend delivery={data} /> : null}
      <div className="mx-columns">
        <Recognised delivery={data} />
        <Paper delivery={data} />
      </div>
    </Page>
  )
}

/** Fetch the refused rows, mend them, hand them in again, on this page. */
function Mend({ delivery }: { readonly delivery: DeliveryView }) {
  const maySend = useMay('delivery.send')
  const [again, setAgain] = useState<number | null>(null)
  const { deliveryId } = delivery
  return (
    <section aria-labelledby="mend" className="mx-panel">
      <h2 id="mend">{say('console.mend.title')}</h2>
      <p>{say('console.mend.help', { count: delivery.counts.refused })}</p>
      <div className="mx-row">
        <Button type="primary" href={addressOf(getRefusals, { params: { deliveryId } })} download>
          {say('console.mend.download', { count: delivery.counts.refused })}
        </Button>
        <Link to={pathTo('refusals', { deliveryId })}>{say('console.mend.read')}</Link>
      </div>
      {maySend ? (
        <>
          <h3>{say('console.mend.again')}</h3>
          <SendFile id="mended" source={delivery.source} onSent={sent => setAgain(sent.deliveryId)} />
        </>
      ) : null}
      {again === null ? null : <Again deliveryId={again} />}
    </section>
  )
}

function Again({ deliveryId }: { readonly deliveryId: number }) {
  const { data, error } = useQuery(deliveryQuery(deliveryId))
  if (!data) return <ErrorSummary problem={error} />
  const { received, refused } = data.counts
  return (
    <section aria-label={say('console.mend.result')}>
      <p className="mx-strong">
        {isRunning(data) || data.refusal ? null : say('console.mend.passed', { received, passed: received - refused })}{' '}
        <Link to={pathTo('delivery', { deliveryId })}>{say('console.delivery.title', { id: String(deliveryId) })}</Link>
      </p>
      <Outcome delivery={data} />
    </section>
  )
}

function Recognised({ delivery }: { readonly delivery: DeliveryView }) {
  const found = delivery.recognised
  if (!found) return null
  return (
    <section className="mx-panel" aria-labelledby="recognised">
      <h2 id="recognised">{say('console.recognised.title')}</h2>
      <dl className="mx-facts">
        <Fact name="kind" value={[found.kind.toUpperCase(), found.encoding?.toUpperCase()].filter(Boolean).join(' · ')} />
        <Fact
          name="header"
          value={say(found.headerRow > 0 ? 'console.recognised.header-row' : 'console.recognised.header-none', {
            row: found.headerRow,
          })}
        />
        <Fact name="columns" value={say('console.recognised.known', { known: found.columnsKnown, all: found.columns })} />
        {found.unknown.length > 0 ? <Fact name="unknown" value={found.unknown.join('、')} /> : null}
        {found.otherSheets.length > 0 ? <Fact name="sheets" value={found.otherSheets.join('、')} /> : null}
      </dl>
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{say(`console.recognised.${name}`)}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Paper({ delivery }: { readonly delivery: DeliveryView }) {
  return (
    <section className="mx-panel" aria-labelledby="paper">
      <h2 id="paper">{say('console.paper.title')}</h2>
      <dl className="mx-facts">
        <div>
          <dt>{say('console.paper.name')}</dt>
          <dd>{say('console.paper.size', { name: delivery.fileName, bytes: countText(delivery.fileBytes) })}</dd>
        </div>
        <div>
          <dt>{say('console.paper.source')}</dt>
          <dd>
            {say('console.paper.channel', { source: delivery.sourceName, channel: say(`console.channel.${delivery.channel}`) })}
          </dd>
        </div>
        <div>
          <dt>{say('console.paper.settled')}</dt>
          <dd>{delivery.settledAt ? instantText(delivery.settledAt) : say('console.paper.not-yet')}</dd>
        </div>
        <div>
          <dt>{say('console.paper.edition')}</dt>
          <dd>{delivery.edition}</dd>
        </div>
        <div>
          <dt>{say('console.paper.digest')}</dt>
          <dd className="mx-wrap">
            <CodeText code={delivery.fileHash} />
          </dd>
        </div>
      </dl>
    </section>
  )
}
