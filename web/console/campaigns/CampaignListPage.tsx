import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { ChooseProcedure } from '../cases/ChooseProcedure.tsx'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { BatchForm } from './BatchForm.tsx'
import { BatchReceipt } from './BatchReceipt.tsx'
import { CodeList } from './CodeList.tsx'
import { campaignQuery, choicesQuery } from './campaign-queries.ts'
import './words.ts'

/** Opens a case about each subject of a list: which case, which codes, the form they share; then the receipt. */
export function CampaignListPage() {
  const campaignId = Number(useParams()['campaignId'])
  const [search, setSearch] = useSearchParams()
  const batchId = Number(search.get('batch') ?? 0)
  const [codes, setCodes] = useState<readonly string[]>([])
  const campaign = useQuery(campaignQuery(campaignId))
  return (
    <Page
      title={say('console.campaign-list.title')}
      lead={campaign.data ? say('console.campaign-list.lead', { name: campaign.data.name }) : null}
      actions={<Link to={pathTo('campaign', { campaignId })}>{campaign.data?.name ?? say('console.campaign.title')}</Link>}
    >
      <ErrorSummary problem={campaign.error} />
      {batchId > 0 ? (
        <BatchReceipt key={batchId} campaignId={campaignId} batchId={batchId} codes={codes} />
      ) : campaign.data && !campaign.data.mayOpenCases ? (
        <p>{say('console.campaign-list.not-open')}</p>
      ) : (
        <Compose campaignId={campaignId} codes={codes} onCodes={setCodes} onSent={id => setSearch({ batch: String(id) })} />
      )}
    </Page>
  )
}

type ComposeProps = {
  readonly campaignId: number
  readonly codes: readonly string[]
  readonly onCodes: (codes: readonly string[]) => void
  readonly onSent: (batchId: number) => void
}

function Compose({ campaignId, codes, onCodes, onSent }: ComposeProps) {
  const { data, error } = useQuery(choicesQuery)
  const [procedure, setProcedure] = useState('')
  const opening = data?.openings.find(one => one.procedure === procedure)
  if (!data) return error ? <ErrorSummary problem={error} /> : <Skeleton active title={false} />
  return (
    <>
      <ChooseProcedure openings={data.openings} chosen={opening} onChoose={setProcedure} />
      {opening ? <CodeList most={data.mostRows} codes={codes} onCodes={onCodes} /> : null}
      {opening && codes.length > 0 ? (
        <BatchForm key={opening.procedure} campaignId={campaignId} opening={opening} codes={codes} onSent={onSent} />
      ) : null}
    </>
  )
}
