import { Link } from 'react-router'
import type { CampaignView } from '../../../src/campaigns/contract.ts'
import { instantText } from '../../kit/day-text.ts'
import { RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'

/** The lists that this unit has sent into a campaign: how many of their lines became cases, and which wait to be worked off. */
export function Batches({ campaign: { campaignId, batches } }: { readonly campaign: CampaignView }) {
  if (batches.length === 0) return null
  const figure = (key: 'rows' | 'opened' | 'refused' | 'waiting') => ({
    key,
    title: say(`console.campaign-list.${key}`),
    align: 'right' as const,
    cell: (it: CampaignView['batches'][number]) => countText(it[key]),
  })
  return (
    <section>
      <RecordTable
        caption={say('console.campaign-list.sent')}
        columns={[
          {
            key: 'at',
            title: say('console.campaign-list.at'),
            heads: true,
            cell: it => <Link to={`${pathTo('campaign-list', { campaignId })}?batch=${it.batchId}`}>{instantText(it.at)}</Link>,
          },
          { key: 'procedure', title: say('console.cases.by-procedure'), cell: it => it.procedureName },
          ...(['rows', 'opened', 'refused', 'waiting'] as const).map(figure),
        ]}
        rows={batches}
        rowKey={it => it.batchId}
        empty={null}
      />
    </section>
  )
}
