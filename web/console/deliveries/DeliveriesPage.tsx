import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { LinkButton } from '../shell/LinkButton.tsx'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { DeliveryTable } from './DeliveryTable.tsx'
import { deliveriesQuery } from './delivery-queries.ts'

/** Deliveries of the unit, latest first. */
export function DeliveriesPage() {
  const [search] = useSearchParams()
  const { data, error } = useQuery(deliveriesQuery(search.get('before')))
  const maySend = useMay('delivery.send')
  return (
    <Page
      title={say('console.deliveries.title')}
      actions={
        maySend ? (
          <LinkButton primary to={pathTo('send')}>
            {say('console.send.title')}
          </LinkButton>
        ) : null
      }
    >
      <ErrorSummary problem={error} />
      {data ? (
        <DeliveryTable
          caption={say('console.deliveries.caption')}
          deliveries={data.deliveries}
          empty={
            <>
              <p>{say('console.deliveries.none')}</p>
              {maySend ? <Link to={pathTo('send')}>{say('console.send.title')}</Link> : null}
            </>
          }
        />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
      <Pager name="before" next={data?.next ?? null} />
    </Page>
  )
}
