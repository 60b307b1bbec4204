import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { getNotice, type NoticeDetail, openNotice, recordProof, recordPublication } from '../../../src/notices/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { ProofForm, type Proven } from './ProofForm.tsx'

type Props = { readonly subjectId: number; readonly noticeId: number }

/** One letter: its words, the way it went with every proof, and what this person may write down now. */
export function NoticePanel({ subjectId, noticeId }: Props) {
  const client = useQueryClient()
  const params = { subjectId, noticeId }
  const one = useQuery({
    queryKey: ['notice', noticeId],
    queryFn: () => call(getNotice, { params }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const deed = useMutation({
    mutationFn: async (wanted: Proven | 'open'): Promise<unknown> => {
      if (wanted === 'open') return await call(openNotice, { params })
      if (wanted.channel === 'publication') return await call(recordPublication, { params, input: { where: wanted.reason } })
      const { channel, outcome, on, trace, reason } = wanted
      return await call(recordProof, { params, input: { channel, outcome, on, trace, reason } })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['notices'] })
      await client.invalidateQueries({ queryKey: ['notice', noticeId] })
    },
  })
  if (one.error) return <ErrorSummary problem={one.error} />
  if (!one.data) return <Skeleton active title={false} />
  const notice = one.data
  return (
    <section className="mx-panel" aria-labelledby="notice">
      <h2 id="notice">
        {notice.name} <span className="mx-quiet">{notice.number}</span>
      </h2>
      <ErrorSummary key={deed.submittedAt} problem={deed.error} />
      {deed.isSuccess ? (
        <p role="status" className="mx-said">
          {say('console.notices.said')}
        </p>
      ) : null}
      <Facts notice={notice} />
      {notice.letter === null ? (
        <>
          <p>{say('console.notices.open-text')}</p>
          <Button type="primary" disabled={deed.isPending} onClick={() => deed.mutate('open')}>
            {say('console.notices.open')}
          </Button>
        </>
      ) : (
        <Letter notice={notice} letter={notice.letter} />
      )}
      <Service notice={notice} />
      {notice.mayProve.length > 0 ? (
        <ProofForm notice={notice} busy={deed.isPending} onProven={proven => deed.mutate(proven)} />
      ) : null}
    </section>
  )
}

function Facts({ notice }: { readonly notice: NoticeDetail }) {
  const lines: readonly (readonly [string, string])[] = [
    ['state', notice.stateName],
    ['made', notice.madeOn],
    ['from', notice.unitName],
    ['to', notice.toUnitName ?? notice.letter?.addressee ?? say('console.notices.to-subject')],
    ['served', notice.servedOn ?? '—'],
  ]
  return (
    <dl className="mx-facts">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{say(`console.notices.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {notice.receipt ? (
        <div>
          <dt>{say('console.receipt.label')}</dt>
          <dd>{notice.receipt}</dd>
        </div>
      ) : null}
    </dl>
  )
}

function Letter({ notice, letter }: { readonly notice: NoticeDetail; readonly letter: NonNullable<NoticeDetail['letter']> }) {
  return (
    <details>
      <summary>{say('console.notices.text')}</summary>
      <h3>{letter.title}</h3>
      <p>{letter.addressee}</p>
      {letter.paragraphs.map(text => (
        <p key={text} className="mx-letter">
          {text}
        </p>
      ))}
      <p>
        {notice.unitName} {letter.day}
      </p>
    </details>
  )
}

function Service({ notice }: { readonly notice: NoticeDetail }) {
  return (
    <section aria-labelledby="notice-service">
      <h3 id="notice-service">{say('console.notices.service')}</h3>
      <ol className="mx-reasons">
        {notice.service.map(step => (
          <li key={`${step.serial} ${step.outcome}`}>
            <strong>
              {step.channelName} {step.outcomeName}
            </strong>{' '}
            {step.onDay} <span className="mx-quiet">{step.serial}</span>
            {step.reason === null ? null : <p>{step.reason}</p>}
            {step.trace === null ? null : <p>{say('console.notices.trace-of', { trace: step.trace })}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
