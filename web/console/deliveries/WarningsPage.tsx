import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { warningsQuery } from './delivery-queries.ts'
import { DeliveryLink, ListedFaults, useListedFaults } from './ListedFaults.tsx'

/** Rows that were taken and need a look all the same: what for, down to the cell. */
export function WarningsPage() {
  const asked = useListedFaults(warningsQuery)
  const count = asked.delivery?.warned
  return (
    <Page
      title={say('console.warnings.title')}
      state={count === undefined ? undefined : say('console.warnings.count', { count })}
      lead={<DeliveryLink of={asked} />}
    >
      <p>{say('console.warnings.help')}</p>
      <ListedFaults of={asked} caption={say('console.warnings.caption')} empty={say('console.warnings.none')} />
    </Page>
  )
}
