import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useEffect } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'react-router'
import { getRefusals } from '../../../src/intake/contract.ts'
import { addressOf } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { rowOfAnchor } from './cell-anchor.ts'
import { deliveryQuery, faultsQuery } from './delivery-queries.ts'
import { FaultList } from './FaultList.tsx'

/** Why rows were refused: grouped by cause, down to the cell, each cell with an address of its own. */
export function RefusalsPage() {
  const deliveryId = Number(useParams().deliveryId)
  const [search] = useSearchParams()
  const { hash } = useLocation()
  const asked = rowOfAnchor(hash)
  const code = search.get('code')
  // A link to a cell opens the page of rows that the cell stands on.
  const after = search.has('after') ? Number(search.get('after')) : asked === null ? 0 : asked - 1
  const delivery = useQuery(deliveryQuery(deliveryId))
  const { data, error } = useQuery(faultsQuery(deliveryId, code, after))
  useEffect(() => {
    if (data && hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'center' })
  }, [data, hash])
  const count = delivery.data?.counts.refused
  return (
    <Page
      title={say('console.refusals.title')}
      state={count === undefined ? undefined : say('console.refusals.count', { count })}
      lead={
        <Link to={pathTo('delivery', { deliveryId })}>
          {say('console.refusals.of', { id: String(deliveryId), file: delivery.data?.fileName ?? '' })}
        </Link>
      }
      actions={
        count ? (
          <Button type="primary" href={addressOf(getRefusals, { params: { deliveryId } })} download>
            {say('console.mend.download', { count })}
          </Button>
        ) : null
      }
    >
      <ErrorSummary problem={error} />
      {data ? (
        <FaultList
          listed={data}
          code={code}
          hash={hash}
          caption={say('console.refusals.caption')}
          empty={say('console.refusals.none')}
        />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}
