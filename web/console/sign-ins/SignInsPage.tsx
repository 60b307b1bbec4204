import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { listSignInTally } from '../../../src/access/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { LookParts } from '../looks/LookParts.tsx'
import { Page } from '../shell/Page.tsx'
import { type TallyRow, tallyByDay } from './tally-rows.ts'

const DAYS = 31

/** How many came to the door and how many it refused, day by day: for the auditor. Never whose tries they were. */
export function SignInsPage() {
  const { data, error } = useQuery({
    queryKey: ['sign-ins'],
    queryFn: (): Promise<Answer<typeof listSignInTally>> => call(listSignInTally, { query: { days: DAYS } }),
  })
  return (
    <Page title={say('console.sign-ins.title')} lead={say('console.sign-ins.lead')}>
      <LookParts />
      <ErrorSummary problem={error} />
      {data ? <Table rows={tallyByDay(data.counts)} /> : error ? null : <Skeleton active title={false} />}
    </Page>
  )
}

function Table({ rows }: { readonly rows: readonly TallyRow[] }) {
  const columns: Column<TallyRow>[] = [
    { key: 'day', title: say('console.sign-ins.day'), cell: row => row.day, heads: true, whole: true },
    { key: 'step', title: say('console.sign-ins.step'), cell: row => say(`console.sign-ins.step-${row.step}`) },
    { key: 'ok', title: say('console.sign-ins.ok'), cell: row => row.ok, align: 'right' },
    { key: 'wrong', title: say('console.sign-ins.wrong'), cell: row => row.wrong, align: 'right' },
    { key: 'locked', title: say('console.sign-ins.locked'), cell: row => row.locked, align: 'right' },
  ]
  return (
    <RecordTable
      empty={say('console.sign-ins.none', { days: DAYS })}
      caption={say('console.sign-ins.caption')}
      columns={columns}
      rows={rows}
      rowKey={row => `${row.day} ${row.step}`}
    />
  )
}
