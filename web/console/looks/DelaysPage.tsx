import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { FreshGate } from '../security/FreshGate.tsx'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { DelayForm } from './DelayForm.tsx'
import { DelayPanel } from './DelayPanel.tsx'
import { LookParts } from './LookParts.tsx'
import { delaysQuery, placeIn } from './look-queries.ts'
import { Said } from './Said.tsx'

/** The two lists of the page go on apart. */
const WAITING_PLACE = 'waiting'

/** The delays, in the gate that asks whoever decides to prove anew who he is. */
export function DelaysPage() {
  return (
    <FreshGate>
      <Delays />
    </FreshGate>
  )
}

/** Delays of telling a subject who looked: asked for by who investigates, approved by somebody else, never hidden from the auditor. */
function Delays() {
  const [search] = useSearchParams()
  const client = useQueryClient()
  const mayAsk = useMay('look.delay')
  const mayApprove = useMay('look.delay-approve')
  const seesAll = useMay('look.audit') || mayApprove
  const [isAsking, setAsking] = useState(false)
  const [said, setSaid] = useState('')
  const { data, error } = useQuery(delaysQuery(false, placeIn(search)))
  // What waits for this person's decision stands above, not here again.
  const listed = data?.delays.filter(delay => !(mayApprove && delay.state === 'asked')) ?? []
  const onDone = async (what: string): Promise<void> => {
    setAsking(false)
    setSaid(what)
    await client.invalidateQueries({ queryKey: ['delays'] })
  }
  return (
    <Page
      title={say('console.delays.title')}
      lead={say('console.delays.lead')}
      actions={
        mayAsk && !isAsking ? (
          <Button type="primary" onClick={() => setAsking(true)}>
            {say('console.delays.ask')}
          </Button>
        ) : null
      }
    >
      <LookParts />
      <ErrorSummary problem={error} />
      {said ? <Said key={said} text={said} /> : null}
      {data && isAsking ? (
        <DelayForm
          grounds={data.grounds}
          longestDays={data.longestDays}
          onDone={() => onDone(say('console.delays.said-asked'))}
          onCancel={() => setAsking(false)}
        />
      ) : null}
      {mayApprove ? <Waiting onDone={onDone} /> : null}
      {data ? (
        <section aria-labelledby="delays">
          <h2 id="delays">{say(seesAll ? 'console.delays.list-all' : 'console.delays.list-own')}</h2>
          {listed.length === 0 ? (
            <p className="mx-empty">{say(mayApprove ? 'console.delays.none-decided' : 'console.delays.none')}</p>
          ) : null}
          {listed.map(delay => (
            <DelayPanel key={delay.delayId} delay={delay} onDone={onDone} />
          ))}
          <Pager name="before" next={data.next} />
        </section>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

/** What waits for a decision, for whoever may decide. */
function Waiting({ onDone }: { readonly onDone: (said: string) => Promise<void> }) {
  const [search] = useSearchParams()
  const { data, error } = useQuery(delaysQuery(true, placeIn(search, WAITING_PLACE)))
  return (
    <section aria-labelledby="waiting-delays">
      <h2 id="waiting-delays">{say('console.delays.waiting')}</h2>
      <ErrorSummary problem={error} />
      {data?.delays.length === 0 ? <p className="mx-empty">{say('console.delays.waiting-none')}</p> : null}
      {data?.delays.map(delay => (
        <DelayPanel key={delay.delayId} delay={delay} onDone={onDone} />
      ))}
      <Pager name={WAITING_PLACE} next={data?.next ?? null} />
    </section>
  )
}
