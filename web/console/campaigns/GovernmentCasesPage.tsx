import { useQuery } from '@tanstack/react-query'
import { Button, Segmented, Skeleton } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { exportLedger, type readLedger } from '../../../src/campaigns/ledger-contract.ts'
import { LEDGER_FILTERS } from '../../../src/campaigns/ledger-words.ts'
import { type Answer, addressOf } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { CaseClock } from '../cases/CaseClock.tsx'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { ledgerQuery } from './campaign-queries.ts'
import './words.ts'

type Row = Answer<typeof readLedger>['rows'][number]

/** The ledger of the government's own dishonesty: bodies of the state on the same clocks as anybody. Each reading is registered. */
export function GovernmentCasesPage() {
  const [search, setSearch] = useSearchParams()
  const filter = LEDGER_FILTERS.find(one => one === search.get('filter')) ?? 'all'
  const { data, error } = useQuery(ledgerQuery(filter, Number(search.get('after') ?? 0) || undefined))
  const late = (data?.rows ?? []).filter(row => row.outcome === 'open' && row.isLate).length
  return (
    <Page
      title={say('console.government-cases.title')}
      state={late > 0 ? say('console.government-cases.late-title', { count: late }) : undefined}
      lead={say('console.government-cases.lead')}
      actions={<Button href={addressOf(exportLedger, { query: { filter } })}>{say('console.government-cases.export')}</Button>}
    >
      <ErrorSummary problem={error} />
      <div className="mx-row mx-no-print">
        <Segmented
          aria-label={say('console.government-cases.which')}
          value={filter}
          onChange={value => setSearch(value === 'all' ? {} : { filter: value })}
          options={LEDGER_FILTERS.map(value => ({ value, label: say(`console.government-cases.filter-${value}`) }))}
        />
      </div>
      {data ? (
        <>
          <RecordTable
            caption={say('console.government-cases.caption', { asOf: data.asOf })}
            columns={columns()}
            rows={data.rows}
            rowKey={it => it.caseId}
            empty={<p>{say(`console.government-cases.none-${filter}`)}</p>}
          />
          <Pager name="after" next={data.next === null ? null : String(data.next)} />
          <p className="mx-quiet mx-after-table">{say('console.government-cases.note')}</p>
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

function columns(): Column<Row>[] {
  return [
    {
      key: 'body',
      title: say('console.government-cases.body'),
      heads: true,
      cell: it => (
        <>
          <Link to={pathTo('case', { subjectId: it.subjectId, caseId: it.caseId })}>{it.bodyName}</Link>
          <span className="mx-quiet mx-below">{it.number}</span>
        </>
      ),
    },
    { key: 'found', title: say('console.government-cases.found'), cell: it => <span className="mx-lines">{it.found}</span> },
    {
      key: 'state',
      title: say('console.cases.state'),
      cell: it => (
        <>
          {it.stateName}
          {it.campaign ? <span className="mx-quiet mx-below">{it.campaign}</span> : null}
        </>
      ),
    },
    { key: 'unit', title: say('console.government-cases.unit'), cell: it => it.unitName },
    {
      key: 'clock',
      title: say('console.cases.due'),
      cell: it => (it.closedAt === null ? <CaseClock clock={it.clock} /> : it.closedAt.slice(0, 10)),
    },
    {
      key: 'outcome',
      title: say('console.government-cases.outcome'),
      cell: it => (
        <span className={it.isLate ? 'mx-late' : undefined}>
          {say(`console.government-cases.outcome-${it.outcome}${it.outcome === 'open' && it.isLate ? '-late' : ''}`)}
        </span>
      ),
    },
  ]
}
