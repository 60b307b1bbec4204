import { useQuery } from '@tanstack/react-query'
import { Segmented, Skeleton } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { listForOfficers, type RequestView } from '../../../src/rights/contract.ts'
import { Clock } from '../../kit/Clock.tsx'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { FreshGate } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { RightsRequest } from './RightsRequest.tsx'

type State = 'open' | 'closed'

/** Requests of those whom records are about: what is asked for, until when, and how far it is. Opening one is a registered look. */
export function RightsPage() {
  const [search, setSearch] = useSearchParams()
  const state: State = search.get('state') === 'closed' ? 'closed' : 'open'
  const before = search.get('before')
  const query = { state, ...(before ? { before: Number(before) } : {}) }
  const { data, error } = useQuery({ queryKey: ['rights', query], queryFn: () => call(listForOfficers, { query }) })
  const [, subjectId, requestId] = /^(\d+)-(\d+)$/.exec(search.get('request') ?? '') ?? []
  const overdue = data?.requests.filter(one => one.clock.isOverdue).length ?? 0
  return (
    <FreshGate>
      <Page
        title={say('console.rights.title')}
        lead={say('console.rights.lead')}
        actions={
          <Segmented
            aria-label={say('console.rights.which')}
            value={state}
            onChange={value => setSearch(value === 'closed' ? { state: 'closed' } : {})}
            options={(['open', 'closed'] as const).map(value => ({ value, label: say(`console.rights.${value}`) }))}
          />
        }
      >
        <ErrorSummary problem={error} />
        {state === 'open' && overdue > 0 ? (
          <p className="mx-clock-overdue">{say('console.rights.overdue', { count: overdue })}</p>
        ) : null}
        {subjectId && requestId ? (
          <RightsRequest key={requestId} subjectId={Number(subjectId)} requestId={Number(requestId)} />
        ) : null}
        {data ? (
          <>
            <RequestTable requests={data.requests} state={state} />
            <Pager name="before" next={data.next === null ? null : String(data.next)} />
          </>
        ) : error ? null : (
          <Skeleton active title={false} />
        )}
      </Page>
    </FreshGate>
  )
}

function RequestTable({ requests, state }: { readonly requests: readonly RequestView[]; readonly state: State }) {
  const me = useMe()
  const columns: Column<RequestView>[] = [
    {
      key: 'number',
      title: say('console.rights.number'),
      heads: true,
      cell: it => (
        <Link to={{ search: `?state=${state}&request=${it.subjectId}-${it.requestId}` }}>
          {it.kindName} <span className="mx-quiet">{it.number}</span>
        </Link>
      ),
    },
    { key: 'on', title: say('console.rights.on'), whole: true, cell: it => it.askedOn },
    { key: 'unit', title: say('console.rights.unit'), cell: it => it.unitName },
    { key: 'state', title: say('console.rights.state'), cell: it => it.stateName },
    {
      key: 'due',
      title: say('console.rights.due'),
      cell: it => (state === 'closed' ? (it.clock.dueOn ?? '—') : <Clock {...it.clock} today={me.today} />),
    },
  ]
  return (
    <RecordTable
      caption={say('console.rights.caption')}
      columns={columns}
      rows={requests}
      rowKey={it => it.requestId}
      empty={<p>{say('console.rights.none')}</p>}
    />
  )
}
