import { Link } from 'react-router'
import type { DeliveryView } from '../../../src/intake/contract.ts'
import { minuteText } from '../../kit/day-text.ts'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'

/** The latest deliveries in a strip beside the work. */
export function LatestDeliveries({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) {
  return (
    <aside className="mx-panel" aria-labelledby="latest">
      <h2 id="latest">{say('console.work.latest')}</h2>
      {deliveries.length === 0 ? <p>{say('console.deliveries.none')}</p> : null}
      <ul className="mx-strip">
        {deliveries.slice(0, 6).map(it => (
          <li key={it.deliveryId}>
            <Link to={pathTo('delivery', { deliveryId: it.deliveryId })}>{it.itemName}</Link>
            <span className="mx-quiet">
              {minuteText(it.receivedAt)} · {say(`console.delivery.state.${it.sameAs === null ? it.state : 'same'}`)}
            </span>
            <span className="mx-quiet">
              {say('console.work.of-rows', { received: countText(it.counts.received), filed: countText(it.counts.filed) })}
            </span>
          </li>
        ))}
      </ul>
      <Link to={pathTo('deliveries')}>{say('console.delivery.all')}</Link>
    </aside>
  )
}
