import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { Said } from '../looks/Said.tsx'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { CloseBusiness } from './CloseBusiness.tsx'
import { CorrectionPanel } from './CorrectionPanel.tsx'
import { correctionsQuery, type Shown } from './receiver-queries.ts'
import { UnitsTable } from './UnitsTable.tsx'

const STATES = ['open', 'confirmed', 'told'] as const
const UNITS = ['own', 'all'] as const

/** What was taken away after it had been handed out: each receiver says what became of its copy, by its day. The credit office sees all units. */
export function ReceiversPage() {
  const [search, setSearch] = useSearchParams()
  const client = useQueryClient()
  const [said, setSaid] = useState('')
  const seesAll = useMay('receiver.read-all')
  const shown: Shown = {
    state: STATES.find(state => state === search.get('state')) ?? 'open',
    units: seesAll && search.get('units') === 'all' ? 'all' : 'own',
    unit: search.get('unit') ?? undefined,
    after: search.get('after') ?? undefined,
  }
  const { data, error } = useQuery(correctionsQuery(shown))
  const onDone = async (what: string): Promise<void> => {
    setSaid(what)
    await client.invalidateQueries({ queryKey: ['corrections'] })
  }
  const change = (key: string, value: string): void => {
    const kept = { state: shown.state as string, units: shown.units as string, [key]: value }
    setSearch(kept)
  }
  return (
    <Page
      title={say('console.receivers.title')}
      lead={say('console.receivers.lead')}
      actions={
        <>
          {seesAll ? (
            <Segmented
              aria-label={say('console.receivers.whose')}
              value={shown.units}
              onChange={value => change('units', value)}
              options={UNITS.map(value => ({ value, label: say(`console.receivers.${value}`) }))}
            />
          ) : null}
          <Segmented
            aria-label={say('console.receivers.which')}
            value={shown.state}
            onChange={value => change('state', value)}
            options={STATES.map(value => ({ value, label: say(`console.receivers.${value}`) }))}
          />
        </>
      }
    >
      <ErrorSummary problem={error} />
      {said ? <Said key={said} text={said} /> : null}
      {shown.units === 'all' && shown.state === 'open' ? <UnitsTable chosen={shown.unit ?? null} /> : null}
      {data ? <Listed data={data} shown={shown} onDone={onDone} /> : error ? null : <Skeleton active title={false} />}
      {shown.units === 'own' ? <CloseBusiness onDone={onDone} /> : null}
    </Page>
  )
}

type ListedProps = {
  readonly data: NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof correctionsQuery>['queryFn']>>>>
  readonly shown: Shown
  readonly onDone: (said: string) => Promise<void>
}

function Listed({ data, shown, onDone }: ListedProps) {
  const { corrections, open, overdue, next } = data
  const isOpen = shown.state === 'open'
  return (
    <section className="mx-corrections" aria-labelledby="corrections">
      <h2 id="corrections">
        {isOpen ? say('console.receivers.open-count', { count: open }) : say(`console.receivers.${shown.state}`)}
      </h2>
      {isOpen && overdue > 0 ? (
        <p>
          <span className="mx-clock-overdue">{say('console.receivers.overdue-count', { count: overdue })}</span>
        </p>
      ) : null}
      {shown.unit ? <Link to={`?state=${shown.state}&units=all`}>{say('console.receivers.any-unit')}</Link> : null}
      {corrections.length === 0 ? <p className="mx-empty">{say(`console.receivers.none-${shown.state}`)}</p> : null}
      {corrections.map(notice => (
        <CorrectionPanel key={notice.noticeId} notice={notice} namesUnit={shown.units === 'all'} onDone={onDone} />
      ))}
      <Pager name="after" next={next} />
    </section>
  )
}
