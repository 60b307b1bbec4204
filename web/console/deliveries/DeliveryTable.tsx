import { Link } from 'react-router'
import type { DeliveryView } from '../../../src/intake/contract.ts'
import { minuteText } from '../../kit/day-text.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'

const number = (key: 'received' | 'filed' | 'refused' | 'waiting'): Column<DeliveryView> => ({
  key,
  title: say(`console.outcome.${key}`),
  align: 'right',
  cell: ({ counts, deliveryId }) => {
    const text = countText(counts[key])
    return key === 'refused' && counts.refused > 0 ? <Link to={pathTo('refusals', { deliveryId })}>{text}</Link> : text
  },
})

/** Deliveries as rows; each leads to its page, its refused rows lead to their reasons. */
export function DeliveryTable({
  deliveries,
  caption,
  empty,
}: {
  readonly deliveries: readonly DeliveryView[]
  readonly caption: string
  readonly empty: React.ReactNode
}) {
  const columns: Column<DeliveryView>[] = [
    {
      key: 'file',
      title: say('console.deliveries.file'),
      heads: true,
      cell: it => <Link to={pathTo('delivery', { deliveryId: it.deliveryId })}>{it.fileName}</Link>,
    },
    { key: 'item', title: say('console.deliveries.item'), cell: it => it.itemName },
    { key: 'unit', title: say('console.deliveries.unit'), cell: it => it.unitName },
    { key: 'at', title: say('console.deliveries.at'), whole: true, cell: it => minuteText(it.receivedAt) },
    {
      key: 'state',
      title: say('console.deliveries.state'),
      whole: true,
      cell: it => say(`console.delivery.state.${it.sameAs === null ? it.state : 'same'}`),
    },
    number('received'),
    number('filed'),
    number('refused'),
    number('waiting'),
  ]
  return <RecordTable caption={caption} columns={columns} rows={deliveries} rowKey={it => it.deliveryId} empty={empty} />
}
