import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { z } from 'zod'
import { confirmAccountReset, type WindowResetView } from '../../../src/mandates/reset-contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { missingOfPerson, PersonFields, readPersonFields } from '../bindings/PersonFields.tsx'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'

type Given = z.input<(typeof confirmAccountReset)['input']>
type Props = { readonly reset: WindowResetView; readonly onDone: () => void; readonly onClose: () => void }

/** The second officer: types name and document anew from the original, then hands over the code. */
export function ConfirmAccountReset({ reset, onDone, onClose }: Props) {
  const [errors, setErrors] = useState<FieldError[]>([])
  const whenFresh = useWhenFresh()
  const { resetId, login, person, openedByName, takesFactor } = reset
  const confirming = useMutation({
    mutationFn: (input: Given) => whenFresh(() => call(confirmAccountReset, { params: { resetId }, input })),
    onSettled: onDone,
    gcTime: 0,
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const given = readPersonFields(form)
    const missing = missingOfPerson(given)
    setErrors(missing)
    if (missing.length === 0) confirming.mutate({ ...given, takesFactor: form.has('takes-factor') })
  }
  if (confirming.data) return <ResetPaper confirmed={confirming.data} onClose={onClose} />
  return (
    <section className="mx-panel" aria-labelledby="confirm-account-reset">
      <h2 id="confirm-account-reset">{say('console.account-resets.confirm-title')}</h2>
      <p>
        {login} · {person}
      </p>
      <p className="mx-quiet">{say('console.account-resets.confirm-lead', { name: openedByName })}</p>
      <ErrorSummary key={confirming.submittedAt + errors.length} errors={errors} problem={confirming.error} />
      <form onSubmit={submit} noValidate autoComplete="off" className="mx-column">
        <PersonFields errors={errors} />
        {takesFactor ? (
          <>
            <label className="mx-tick">
              <input type="checkbox" name="takes-factor" /> {say('console.account-resets.factor')}
            </label>
            <p className="mx-quiet">{say('console.account-resets.factor-confirm')}</p>
          </>
        ) : null}
        <div className="mx-row">
          <Button type="primary" htmlType="submit" loading={confirming.isPending}>
            {say('console.account-resets.confirm-now')}
          </Button>
          <Button onClick={onClose}>{say('console.bindings.cancel')}</Button>
        </div>
      </form>
    </section>
  )
}

type PaperProps = { readonly confirmed: Answer<typeof confirmAccountReset>; readonly onClose: () => void }

/** The code, once: on a sheet of its own that prints alone and closes by its button only. */
function ResetPaper({ confirmed: { code, login, endsAt, takesFactor }, onClose }: PaperProps) {
  const me = useMe()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return createPortal(
    <dialog
      ref={dialog}
      className="mx-shown-code mx-handed"
      aria-labelledby="reset-paper"
      onCancel={event => event.preventDefault()}
      onClose={onClose}
    >
      <h2 id="reset-paper">{say('console.account-resets.paper', { platform: me.platformName })}</h2>
      <p className="mx-strong">{say('console.account-resets.paper-account', { login })}</p>
      <p className="mx-handed-code">{code}</p>
      <p className="mx-strong">{say('console.people.paper-until', { until: minuteText(endsAt) })}</p>
      <p>{say('console.account-resets.paper-how', { address: `${globalThis.location.origin}/signin/reset` })}</p>
      <p>{say(takesFactor ? 'console.account-resets.paper-gone' : 'console.account-resets.paper-stays')}</p>
      <p className="mx-quiet mx-no-print">{say('console.people.paper-once')}</p>
      <div className="mx-row mx-no-print">
        <Button type="primary" onClick={() => globalThis.print()}>
          {say('console.print')}
        </Button>
        <Button onClick={onClose}>{say('console.people.paper-handed')}</Button>
      </div>
    </dialog>,
    document.body,
  )
}
