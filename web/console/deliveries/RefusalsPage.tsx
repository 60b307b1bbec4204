import { Button } from 'antd'
import { getRefusals } from '../../../src/intake/contract.ts'
import { addressOf } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { faultsQuery } from './delivery-queries.ts'
import { DeliveryLink, ListedFaults, useListedFaults } from './ListedFaults.tsx'

/** Why rows were refused: grouped by cause, down to the cell, each cell with an address of its own. */
export function RefusalsPage() {
  const asked = useListedFaults(faultsQuery)
  const { deliveryId } = asked
  const count = asked.delivery?.counts.refused
  return (
    <Page
      title={say('console.refusals.title')}
      state={count === undefined ? undefined : say('console.refusals.count', { count })}
      lead={<DeliveryLink of={asked} />}
      actions={
        count ? (
          <Button type="primary" href={addressOf(getRefusals, { params: { deliveryId } })} download>
            {say('console.mend.download', { count })}
          </Button>
        ) : null
      }
    >
      <ListedFaults of={asked} caption={say('console.refusals.caption')} empty={say('console.refusals.none')} />
    </Page>
  )
}
