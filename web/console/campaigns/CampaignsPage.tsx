import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { CampaignLine } from '../../../src/campaigns/contract.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { LinkButton } from '../shell/LinkButton.tsx'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { CampaignState } from './CampaignState.tsx'
import { campaignsQuery } from './campaign-queries.ts'
import './words.ts'

/** Campaigns, the latest first: on what each rests, who leads it, how far it is. They name nobody. */
export function CampaignsPage() {
  const [search] = useSearchParams()
  const mayPropose = useMay('case.handle')
  const { data, error } = useQuery(campaignsQuery(Number(search.get('before') ?? 0) || undefined))
  return (
    <Page
      title={say('console.campaigns.title')}
      lead={say('console.campaigns.lead')}
      actions={mayPropose ? <LinkButton to={pathTo('new-campaign')}>{say('console.new-campaign.title')}</LinkButton> : null}
    >
      <ErrorSummary problem={error} />
      {data ? (
        <>
          <RecordTable
            caption={say('console.campaigns.caption')}
            columns={columns()}
            rows={data.campaigns}
            rowKey={it => it.campaignId}
            empty={<p>{say('console.campaigns.none')}</p>}
          />
          <Pager name="before" next={data.next === null ? null : String(data.next)} />
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

function columns(): Column<CampaignLine>[] {
  const figure = (key: keyof CampaignLine['counts']): Column<CampaignLine> => ({
    key,
    title: say(`console.campaigns.${key}`),
    align: 'right',
    cell: it =>
      key === 'overdue' && it.counts.overdue > 0 ? (
        <span className="mx-clock-overdue">{countText(it.counts.overdue)}</span>
      ) : (
        countText(it.counts[key])
      ),
  })
  return [
    {
      key: 'name',
      title: say('console.campaigns.name'),
      heads: true,
      cell: it => (
        <>
          <Link to={pathTo('campaign', { campaignId: it.campaignId })}>{it.name}</Link>
          <span className="mx-quiet mx-below">{it.themeName}</span>
        </>
      ),
    },
    { key: 'state', title: say('console.campaigns.state'), cell: it => <CampaignState state={it.state} /> },
    { key: 'lead', title: say('console.campaigns.lead-unit'), cell: it => it.leadName },
    {
      key: 'days',
      title: say('console.campaigns.days'),
      cell: it => say('console.campaigns.from-to', { from: it.firstDay, to: it.lastDay }),
    },
    ...(['opened', 'open', 'overdue', 'done'] as const).map(figure),
  ]
}
