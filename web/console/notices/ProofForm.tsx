import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { NoticeDetail } from '../../../src/notices/contract.ts'
import { DayField } from '../../kit/DayField.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'

const POST = ['sent', 'delivered', 'returned', 'refused'] as const
const HAND = ['delivered', 'refused'] as const

type Way = NoticeDetail['mayProve'][number]
export type Proven = {
  readonly channel: Way
  readonly outcome: (typeof POST)[number]
  readonly on: string
  readonly trace: string
  readonly reason: string
}

type Props = { readonly notice: NoticeDetail; readonly busy: boolean; readonly onProven: (proven: Proven) => void }

/** What a clerk writes down about a letter on paper: sent with its number, signed for, come back with the reason, or published. */
export function ProofForm({ notice, busy, onProven }: Props) {
  const me = useMe()
  const [way, setWay] = useState<Way>(notice.mayProve[0] ?? 'post')
  const [outcome, setOutcome] = useState<Proven['outcome']>('sent')
  const [on, setOn] = useState<string>(me.today)
  const [trace, setTrace] = useState('')
  const [reason, setReason] = useState('')
  const outcomes: readonly Proven['outcome'][] = way === 'hand' ? HAND : POST
  const chosen = outcomes.includes(outcome) ? outcome : 'delivered'
  const failed = chosen === 'returned' || chosen === 'refused'
  return (
    <section aria-labelledby="notice-proof">
      <h3 id="notice-proof">{say('console.notices.prove')}</h3>
      <fieldset className="mx-field">
        <legend className="mx-strong">{say('console.notices.way')}</legend>
        <Radio.Group
          value={way}
          onChange={event => setWay(event.target.value)}
          options={notice.mayProve.map(value => ({ value, label: say(`console.notices.way-${value}`) }))}
        />
      </fieldset>
      {way === 'publication' ? null : (
        <fieldset className="mx-field">
          <legend className="mx-strong">{say('console.notices.outcome')}</legend>
          <Radio.Group
            value={chosen}
            onChange={event => setOutcome(event.target.value)}
            options={outcomes.map(value => ({ value, label: say(`console.notices.outcome-${value}`) }))}
          />
        </fieldset>
      )}
      {way === 'publication' ? (
        <p>{say('console.notices.publish-text')}</p>
      ) : (
        <Field id="proof-day" label={say('console.notices.day')}>
          <DayField id="proof-day" value={on} max={me.today} onChange={setOn} />
        </Field>
      )}
      {way !== 'publication' && !failed ? (
        <Field id="proof-trace" label={say(way === 'post' ? 'console.notices.trace' : 'console.notices.signer')}>
          <Input id="proof-trace" maxLength={60} value={trace} onChange={event => setTrace(event.target.value)} />
        </Field>
      ) : null}
      {way === 'publication' || failed ? (
        <Field id="proof-reason" label={say(failed && way !== 'publication' ? 'console.notices.why' : 'console.notices.where')}>
          <Input id="proof-reason" maxLength={200} value={reason} onChange={event => setReason(event.target.value)} />
        </Field>
      ) : null}
      <Button type="primary" disabled={busy} onClick={() => onProven({ channel: way, outcome: chosen, on, trace, reason })}>
        {say(way === 'publication' ? 'console.notices.publish' : 'console.notices.record')}
      </Button>
    </section>
  )
}
