import { useQuery } from '@tanstack/react-query'
import { Segmented, Skeleton } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import type { CampaignView } from '../../../src/campaigns/contract.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { CaseTable } from '../cases/CaseTable.tsx'
import { pathTo } from '../routes.ts'
import { LinkButton } from '../shell/LinkButton.tsx'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { Batches } from './Batches.tsx'
import { CampaignState } from './CampaignState.tsx'
import { Conclude } from './Conclude.tsx'
import { campaignCasesQuery, campaignQuery } from './campaign-queries.ts'
import { Decide } from './Decide.tsx'
import { ProgressTables } from './ProgressTables.tsx'
import './words.ts'

/** One campaign: on what it rests, how far it is, its cases of this unit, the lists that were sent, and what its report says. */
export function CampaignPage() {
  const campaignId = Number(useParams()['campaignId'])
  const { data, error } = useQuery(campaignQuery(campaignId))
  return (
    <Page
      title={data?.name ?? say('console.campaign.title')}
      lead={data ? <Head campaign={data} /> : null}
      actions={
        <>
          {data?.mayOpenCases ? (
            <>
              <LinkButton to={`${pathTo('new-case')}?campaign=${campaignId}`}>{say('console.campaign.open-case')}</LinkButton>
              <LinkButton to={pathTo('campaign-list', { campaignId })}>{say('console.campaign-list.title')}</LinkButton>
            </>
          ) : null}
          <Link to={pathTo('campaigns')}>{say('console.campaigns.title')}</Link>
        </>
      }
    >
      <ErrorSummary problem={error} />
      {data ? <Body campaign={data} /> : error ? null : <Skeleton active title={false} />}
    </Page>
  )
}

function Head({ campaign }: { readonly campaign: CampaignView }) {
  return (
    <p>
      <CampaignState state={campaign.state} /> {campaign.number} ·{' '}
      {say('console.campaigns.from-to', { from: campaign.firstDay, to: campaign.lastDay })}
    </p>
  )
}

function Body({ campaign }: { readonly campaign: CampaignView }) {
  return (
    <div className="mx-campaign">
      <Decide campaign={campaign} />
      <section className="mx-panel" aria-label={say('console.campaign.about')}>
        <Facts campaign={campaign} />
      </section>
      {campaign.report ? (
        <section className="mx-panel" aria-labelledby="report">
          <h2 id="report">{say('console.campaign.report', { on: campaign.report.concludedOn })}</h2>
          <p className="mx-lines">{campaign.report.summary}</p>
          <ProgressTables progress={campaign.report.counts} caption={say('console.campaign.report-counts')} />
        </section>
      ) : null}
      <section aria-labelledby="progress">
        <h2 id="progress">{say('console.campaign.progress')}</h2>
        <ProgressTables progress={campaign.progress} caption={say('console.campaign.progress-now')} />
      </section>
      <Cases campaign={campaign} />
      <Batches campaign={campaign} />
      {campaign.mayConclude ? <Conclude campaign={campaign} /> : null}
    </div>
  )
}

function Facts({ campaign }: { readonly campaign: CampaignView }) {
  const rows = [
    ['theme', campaign.themeName],
    ['aim', campaign.aim],
    ['basis', campaign.basis],
    ['lead-unit', campaign.leadName],
    ['units', campaign.unitNames.length === 0 ? say('console.campaign.no-units') : campaign.unitNames.join('、')],
  ] as const
  return (
    <dl className="mx-facts">
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{say(`console.campaigns.${key}`)}</dt>
          <dd className="mx-lines">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const STATES = ['open', 'closed'] as const

function Cases({ campaign: { campaignId } }: { readonly campaign: CampaignView }) {
  const [search, setSearch] = useSearchParams()
  const state = search.get('state') === 'closed' ? 'closed' : 'open'
  const { data, error } = useQuery(campaignCasesQuery(campaignId, { state, after: search.get('after') ?? undefined }))
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">{say('console.campaign.cases')}</h2>
      <div className="mx-row mx-no-print">
        <Segmented
          aria-label={say('console.cases.which')}
          value={state}
          onChange={value => setSearch(value === 'closed' ? { state: 'closed' } : {})}
          options={STATES.map(value => ({ value, label: say(`console.cases.${value}`) }))}
        />
      </div>
      <ErrorSummary problem={error} />
      {data ? (
        <>
          <CaseTable
            caption={say(`console.cases.caption-${state}`)}
            cases={data.cases}
            closed={state === 'closed'}
            empty={<p>{say(`console.campaign.no-cases-${state}`)}</p>}
          />
          <Pager name="after" next={data.next} />
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </section>
  )
}
