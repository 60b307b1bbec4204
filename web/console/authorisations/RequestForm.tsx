import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import type { z } from 'zod'
import { getOffer, makeRequest } from '../../../src/authorisation/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

type Offer = z.output<(typeof getOffer)['output']>
type Made = z.output<(typeof makeRequest)['output']>
type Wish = z.input<(typeof makeRequest)['input']>

/** What is asked of a subject: nothing is chosen beforehand, and no more than the matter needs. */
export function RequestForm({ onMade }: { readonly onMade: (made: Made, minutes: number) => void }) {
  const offer = useQuery({ queryKey: ['authorisation-offer'], queryFn: () => call(getOffer) })
  const [errors, setErrors] = useState<FieldError[]>([])
  const form = useRef<HTMLFormElement>(null)
  const asking = useMutation({
    mutationFn: (input: Wish) => call(makeRequest, { input }),
    onSuccess: made => onMade(made, offer.data?.requestMinutes ?? 0),
  })
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const { input, missing } = readForm(new FormData(form.current ?? undefined), offer.data?.usualDays ?? 90)
    setErrors(missing)
    if (missing.length === 0) asking.mutate(input)
  }
  if (!offer.data) return <ErrorSummary problem={offer.error} />
  const key = errors.map(it => it.id).join() + asking.submittedAt
  return (
    <section className="mx-panel" aria-labelledby="ask">
      <h2 id="ask">{say('console.authorisations.ask')}</h2>
      <ErrorSummary key={key} errors={errors} problem={asking.error} />
      <form ref={form} onSubmit={submit} noValidate>
        <Matter offer={offer.data} errors={errors} />
        <Classes offer={offer.data} errors={errors} />
        <p>
          <Button type="primary" htmlType="submit" loading={asking.isPending}>
            {say('console.authorisations.show-code')}
          </Button>
        </p>
        <p className="mx-quiet">{say('console.authorisations.ask-note', { minutes: offer.data.requestMinutes })}</p>
      </form>
    </section>
  )
}

/** What was filled in, and what is missing. */
function readForm(given: FormData, usualDays: number): { readonly input: Wish; readonly missing: FieldError[] } {
  const text = (name: string): string => String(given.get(name) ?? '').trim()
  const classes = given.getAll('class').map(String)
  const missing: FieldError[] = []
  if (text('purpose') === '') missing.push({ id: 'ask-purpose', message: say('console.authorisations.purpose-missing') })
  if (text('businessNo') === '') missing.push({ id: 'ask-number', message: say('console.purpose.number-missing') })
  if (classes.length === 0) missing.push({ id: 'ask-classes', message: say('console.authorisations.classes-missing') })
  const days = Number(text('days') || usualDays)
  const times = text('times') === 'once' ? 'once' : 'any'
  const subject = text('subject')
  const input = { purpose: text('purpose'), businessNo: text('businessNo'), classes, days, times } as const
  return { input: subject === '' ? input : { ...input, subject }, missing }
}

type PartProps = { readonly offer: Offer; readonly errors: readonly FieldError[] }
const errorOf = (errors: readonly FieldError[], id: string): string | undefined => errors.find(it => it.id === id)?.message

function Matter({ offer, errors }: PartProps) {
  return (
    <div className="mx-row">
      <Field id="ask-purpose" label={say('console.authorisations.purpose')} error={errorOf(errors, 'ask-purpose')} width="16em">
        <select id="ask-purpose" name="purpose" className="mx-input" defaultValue="">
          <option value="">{say('console.authorisations.choose')}</option>
          {offer.purposes.map(it => (
            <option key={it.id} value={it.id}>
              {it.name}
            </option>
          ))}
        </select>
      </Field>
      <Field id="ask-number" label={say('console.purpose.number')} error={errorOf(errors, 'ask-number')} width="14em">
        <Input id="ask-number" name="businessNo" maxLength={100} autoComplete="off" />
      </Field>
      <Field id="ask-days" label={say('console.authorisations.days', { longest: offer.longestDays })} width="10em">
        <Input id="ask-days" name="days" type="number" min={1} max={offer.longestDays} defaultValue={offer.usualDays} />
      </Field>
      <Field id="ask-times" label={say('console.authorisations.times')} width="10em">
        <select id="ask-times" name="times" className="mx-input" defaultValue="once">
          <option value="once">{say('console.authorisations.once')}</option>
          <option value="any">{say('console.authorisations.any-times')}</option>
        </select>
      </Field>
      <Field
        id="ask-subject"
        label={say('console.authorisations.subject')}
        hint={say('console.authorisations.subject-hint')}
        optional
        width="20em"
      >
        <Input id="ask-subject" name="subject" maxLength={60} autoComplete="off" aria-describedby="ask-subject-hint" />
      </Field>
    </div>
  )
}

function Classes({ offer, errors }: PartProps) {
  const error = errorOf(errors, 'ask-classes')
  return (
    <fieldset className="mx-classes" id="ask-classes" tabIndex={-1} aria-describedby={error ? 'ask-classes-error' : undefined}>
      <legend>{say('console.authorisations.classes')}</legend>
      {error ? (
        <p id="ask-classes-error" className="mx-error">
          {error}
        </p>
      ) : null}
      {offer.classes.map(it => (
        <label key={it.id}>
          <input type="checkbox" name="class" value={it.id} />
          <span>
            {it.name}
            <span className="mx-quiet"> {it.shows}</span>
            {it.sensitive === 'no' ? null : (
              <span className="mx-quiet"> {say(`console.authorisations.apart-${it.sensitive}`)}</span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
