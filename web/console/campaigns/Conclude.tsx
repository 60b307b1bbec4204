import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type CampaignView, concludeCampaign } from '../../../src/campaigns/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { CAMPAIGNS } from './campaign-queries.ts'

const LEAST = 10

/** Ends a campaign: the platform counts, the lead unit says what was learnt. Asked twice, because nothing brings it back. */
export function Conclude({ campaign: { campaignId, progress, state } }: { readonly campaign: CampaignView }) {
  const [summary, setSummary] = useState('')
  const [error, setError] = useState<string>()
  const [isReviewed, setReviewed] = useState(false)
  const client = useQueryClient()
  const concluding = useMutation({
    mutationFn: () => call(concludeCampaign, { params: { campaignId }, input: { summary } }),
    onSuccess: () => client.invalidateQueries({ queryKey: CAMPAIGNS }),
  })
  const review = (event: React.FormEvent): void => {
    event.preventDefault()
    const isShort = summary.trim().length < LEAST
    setError(isShort ? say('console.campaign.summary-missing') : undefined)
    setReviewed(!isShort)
  }
  return (
    <section className="mx-panel" aria-labelledby="conclude">
      <h2 id="conclude">{say('console.campaign.conclude')}</h2>
      <ErrorSummary problem={concluding.error} />
      <p className={state === 'over' ? 'mx-late' : undefined}>
        {say(`console.campaign.conclude-${state === 'over' ? 'over' : 'running'}`, { open: progress.open })}
      </p>
      {isReviewed ? (
        <>
          <p className="mx-lines">{summary}</p>
          <p className="mx-strong">{say('console.campaign.conclude-final')}</p>
          <div className="mx-row">
            <Button type="primary" danger loading={concluding.isPending} onClick={() => concluding.mutate()}>
              {say('console.campaign.conclude')}
            </Button>
            <Button onClick={() => setReviewed(false)}>{say('console.cases.change')}</Button>
          </div>
        </>
      ) : (
        <form onSubmit={review} noValidate autoComplete="off">
          <Field
            id="campaign-summary"
            label={say('console.campaign.summary')}
            hint={say('console.campaign.summary-hint')}
            error={error}
          >
            <Input.TextArea
              id="campaign-summary"
              rows={4}
              maxLength={1000}
              value={summary}
              onChange={event => setSummary(event.target.value)}
            />
          </Field>
          <Button htmlType="submit">{say('console.campaign.conclude-review')}</Button>
        </form>
      )}
    </section>
  )
}
