import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useParams } from 'react-router'
import type { z } from 'zod'
import {
  confirmDeletion,
  getReceived,
  issueAuthorisedReport,
  type ReceivedView,
  readAuthorised,
} from '../../../src/authorisation/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { useStartOnce } from '../../kit/start-once.ts'
import { say } from '../../kit/words.ts'
import { ReportReceipt } from '../reports/ReportReceipt.tsx'
import { Page } from '../shell/Page.tsx'
import { AuthorisedRecords } from './AuthorisedRecords.tsx'
import { GrantState } from './GrantState.tsx'

type Received = z.output<typeof ReceivedView>
type Key = { readonly subjectId: number; readonly authorisationId: number }

/** One authorisation: what it opens, the read itself, and what is to be done with the copies when it has ended. */
export function AuthorisedPage() {
  const { subjectId, authorisationId } = useParams()
  const key = { subjectId: Number(subjectId), authorisationId: Number(authorisationId) }
  const found = useQuery({
    queryKey: ['received-one', key.authorisationId],
    queryFn: () => call(getReceived, { params: key }),
    gcTime: 0,
  })
  return (
    <Page title={say('console.authorisation.title')}>
      <ErrorSummary problem={found.error} />
      {found.data ? <Opened key={key.authorisationId} at={key} received={found.data} /> : null}
    </Page>
  )
}

function Opened({ at, received }: { readonly at: Key; readonly received: Received }) {
  const client = useQueryClient()
  const { businessNo } = received
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['received-one', at.authorisationId] })
  const reading = useMutation({
    mutationFn: () => call(readAuthorised, { params: at, input: { businessNo } }),
    onSettled: refresh,
    gcTime: 0,
  })
  const drawing = useMutation({
    mutationFn: () => call(issueAuthorisedReport, { params: at, input: { businessNo, years: 3 } }),
    onSettled: refresh,
  })
  const read = useStartOnce(reading)
  const draw = useStartOnce(drawing)
  const inForce = received.state === 'in-force'
  const hasReport = received.classes.some(it => it.id === 'special-report')
  const hasRecords = received.classes.some(it => it.id !== 'special-report')
  return (
    <>
      <Facts received={received} />
      <Deletion at={at} received={received} onDone={refresh} />
      <ErrorSummary key={reading.submittedAt + drawing.submittedAt} problem={reading.error ?? drawing.error} />
      <div className="mx-row mx-no-print">
        {hasRecords ? (
          <Button type="primary" disabled={!inForce} loading={reading.isPending} onClick={event => read(undefined, event.detail)}>
            {say('console.authorisation.read')}
          </Button>
        ) : null}
        {hasReport ? (
          <Button disabled={!inForce} loading={drawing.isPending} onClick={event => draw(undefined, event.detail)}>
            {say('console.authorisation.report')}
          </Button>
        ) : null}
        <span className="mx-quiet">{say(inForce ? 'console.authorisation.registers' : 'console.authorisation.closed')}</span>
      </div>
      {drawing.data && inForce ? <ReportReceipt report={drawing.data} /> : null}
      {reading.data && !reading.error ? <AuthorisedRecords read={reading.data} /> : null}
    </>
  )
}

function Facts({ received }: { readonly received: Received }) {
  const rows: (readonly [string, React.ReactNode])[] = [
    ['console.authorisation.state', <GrantState key="state" received={received} />],
    ['console.authorisations.purpose', received.purposeName],
    ['console.purpose.number', received.businessNo],
    ['console.authorisations.classes', received.classes.map(it => it.name).join('、')],
    [
      'console.authorisation.term',
      say('console.authorisation.term-of', { from: received.validFrom.slice(0, 10), until: received.until }),
    ],
    ['console.authorisations.times', received.times === null ? say('console.authorisations.any-times') : String(received.times)],
    ['console.authorisations.reads', String(received.reads)],
  ]
  return (
    <section className="mx-panel">
      <h2>
        {received.subjectName} {received.uscc ? <CodeText code={received.uscc} /> : null}
      </h2>
      <dl className="mx-facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type DeletionProps = { readonly at: Key; readonly received: Received; readonly onDone: () => Promise<void> }

/** What a receiver does with what it got before the end: it deletes it and says so. */
function Deletion({ at, received, onDone }: DeletionProps) {
  const { deletion, state } = received
  const confirming = useMutation({
    mutationFn: (noticeId: number) => call(confirmDeletion, { params: { subjectId: at.subjectId, noticeId } }),
    onSettled: onDone,
  })
  if (!deletion) return null
  if (deletion.confirmedAt)
    return (
      <p role="status">{say('console.authorisation.deleted-at', { at: deletion.confirmedAt.slice(0, 19).replace('T', ' ') })}</p>
    )
  return (
    <section className="mx-panel" aria-labelledby="delete-copies">
      <h2 id="delete-copies">{say('console.authorisation.delete')}</h2>
      <p>
        {say(state === 'revoked' ? 'console.authorisation.delete-text' : 'console.authorisation.delete-text-over', {
          at: deletion.askedAt.slice(0, 19).replace('T', ' '),
        })}
      </p>
      <ErrorSummary problem={confirming.error} />
      <Button type="primary" loading={confirming.isPending} onClick={() => confirming.mutate(deletion.noticeId)}>
        {say('console.authorisation.delete-confirm')}
      </Button>
    </section>
  )
}
