import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { receiversQuery } from './receiver-queries.ts'

type Unit = {
  readonly unit: string
  readonly name: string
  readonly open: number
  readonly overdue: number
  readonly oldestAt: string
}

/** Which units have yet to confirm, the ones that are overdue first. */
export function UnitsTable({ chosen }: { readonly chosen: string | null }) {
  const { data, error } = useQuery(receiversQuery)
  if (error) return <ErrorSummary problem={error} />
  if (!data) return <Skeleton active title={false} />
  const columns: Column<Unit>[] = [
    {
      key: 'unit',
      title: say('console.receivers.unit'),
      heads: true,
      cell: it => (
        <Link to={`?units=all&unit=${encodeURIComponent(it.unit)}`} aria-current={it.unit === chosen ? 'true' : undefined}>
          {it.name}
        </Link>
      ),
    },
    { key: 'open', title: say('console.receivers.open'), align: 'right', cell: it => countText(it.open) },
    {
      key: 'overdue',
      title: say('console.receivers.overdue'),
      align: 'right',
      cell: it => (it.overdue > 0 ? <span className="mx-clock-overdue">{countText(it.overdue)}</span> : '0'),
    },
    { key: 'oldest', title: say('console.receivers.oldest'), whole: true, cell: it => minuteText(it.oldestAt) },
  ]
  return (
    <RecordTable
      caption={say('console.receivers.units-caption')}
      columns={columns}
      rows={data.units}
      rowKey={it => it.unit}
      empty={<p>{say('console.receivers.units-none')}</p>}
    />
  )
}
