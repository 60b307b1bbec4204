import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useEffect } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { rowOfAnchor } from './cell-anchor.ts'
import { deliveryQuery, type faultsQuery } from './delivery-queries.ts'
import { FaultList } from './FaultList.tsx'

/* What the pages of refused rows and of rows with a warning have in common: cells of a delivery, as the address asks for them. */

/** The delivery of the address and the cells of it that the address asks for: of one cause, after a row, or those around a cell. */
export function useListedFaults(faultsOf: typeof faultsQuery) {
  const deliveryId = Number(useParams().deliveryId)
  const [search] = useSearchParams()
  const { hash } = useLocation()
  const asked = rowOfAnchor(hash)
  const code = search.get('code')
  // A link to a cell opens the page of rows that the cell stands on.
  const after = search.has('after') ? Number(search.get('after')) : asked === null ? 0 : asked - 1
  const delivery = useQuery(deliveryQuery(deliveryId))
  const { data: listed, error: problem } = useQuery(faultsOf(deliveryId, code, after))
  useEffect(() => {
    if (listed && hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'center' })
  }, [listed, hash])
  return { deliveryId, delivery: delivery.data, code, hash, listed, problem }
}

type Asked = ReturnType<typeof useListedFaults>

/** Which file the cells are of, leading back to it. */
export function DeliveryLink({ of: { deliveryId, delivery } }: { readonly of: Asked }) {
  return (
    <Link to={pathTo('delivery', { deliveryId })}>
      {say('console.refusals.of', { id: String(deliveryId), file: delivery?.fileName ?? '' })}
    </Link>
  )
}

type ListedFaultsProps = { readonly of: Asked; readonly caption: string; readonly empty: string }

/** The cells, what went wrong in asking for them, or their outline while they are on the way. */
export function ListedFaults({ of: { code, hash, listed, problem }, caption, empty }: ListedFaultsProps) {
  return (
    <>
      <ErrorSummary problem={problem} />
      {listed ? (
        <FaultList listed={listed} code={code} hash={hash} caption={caption} empty={empty} />
      ) : problem ? null : (
        <Skeleton active title={false} />
      )}
    </>
  )
}
