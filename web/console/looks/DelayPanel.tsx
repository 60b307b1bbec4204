import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type DelayView, decideDelay, endDelay, withdrawDelay } from '../../../src/oversight/contract.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMay } from '../session.ts'
import { TypedAct } from './TypedAct.tsx'

type Props = { readonly delay: DelayView; readonly onDone: (said: string) => Promise<void> }

/** One delay: of what, why, until when, who asked, who decided; and what the person in front of it may do now. */
export function DelayPanel({ delay, onDone }: Props) {
  const id = `delay-${delay.delayId}`
  return (
    <section className="mx-panel" aria-labelledby={id}>
      <h3 id={id}>
        {delay.businessNo} <span className="mx-quiet">{delay.stateName}</span>
      </h3>
      <Facts delay={delay} />
      {delay.state === 'asked' ? <Decide delay={delay} onDone={onDone} /> : null}
      {delay.mayWithdraw ? <TakeBack delay={delay} onDone={onDone} how="withdraw" /> : null}
      {delay.mayEnd ? <TakeBack delay={delay} onDone={onDone} how="end" /> : null}
    </section>
  )
}

function Facts({ delay }: { readonly delay: DelayView }) {
  const by = (who: string | null, at: string | null): string =>
    say('console.delays.by-at', { by: who, at: at === null ? null : instantText(at) })
  const facts: readonly (readonly [string, string, string | null])[] = [
    ['unit', delay.unitName, null],
    ['until', delay.until, null],
    ['ground', delay.groundName, null],
    ['basis', delay.basis, null],
    ['reason', delay.reason, null],
    ['asked', by(delay.askedBy, delay.askedAt), null],
    ...(delay.decidedAt === null ? [] : [['decided', by(delay.decidedBy, delay.decidedAt), delay.decision] as const]),
    ...(delay.endedAt === null
      ? []
      : [[delay.state === 'withdrawn' ? 'withdrawn' : 'ended', by(delay.endedBy, delay.endedAt), delay.endReason] as const]),
  ]
  return (
    <dl className="mx-facts">
      {facts.map(([key, value, more]) => (
        <div key={key}>
          <dt>{say(`console.delays.${key}`)}</dt>
          <dd>
            {value}
            {more === null ? null : <p>{more}</p>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Approves or refuses, with the reason; whoever asked is told that somebody else does it. */
function Decide({ delay, onDone }: Props) {
  const mayApprove = useMay('look.delay-approve')
  const whenFresh = useWhenFresh()
  const deciding = useMutation({
    mutationFn: ({ key, text }: { key: string; text: string }) =>
      whenFresh(() =>
        call(decideDelay, { params: { delayId: delay.delayId }, input: { approved: key === 'approve', reason: text } }),
      ),
    onSuccess: (_, { key }) =>
      onDone(
        key === 'approve' ? say('console.delays.said-approved', { until: delay.until }) : say('console.delays.said-refused'),
      ),
  })
  if (!mayApprove) return null
  if (delay.isOwn) return <p className="mx-hint">{say('console.delays.own')}</p>
  return (
    <TypedAct
      id={`decide-${delay.delayId}`}
      label={say('console.delays.decide-reason')}
      hint={say('console.delays.decide-hint')}
      deeds={[
        { key: 'approve', label: say('console.delays.approve') },
        { key: 'refuse', label: say('console.delays.refuse') },
      ]}
      about={delay.businessNo}
      busy={deciding.isPending}
      problem={deciding.error}
      onDeed={(key, text) => deciding.mutate({ key, text })}
    />
  )
}

const TAKING_BACK = {
  end: { call: endDelay, label: 'console.delays.end', danger: true },
  withdraw: { call: withdrawDelay, label: 'console.delays.withdraw', danger: false },
} as const

/** Ends a delay that stands, or takes back what nobody has decided; either with its reason. */
function TakeBack({ delay, onDone, how }: Props & { readonly how: keyof typeof TAKING_BACK }) {
  const [isOpen, setOpen] = useState(false)
  const { label, danger } = TAKING_BACK[how]
  const ending = useMutation({
    mutationFn: async (reason: string): Promise<void> =>
      void (await call(TAKING_BACK[how].call, { params: { delayId: delay.delayId }, input: { reason } })),
    onSuccess: () => onDone(say(`console.delays.said-${how === 'end' ? 'ended' : 'withdrawn'}`)),
  })
  if (!isOpen)
    return (
      <Button onClick={() => setOpen(true)}>
        {say(label)}
        <span className="mx-hidden">{delay.businessNo}</span>
      </Button>
    )
  return (
    <TypedAct
      id={`${how}-${delay.delayId}`}
      label={say(`console.delays.${how}-reason`)}
      hint={say(`console.delays.${how}-hint`)}
      deeds={[{ key: how, label: say(label), danger }]}
      about={delay.businessNo}
      busy={ending.isPending}
      problem={ending.error}
      onDeed={(_, text) => ending.mutate(text)}
      onCancel={() => setOpen(false)}
    />
  )
}
