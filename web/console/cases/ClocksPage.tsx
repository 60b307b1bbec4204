import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { Link } from 'react-router'
import type { clockFigures } from '../../../src/cases/contract.ts'
import type { DueGroup } from '../../../src/cases/work-contract.ts'
import type { Answer } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { unitClocksQuery } from './case-queries.ts'
import './words.ts'

type Unit = Answer<typeof clockFigures>['units'][number]

/** The clocks of every unit, the state's own like anybody's: what is overdue in front, each figure a way to its cases. */
export function ClocksPage() {
  const { data, error } = useQuery(unitClocksQuery)
  const rows = [...(data?.units ?? [])].sort((a, b) => b.overdue - a.overdue || b.today - a.today || b.soon - a.soon)
  const late = rows.filter(row => row.overdue > 0)
  return (
    <Page
      title={say('console.clocks.title')}
      state={late.length > 0 ? say('console.clocks.late-title', { count: late.length }) : undefined}
      lead={data ? say('console.clocks.lead', { asOf: data.asOf }) : null}
      actions={<Button onClick={() => globalThis.print()}>{say('console.print')}</Button>}
    >
      <ErrorSummary problem={error} />
      {data ? (
        <>
          {late.length > 0 ? (
            <p className="mx-late">
              {say('console.clocks.late', {
                units: late.map(row => say('console.clocks.late-unit', { unit: row.unitName, count: row.overdue })).join('、'),
              })}
            </p>
          ) : null}
          <RecordTable
            caption={say('console.clocks.caption')}
            columns={columns()}
            rows={rows}
            rowKey={row => row.unit}
            empty={<p>{say('console.clocks.none')}</p>}
          />
          <p className="mx-quiet mx-after-table">{say('console.clocks.note')}</p>
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

const titleOf = (group: DueGroup): string => say(group === 'standing' ? 'console.clocks.standing' : `console.cases.due-${group}`)

function columns(): Column<Unit>[] {
  const figure = (group: DueGroup): Column<Unit> => ({
    key: group,
    title: titleOf(group),
    align: 'right',
    cell: row =>
      row[group] === 0 ? (
        '0'
      ) : (
        <Link
          to={`${pathTo('cases')}?unit=${row.unit}&due=${group}`}
          className={group === 'overdue' ? 'mx-clock-overdue' : undefined}
          aria-label={say('console.clocks.figure', {
            unit: row.unitName,
            group: titleOf(group),
            count: row[group],
          })}
        >
          {countText(row[group])}
        </Link>
      ),
  })
  return [
    {
      key: 'unit',
      title: say('console.clocks.unit'),
      heads: true,
      cell: row => <Link to={`${pathTo('cases')}?unit=${row.unit}`}>{row.unitName}</Link>,
    },
    ...(['overdue', 'today', 'soon', 'later', 'standing'] as const).map(figure),
    { key: 'in-time', title: say('console.clocks.in-time'), align: 'right', cell: row => countText(row.doneInTime) },
    { key: 'late', title: say('console.clocks.done-late'), align: 'right', cell: row => countText(row.doneLate) },
    {
      key: 'rate',
      title: say('console.clocks.rate'),
      align: 'right',
      cell: row => {
        const done = row.doneInTime + row.doneLate
        return done === 0 ? (
          <span className="mx-quiet">{say('console.clocks.nothing-done')}</span>
        ) : (
          `${Math.floor((row.doneInTime / done) * 1000) / 10}%`
        )
      },
    },
  ]
}
