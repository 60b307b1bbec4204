import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import type { z } from 'zod'
import { listReceived, type ReceivedView } from '../../../src/authorisation/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Pager } from '../shell/Pager.tsx'
import { GrantState } from './GrantState.tsx'

type Received = z.output<typeof ReceivedView>

/** What this organisation was let see, in force and ended; what it has still to delete stands out by its words. */
export function ReceivedTable() {
  const [search] = useSearchParams()
  const before = search.get('before')
  const received = useQuery({
    queryKey: ['received', before],
    queryFn: () => call(listReceived, { query: before ? { before } : {} }),
    placeholderData: keepPreviousData,
  })
  const columns: Column<Received>[] = [
    { key: 'subject', title: say('console.authorisations.whose'), heads: true, cell: it => <Whose received={it} /> },
    { key: 'purpose', title: say('console.authorisations.purpose'), cell: it => it.purposeName },
    { key: 'number', title: say('console.purpose.number'), cell: it => it.businessNo },
    {
      key: 'classes',
      title: say('console.authorisations.classes'),
      width: '24%',
      cell: it => it.classes.map(one => one.name).join('、'),
    },
    { key: 'state', title: say('console.authorisations.state'), cell: it => <GrantState received={it} /> },
    { key: 'reads', title: say('console.authorisations.reads'), align: 'right', cell: it => countText(it.reads) },
  ]
  return (
    <>
      <ErrorSummary problem={received.error} />
      {received.data ? (
        <>
          <RecordTable
            caption={say('console.authorisations.caption')}
            columns={columns}
            rows={received.data.authorisations}
            rowKey={it => it.authorisationId}
            empty={<p>{say('console.authorisations.none')}</p>}
          />
          <Pager name="before" next={received.data.next} />
        </>
      ) : null}
    </>
  )
}

function Whose({ received }: { readonly received: Received }) {
  const { subjectId, authorisationId, subjectName, uscc } = received
  return (
    <>
      <Link to={pathTo('authorisation', { subjectId, authorisationId })}>{subjectName}</Link>{' '}
      {uscc ? <CodeText code={uscc} /> : null}
    </>
  )
}
