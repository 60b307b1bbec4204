import { Button, Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import type { z } from 'zod'
import type { decideWaiting, WaitingView } from '../../../src/matching/contract.ts'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useKeys } from '../shell/keys.ts'

export type Decision = z.input<(typeof decideWaiting)['input']>

type Props = {
  readonly waiting: WaitingView
  readonly busy: boolean
  readonly onDecide: (decision: Decision) => void
  readonly onSkip: () => void
}

/** The decision on whose record it is: by button or by one key; returning a record asks for the reason first. */
export function Decide({ waiting, busy, onDecide, onSkip }: Props) {
  const [returning, setReturning] = useState(false)
  const [reason, setReason] = useState('')
  const field = useRef<InputRef>(null)
  const same = (at: number): void => {
    const candidate = waiting.candidates[at]
    if (candidate && !busy) onDecide({ decision: 'same', subjectId: candidate.subjectId })
  }
  const create = (): void => {
    if (!busy) onDecide({ decision: 'new' })
  }
  const startReturn = (): void => {
    setReturning(true)
    requestAnimationFrame(() => field.current?.focus())
  }
  const numbered = Object.fromEntries(waiting.candidates.slice(0, 9).map((_, at) => [String(at + 1), () => same(at)]))
  useKeys({ ...numbered, n: create, r: startReturn, s: onSkip })
  const sendReturn = (event: React.FormEvent): void => {
    event.preventDefault()
    if (reason.trim().length >= 2) onDecide({ decision: 'returned', reason: reason.trim() })
  }
  return (
    <>
      <div className="mx-row mx-decide">
        {waiting.candidates.map((candidate, at) => (
          <Button key={candidate.subjectId} disabled={busy} onClick={() => same(at)}>
            {say('console.waiting.same', { no: at + 1 })} <kbd>{at + 1}</kbd>
          </Button>
        ))}
        <Button disabled={busy} onClick={create}>
          {say('console.waiting.new')} <kbd>n</kbd>
        </Button>
        <Button disabled={busy} onClick={startReturn} aria-expanded={returning}>
          {say('console.waiting.return')} <kbd>r</kbd>
        </Button>
        <Button disabled={busy} onClick={onSkip}>
          {say('console.waiting.skip')} <kbd>s</kbd>
        </Button>
      </div>
      {returning ? (
        <form className="mx-row" onSubmit={sendReturn}>
          <Field id="return-reason" label={say('console.waiting.reason')} hint={say('console.waiting.reason-hint')} width="28em">
            <Input
              ref={field}
              id="return-reason"
              value={reason}
              maxLength={500}
              aria-describedby="return-reason-hint"
              onChange={event => setReason(event.target.value)}
            />
          </Field>
          <Button type="primary" htmlType="submit" disabled={busy || reason.trim().length < 2}>
            {say('console.waiting.return-now')}
          </Button>
        </form>
      ) : null}
    </>
  )
}

const GRAVITIES = ['minor', 'general', 'serious'] as const

/** A penalty whose class neither table nor sender gives: a named officer says it, with the reason. */
export function DecideGravity({ busy, onDecide, onSkip }: Omit<Props, 'waiting'>) {
  const [gravity, setGravity] = useState<(typeof GRAVITIES)[number] | null>(null)
  const [reason, setReason] = useState('')
  useKeys({ s: onSkip })
  const ready = gravity !== null && reason.trim().length >= 2
  const send = (event: React.FormEvent): void => {
    event.preventDefault()
    if (ready && !busy) onDecide({ decision: 'gravity', gravity, reason: reason.trim() })
  }
  return (
    <form onSubmit={send} className="mx-column">
      <fieldset className="mx-choice">
        <legend>{say('console.gravity.question')}</legend>
        {GRAVITIES.map(it => (
          <label key={it}>
            <input type="radio" name="gravity" value={it} checked={gravity === it} onChange={() => setGravity(it)} />{' '}
            {say(`console.gravity.${it}`)}
          </label>
        ))}
      </fieldset>
      <Field id="gravity-reason" label={say('console.waiting.reason')} hint={say('console.gravity.reason-hint')}>
        <Input
          id="gravity-reason"
          value={reason}
          maxLength={500}
          aria-describedby="gravity-reason-hint"
          onChange={event => setReason(event.target.value)}
        />
      </Field>
      <div className="mx-row">
        <Button type="primary" htmlType="submit" disabled={busy || !ready}>
          {say('console.gravity.submit')}
        </Button>
        <Button disabled={busy} onClick={onSkip}>
          {say('console.waiting.skip')} <kbd>s</kbd>
        </Button>
      </div>
      {ready ? null : <p className="mx-hint">{say('console.gravity.missing')}</p>}
    </form>
  )
}
