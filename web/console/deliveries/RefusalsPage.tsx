import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useEffect } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'react-router'
import type { z } from 'zod'
import { getRefusals, type listFaults } from '../../../src/intake/contract.ts'
import { addressOf } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { cellAnchor, rowOfAnchor } from './cell-anchor.ts'
import { deliveryQuery, faultsQuery } from './delivery-queries.ts'

type Faults = z.output<(typeof listFaults)['output']>
type Fault = Faults['faults'][number]

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
        <div className="mx-split">
          <Causes causes={data.causes} chosen={code} />
          <div>
            <FaultTable faults={data.faults} target={hash.slice(1)} />
            <Pager name="after" next={data.next} />
          </div>
        </div>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

function Causes({ causes, chosen }: { readonly causes: Faults['causes']; readonly chosen: string | null }) {
  return (
    <nav aria-label={say('console.refusals.causes')} className="mx-rail">
      <h2>{say('console.refusals.causes')}</h2>
      <ul>
        <li>
          <Link to="?" aria-current={chosen === null ? 'true' : undefined}>
            {say('console.refusals.all-causes')}
          </Link>
        </li>
        {causes.map(cause => (
          <li key={cause.code}>
            <Link to={`?code=${encodeURIComponent(cause.code)}`} aria-current={chosen === cause.code ? 'true' : undefined}>
              {cause.sentence} <span className="mx-whole">{say('console.refusals.rows', { count: cause.rows })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function FaultTable({ faults, target }: { readonly faults: readonly Fault[]; readonly target: string }) {
  const columns: Column<Fault>[] = [
    {
      key: 'row',
      title: say('console.refusals.row'),
      heads: true,
      whole: true,
      cell: it => {
        const anchor = cellAnchor(it.row, it.columnLetters)
        return (
          <a id={anchor} href={`#${anchor}`}>
            {countText(it.row)}
          </a>
        )
      },
    },
    {
      key: 'column',
      title: say('console.refusals.column'),
      cell: it => [it.columnLetters, it.columnName].filter(Boolean).join(' ') || say('console.refusals.whole-row'),
    },
    { key: 'value', title: say('console.refusals.value'), cell: it => it.value ?? say('console.refusals.not-kept') },
    { key: 'why', title: say('console.refusals.why'), cell: it => it.why },
    { key: 'how', title: say('console.refusals.how'), cell: it => it.how },
    { key: 'basis', title: say('console.refusals.basis'), cell: it => it.basis ?? '—' },
  ]
  return (
    <RecordTable
      caption={say('console.refusals.caption')}
      columns={columns}
      rows={faults}
      dense
      rowKey={it => `${it.row}-${it.column}-${it.code}`}
      rowClass={it => (cellAnchor(it.row, it.columnLetters) === target ? 'mx-target' : undefined)}
      empty={<p>{say('console.refusals.none')}</p>}
    />
  )
}
