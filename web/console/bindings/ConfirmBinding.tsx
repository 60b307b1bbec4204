import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { type BindingView, confirmBinding } from '../../../src/mandates/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { missingOfPerson, PersonFields, type PersonGiven, readPersonFields } from './PersonFields.tsx'

type Props = { readonly binding: BindingView; readonly onDone: () => void; readonly onClose: () => void }

/** The second officer: types name and document anew from the original; what he is shown would not be what he read. */
export function ConfirmBinding({ binding, onDone, onClose }: Props) {
  const [errors, setErrors] = useState<FieldError[]>([])
  const whenFresh = useWhenFresh()
  const confirming = useMutation({
    mutationFn: (input: PersonGiven) =>
      whenFresh(() => call(confirmBinding, { params: { bindingId: binding.bindingId }, input })),
    onSettled: onDone,
    gcTime: 0,
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = readPersonFields(new FormData(event.currentTarget))
    const missing = missingOfPerson(given)
    setErrors(missing)
    if (missing.length === 0) confirming.mutate(given)
  }
  if (confirming.data) return <Confirmed confirmed={confirming.data} binding={binding} onClose={onClose} />
  const capacity = say(`console.bindings.capacity.${binding.capacity}`)
  return (
    <section className="mx-panel" aria-labelledby="confirm-binding">
      <h2 id="confirm-binding">{say('console.bindings.confirm-title')}</h2>
      <p>
        {binding.person} · {capacity} · {binding.subjectName ?? '—'}
      </p>
      <p className="mx-quiet">{say('console.bindings.confirm-lead', { name: binding.openedByName })}</p>
      <ErrorSummary key={confirming.submittedAt + errors.length} errors={errors} problem={confirming.error} />
      <form onSubmit={submit} noValidate autoComplete="off" className="mx-column">
        <PersonFields errors={errors} />
        <div className="mx-row">
          <Button type="primary" htmlType="submit" loading={confirming.isPending}>
            {say('console.bindings.confirm-now')}
          </Button>
          <Button onClick={onClose}>{say('console.bindings.cancel')}</Button>
        </div>
      </form>
    </section>
  )
}

type ConfirmedProps = {
  readonly confirmed: z.output<(typeof confirmBinding)['output']>
  readonly binding: BindingView
  readonly onClose: () => void
}

/** What is handed over on paper: the code is shown here and never again. */
function Confirmed({ confirmed: { activation }, binding, onClose }: ConfirmedProps) {
  const me = useMe()
  return (
    <section role="status" className="mx-panel">
      <h2>{say('console.bindings.bound')}</h2>
      <p>
        {binding.person} · {say(`console.bindings.capacity.${binding.capacity}`)} · {binding.subjectName ?? '—'}
      </p>
      {activation ? (
        <>
          <p>{say('console.bindings.paper', { platform: me.platformName })}</p>
          <p className="mx-strong mx-code-paper">
            <CodeText code={activation.code} />
          </p>
          <p>{say('console.bindings.paper-how', { address: `${globalThis.location.origin}/my/activate` })}</p>
          <p>{say('console.bindings.paper-until', { until: instantText(activation.expiresAt) })}</p>
          <p className="mx-quiet mx-no-print">{say('console.bindings.paper-once')}</p>
        </>
      ) : (
        <p>{say('console.bindings.has-account')}</p>
      )}
      <div className="mx-row mx-no-print">
        {activation ? (
          <Button type="primary" onClick={() => globalThis.print()}>
            {say('console.print')}
          </Button>
        ) : null}
        <Button onClick={onClose}>{say('console.bindings.close')}</Button>
      </div>
    </section>
  )
}
