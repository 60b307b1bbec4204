import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type CampaignView, decideCampaign } from '../../../src/campaigns/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { CAMPAIGNS } from './campaign-queries.ts'

type Decision = 'confirmed' | 'returned'

/** What waits for the second officer of the lead unit, and the buttons for whoever that is. */
export function Decide({ campaign }: { readonly campaign: CampaignView }) {
  const client = useQueryClient()
  const whenFresh = useWhenFresh()
  const { campaignId, mayDecide, waitsForAnother } = campaign
  const deciding = useMutation({
    mutationFn: (decision: Decision) => whenFresh(() => call(decideCampaign, { params: { campaignId }, input: { decision } })),
    onSuccess: () => client.invalidateQueries({ queryKey: CAMPAIGNS }),
  })
  if (waitsForAnother) return <p className="mx-said">{say('console.campaign.waits-for-another')}</p>
  if (!mayDecide)
    return deciding.data ? (
      <p role="status" className="mx-said">
        {say(`console.campaign.${deciding.data.decided}`)}
      </p>
    ) : null
  return (
    <section className="mx-panel" aria-labelledby="decide">
      <h2 id="decide">{say('console.campaign.decide')}</h2>
      <ErrorSummary problem={deciding.error} />
      <p>{say('console.campaign.decide-says')}</p>
      <div className="mx-row">
        <Button type="primary" loading={deciding.isPending} onClick={() => deciding.mutate('confirmed')}>
          {say('console.campaign.confirm')}
        </Button>
        <Button disabled={deciding.isPending} onClick={() => deciding.mutate('returned')}>
          {say('console.campaign.return')}
        </Button>
      </div>
    </section>
  )
}
