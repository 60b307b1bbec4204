import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { proposeCampaign } from '../../../src/campaigns/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { CampaignForm } from './CampaignForm.tsx'
import { CAMPAIGNS, choicesQuery } from './campaign-queries.ts'
import { EMPTY, wishOf } from './campaign-wish.ts'
import './words.ts'

/** Proposes a campaign that one's own unit leads. It begins when another officer of the unit has confirmed it. */
export function NewCampaignPage() {
  const { data, error } = useQuery(choicesQuery)
  const [draft, setDraft] = useState(EMPTY)
  const client = useQueryClient()
  const navigate = useNavigate()
  const proposing = useMutation({
    mutationFn: () => call(proposeCampaign, { input: wishOf(draft) }),
    onSuccess: async ({ campaignId }) => {
      await client.invalidateQueries({ queryKey: CAMPAIGNS })
      await navigate(pathTo('campaign', { campaignId }))
    },
  })
  return (
    <Page
      title={say('console.new-campaign.title')}
      lead={say('console.new-campaign.lead')}
      actions={<Link to={pathTo('campaigns')}>{say('console.campaigns.title')}</Link>}
    >
      <ErrorSummary problem={error} />
      {data ? (
        <CampaignForm
          choices={data}
          draft={draft}
          problem={proposing.error}
          attempt={proposing.submittedAt}
          busy={proposing.isPending}
          onChange={setDraft}
          onSend={() => proposing.mutate()}
        />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}
