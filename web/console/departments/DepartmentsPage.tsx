import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { z } from 'zod'
import { listPunctuality } from '../../../src/intake/contract.ts'
import { call } from '../../kit/call.ts'
import { DayField } from '../../kit/DayField.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Sparkline } from './Sparkline.tsx'
import { everyMonth, onTimeRate } from './spark-bars.ts'

type Department = z.output<(typeof listPunctuality)['output']>['departments'][number]

/** Units against their reporting clocks. No rank and no colour over a row: figures, months, and what they are counted from. */
export function DepartmentsPage() {
  const [search, setSearch] = useSearchParams()
  const me = useMe()
  const from = search.get('from') ?? ''
  const to = search.get('to') ?? ''
  const { data, error } = useQuery({
    queryKey: ['departments', from, to],
    queryFn: () => call(listPunctuality, { query: { from, to } }),
    placeholderData: keepPreviousData,
  })
  const rows = data ? [...data.departments].sort((a, b) => Number(b.unit === me.unit) - Number(a.unit === me.unit)) : []
  return (
    <Page
      title={say('console.departments.title')}
      lead={data ? say('console.departments.lead', { from: data.from, to: data.to }) : null}
      actions={<Button onClick={() => globalThis.print()}>{say('console.print')}</Button>}
    >
      <ErrorSummary problem={error} />
      {data ? (
        <>
          <Period
            key={`${data.from} ${data.to}`}
            from={data.from}
            to={data.to}
            today={me.today}
            onSet={period => setSearch(period)}
          />
          <RecordTable
            caption={say('console.departments.caption')}
            columns={columns(data.from, data.to)}
            rows={rows}
            rowKey={it => it.unit}
            rowClass={it => (it.unit === me.unit ? 'mx-own' : undefined)}
            empty={<p>{say('console.departments.none')}</p>}
          />
          <p className="mx-quiet">{say('console.departments.note')}</p>
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

type PeriodProps = {
  readonly from: string
  readonly to: string
  readonly today: string
  readonly onSet: (period: { from: string; to: string }) => void
}

function Period({ from, to, today, onSet }: PeriodProps) {
  const [draft, setDraft] = useState({ from, to })
  return (
    <form
      className="mx-row mx-no-print mx-period"
      onSubmit={event => {
        event.preventDefault()
        onSet(draft)
      }}
    >
      <Field id="from" label={say('console.departments.from')}>
        <DayField id="from" value={draft.from} max={today} onChange={day => setDraft({ ...draft, from: day })} />
      </Field>
      <Field id="to" label={say('console.departments.to')}>
        <DayField id="to" value={draft.to} max={today} onChange={day => setDraft({ ...draft, to: day })} />
      </Field>
      <Button htmlType="submit">{say('console.departments.show')}</Button>
    </form>
  )
}

function columns(from: string, to: string): Column<Department>[] {
  const count = (key: 'reported' | 'onTime' | 'late' | 'unknown' | 'refused' | 'waiting'): Column<Department> => ({
    key,
    title: say(`console.departments.${key}`),
    align: 'right',
    cell: it => countText(it[key]),
  })
  return [
    { key: 'unit', title: say('console.deliveries.unit'), heads: true, cell: it => it.unitName },
    count('reported'),
    count('onTime'),
    count('late'),
    {
      key: 'rate',
      title: say('console.departments.rate'),
      align: 'right',
      cell: it => {
        const rate = onTimeRate(it)
        return rate === null ? <span className="mx-quiet">{say('console.departments.nothing')}</span> : `${rate}%`
      },
    },
    count('unknown'),
    count('refused'),
    count('waiting'),
    {
      key: 'months',
      title: say('console.departments.months'),
      cell: it => {
        const months = everyMonth(it.months, from, to)
        return <Sparkline months={months} label={months.map(month => say('console.departments.month', month)).join('；')} />
      },
    },
  ]
}
