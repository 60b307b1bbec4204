import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { answer, confirm, extend, getRequest, type RequestDetail } from '../../../src/rights/contract.ts'
import { ClockFold } from '../../kit/ClockFold.tsx'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { type Deed, RightsAnswer } from './RightsAnswer.tsx'

type Props = { readonly subjectId: number; readonly requestId: number }

/** One request: what was written, every step, and what this officer may do about it now. */
export function RightsRequest({ subjectId, requestId }: Props) {
  const client = useQueryClient()
  const whenFresh = useWhenFresh()
  const params = { subjectId, requestId }
  const one = useQuery({
    queryKey: ['rights-one', requestId],
    queryFn: () => call(getRequest, { params }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const deed = useMutation({
    mutationFn: async (wanted: Deed): Promise<void> => {
      if (wanted.deed === 'extend') await call(extend, { params, input: { text: wanted.text } })
      else if (wanted.deed === 'answer') await call(answer, { params, input: wanted.input })
      else {
        const proposalNo = one.data?.steps.at(-1)?.entryNo ?? 0
        const input = { proposalNo, agrees: wanted.deed === 'confirm', text: wanted.text }
        await whenFresh(() => call(confirm, { params, input }))
      }
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['rights'] })
      await client.invalidateQueries({ queryKey: ['rights-one', requestId] })
    },
  })
  if (one.error) return <ErrorSummary problem={one.error} />
  if (!one.data) return <Skeleton active title={false} />
  return (
    <section className="mx-panel" aria-labelledby="rights-request">
      <h2 id="rights-request">
        {one.data.kindName} <span className="mx-quiet">{one.data.number}</span>
      </h2>
      <ErrorSummary key={deed.submittedAt} problem={deed.error} />
      {deed.isSuccess ? (
        <p role="status" className="mx-said">
          {say('console.rights.said')}
        </p>
      ) : null}
      <Facts request={one.data} />
      <Due request={one.data} />
      <Steps request={one.data} />
      <RightsAnswer request={one.data} busy={deed.isPending} onDeed={wanted => deed.mutate(wanted)} />
    </section>
  )
}

function Facts({ request }: { readonly request: RequestDetail }) {
  const { record } = request
  return (
    <dl className="mx-facts">
      <div>
        <dt>{say('console.rights.subject')}</dt>
        <dd>{request.subjectName}</dd>
      </div>
      <div>
        <dt>{say('console.rights.state')}</dt>
        <dd>{request.stateName}</dd>
      </div>
      {record ? (
        <div>
          <dt>{say('console.rights.record')}</dt>
          <dd>
            {record.itemName} {record.documentNo} {record.authorityName} {record.decidedOn}
          </dd>
        </div>
      ) : null}
      {request.lookReceipt ? (
        <div>
          <dt>{say('console.rights.look')}</dt>
          <dd>{request.lookReceipt}</dd>
        </div>
      ) : null}
      <div>
        <dt>{say('console.receipt.label')}</dt>
        <dd>{request.receipt}</dd>
      </div>
    </dl>
  )
}

/** Of a request that was taken back nobody owes an answer any more. */
function Due({ request }: { readonly request: RequestDetail }) {
  if (request.state === 'withdrawn') return null
  return (
    <section aria-labelledby="rights-due">
      <h3 id="rights-due">{say('console.rights.due')}</h3>
      <ClockFold sheet={request.sheet} />
    </section>
  )
}

function Steps({ request }: { readonly request: RequestDetail }) {
  return (
    <ol className="mx-reasons">
      {request.steps.map(step => (
        <li key={step.entryNo}>
          <strong>{step.stepName}</strong> {instantText(step.at)} <span className="mx-quiet">{step.by}</span>
          {step.field === null ? null : <p>{say('console.rights.change', { field: step.field, value: step.shouldBe ?? '' })}</p>}
          {step.ground === null ? null : <p>{step.ground}</p>}
          {step.text === null ? null : <p>{step.text}</p>}
        </li>
      ))}
    </ol>
  )
}
