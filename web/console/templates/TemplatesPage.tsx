import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { getTemplate } from '../../../src/intake/contract.ts'
import { addressOf } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { sourcesQuery } from '../deliveries/delivery-queries.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { type ItemTemplate, templatesOf } from './item-templates.ts'

/** Today's template of every item the unit reports: code lists inside, the unit's code filled in. */
export function TemplatesPage() {
  const { data, error } = useQuery(sourcesQuery)
  const maySend = useMay('delivery.send')
  const file = (it: ItemTemplate, format: 'xlsx' | 'csv') => (
    <a href={addressOf(getTemplate, { params: { item: it.item }, query: { format, unit: it.unit } })} download>
      {say('console.templates.download', { format: format.toUpperCase() })}
      <span className="mx-hidden">{it.itemName}</span>
    </a>
  )
  const columns: Column<ItemTemplate>[] = [
    { key: 'item', title: say('console.deliveries.item'), heads: true, cell: it => it.itemName },
    { key: 'unit', title: say('console.deliveries.unit'), cell: it => it.unitName },
    { key: 'xlsx', title: 'XLSX', whole: true, cell: it => file(it, 'xlsx') },
    { key: 'csv', title: 'CSV', whole: true, cell: it => file(it, 'csv') },
    ...(maySend
      ? [
          {
            key: 'send',
            title: say('console.templates.send'),
            whole: true,
            cell: (it: ItemTemplate) => (
              <Link to={`${pathTo('send')}?source=${encodeURIComponent(it.source)}`}>{say('console.send.title')}</Link>
            ),
          },
        ]
      : []),
  ]
  return (
    <Page title={say('console.templates.title')} lead={say('console.templates.lead')}>
      <ErrorSummary problem={error} />
      {data ? (
        <RecordTable
          caption={say('console.templates.caption')}
          columns={columns}
          rows={templatesOf(data)}
          rowKey={it => `${it.item} ${it.unit}`}
          empty={<p>{say('console.send.no-source')}</p>}
        />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}
