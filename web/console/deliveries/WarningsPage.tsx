import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useEffect } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { rowOfAnchor } from './cell-anchor.ts'
import { deliveryQuery, warningsQuery } from './delivery-queries.ts'
import { FaultList } from './FaultList.tsx'

/** Rows that were taken and need a look all the same: what for, down to the cell. */
export function WarningsPage() {
  const deliveryId = Number(useParams().deliveryId)
  const [search] = useSearchParams()
  const { hash } = useLocation()
  const asked = rowOfAnchor(hash)
  const code = search.get('code')
  const after = search.has('after') ? Number(search.get('after')) : asked === null ? 0 : asked - 1
  const delivery = useQuery(deliveryQuery(deliveryId))
  const { data, error } = useQuery(warningsQuery(deliveryId, code, after))
  useEffect(() => {
    if (data && hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'center' })
  }, [data, hash])
  const count = delivery.data?.warned
  return (
    <Page
      title={say('console.warnings.title')}
      state={count === undefined ? undefined : say('console.warnings.count', { count })}
      lead={
        <Link to={pathTo('delivery', { deliveryId })}>
          {say('console.refusals.of', { id: String(deliveryId), file: delivery.data?.fileName ?? '' })}
        </Link>
      }
    >
      <p>{say('console.warnings.help')}</p>
      <ErrorSummary problem={error} />
      {data ? (
        <FaultList
          listed={data}
          code={code}
          hash={hash}
          caption={say('console.warnings.caption')}
          empty={say('console.warnings.none')}
        />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}
