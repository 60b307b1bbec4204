import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { askAccountReset } from '../../../src/mandates/reset-contract.ts'
import { call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { missingOfPerson, PersonFields, readPersonFields } from '../bindings/PersonFields.tsx'
import { useWhenFresh } from '../security/FreshGate.tsx'

type Wish = z.input<(typeof askAccountReset)['input']>
type Props = { readonly onDone: () => void; readonly onClose: () => void }

/** The first officer: whose account, by which document; what is lost. */
export function AskAccountReset({ onDone, onClose }: Props) {
  const [errors, setErrors] = useState<FieldError[]>([])
  const whenFresh = useWhenFresh()
  const asking = useMutation({
    mutationFn: (input: Wish) => whenFresh(() => call(askAccountReset, { input })),
    onSuccess: onDone,
    gcTime: 0,
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const person = readPersonFields(form)
    const missing = missingOfPerson(person)
    setErrors(missing)
    const login = String(form.get('login') ?? '').trim()
    if (missing.length === 0) asking.mutate({ ...person, login, takesFactor: form.has('takes-factor') })
  }
  if (asking.data)
    return (
      <section role="status" className="mx-panel">
        <p className="mx-strong">
          {say('console.account-resets.asked', { login: asking.data.login, until: minuteText(asking.data.expiresAt) })}
        </p>
        <Button onClick={onClose}>{say('console.bindings.close')}</Button>
      </section>
    )
  return (
    <section className="mx-panel" aria-labelledby="ask-account-reset">
      <h2 id="ask-account-reset">{say('console.account-resets.ask')}</h2>
      <ErrorSummary key={asking.submittedAt + errors.length} errors={errors} problem={asking.error} />
      <form onSubmit={submit} noValidate autoComplete="off" className="mx-column">
        <Field
          id="reset-login"
          label={say('console.account-resets.login-field')}
          hint={say('console.account-resets.login-hint')}
          width="20em"
        >
          <Input
            id="reset-login"
            name="login"
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="reset-login-hint"
          />
        </Field>
        <PersonFields errors={errors} />
        <label className="mx-tick">
          <input type="checkbox" name="takes-factor" /> {say('console.account-resets.factor')}
        </label>
        <p className="mx-quiet">{say('console.account-resets.factor-hint')}</p>
        <div className="mx-row">
          <Button type="primary" htmlType="submit" loading={asking.isPending}>
            {say('console.account-resets.ask')}
          </Button>
          <Button onClick={onClose}>{say('console.bindings.cancel')}</Button>
        </div>
        <p className="mx-quiet">{say('console.account-resets.look-note')}</p>
      </form>
    </section>
  )
}
