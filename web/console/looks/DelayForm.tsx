import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { addDays, type Day } from '../../../src/base/day.ts'
import { askDelay } from '../../../src/oversight/contract.ts'
import { call } from '../../kit/call.ts'
import { DayField } from '../../kit/DayField.tsx'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'

type Ground = z.output<(typeof askDelay)['input']>['ground']
type Props = {
  readonly grounds: readonly { readonly id: Ground; readonly name: string }[]
  readonly longestDays: number
  readonly onDone: () => Promise<void>
  readonly onCancel: () => void
}
type Draft = { readonly businessNo: string; readonly ground: Ground | null; readonly reason: string; readonly until: string }

const EMPTY: Draft = { businessNo: '', ground: null, reason: '', until: '' }

/** Asks for a delay: of which business number, by which ground of the law, why, until which day at most. */
export function DelayForm({ grounds, longestDays, onDone, onCancel }: Props) {
  const { today } = useMe()
  const last = addDays(today as Day, longestDays)
  const [draft, setDraft] = useState(EMPTY)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const asking = useMutation({
    mutationFn: (ground: Ground) => call(askDelay, { input: { ...draft, ground } }),
    onSuccess: onDone,
  })
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const found = missingIn(draft, today, last)
    setErrors(found)
    if (found.length === 0 && draft.ground !== null) asking.mutate(draft.ground)
  }
  const errorAt = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  return (
    <form className="mx-panel mx-form" onSubmit={submit} noValidate>
      <h2>{say('console.delays.ask')}</h2>
      <ErrorSummary errors={errors} problem={errors.length === 0 ? asking.error : null} />
      <Field
        id="delay-number"
        label={say('console.delays.number')}
        hint={say('console.delays.number-hint')}
        error={errorAt('delay-number')}
        width="24em"
      >
        <Input
          id="delay-number"
          maxLength={100}
          aria-describedby="delay-number-hint"
          value={draft.businessNo}
          onChange={event => change({ businessNo: event.target.value })}
        />
      </Field>
      <Grounds grounds={grounds} chosen={draft.ground} error={errorAt('delay-ground')} onChoose={ground => change({ ground })} />
      <Reason text={draft.reason} error={errorAt('delay-reason')} onChange={reason => change({ reason })} />
      <Field
        id="delay-until"
        label={say('console.delays.until')}
        hint={say('console.delays.until-hint', { days: longestDays, last })}
        error={errorAt('delay-until')}
      >
        <DayField
          id="delay-until"
          value={draft.until}
          max={last}
          describedBy="delay-until-hint"
          onChange={until => change({ until })}
        />
      </Field>
      <div className="mx-row">
        <Button htmlType="submit" type="primary" loading={asking.isPending}>
          {say('console.delays.send')}
        </Button>
        <Button onClick={onCancel}>{say('console.delays.not-now')}</Button>
      </div>
    </form>
  )
}

type ReasonProps = { readonly text: string; readonly error: string | undefined; readonly onChange: (text: string) => void }

function Reason({ text, error, onChange }: ReasonProps) {
  return (
    <Field
      id="delay-reason"
      label={say('console.delays.reason')}
      hint={say('console.delays.reason-hint')}
      error={error}
      width="36em"
    >
      <Input.TextArea
        id="delay-reason"
        rows={3}
        maxLength={500}
        aria-describedby="delay-reason-hint"
        value={text}
        onChange={event => onChange(event.target.value)}
      />
    </Field>
  )
}

type GroundsProps = {
  readonly grounds: Props['grounds']
  readonly chosen: Ground | null
  readonly error: string | undefined
  readonly onChoose: (ground: Ground) => void
}

function Grounds({ grounds, chosen, error, onChoose }: GroundsProps) {
  return (
    <fieldset className="mx-choice" id="delay-ground" tabIndex={-1}>
      <legend>{say('console.delays.ground')}</legend>
      {error ? <p className="mx-error">{error}</p> : null}
      {grounds.map(({ id, name }) => (
        <label key={id}>
          <input type="radio" name="ground" value={id} checked={chosen === id} onChange={() => onChoose(id)} /> {name}
        </label>
      ))}
    </fieldset>
  )
}

function missingIn({ businessNo, ground, reason, until }: Draft, today: string, last: string): FieldError[] {
  const missing = (name: string): FieldError => ({
    id: `delay-${name}`,
    message: say('console.typed.missing', { label: say(`console.delays.${name}`) }),
  })
  const label = say('console.delays.until')
  return [
    ...(businessNo.trim() === '' ? [missing('number')] : []),
    ...(ground === null ? [missing('ground')] : []),
    ...(reason.trim() === '' ? [missing('reason')] : []),
    ...(until === '' ? [missing('until')] : []),
    ...(until !== '' && (until < today || until > last)
      ? [{ id: 'delay-until', message: say('console.typed.too-late', { label, first: today, last }) }]
      : []),
  ]
}
