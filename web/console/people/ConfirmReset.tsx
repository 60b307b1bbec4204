import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { confirmReset } from '../../../src/access/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { useRefresh } from './people-queries.ts'
import type { Reset } from './Resets.tsx'

type Props = { readonly reset: Reset; readonly onClose: () => void }

/** The second administrator's part: what ends at once is said before, the code comes after. */
export function ConfirmReset({ reset, onClose }: Props) {
  const refresh = useRefresh()
  const whenFresh = useWhenFresh()
  const { resetId, name, login } = reset
  const confirming = useMutation({
    mutationFn: (takesFactor: boolean) => whenFresh(() => call(confirmReset, { params: { resetId }, input: { takesFactor } })),
    onSettled: refresh,
    gcTime: 0,
  })
  if (confirming.data) return <HandedOver reset={reset} confirmed={confirming.data} onClose={onClose} />
  return (
    <form
      className="mx-panel mx-column"
      onSubmit={event => {
        event.preventDefault()
        confirming.mutate(new FormData(event.currentTarget).has('takes-factor'))
      }}
    >
      <h3>{say('console.people.reset-title', { name: `${name} ${login}` })}</h3>
      <p>{say('console.people.reset-confirm-note')}</p>
      <ErrorSummary problem={confirming.error} />
      {reset.takesFactor ? (
        <>
          <label className="mx-tick">
            <input type="checkbox" name="takes-factor" /> {say('console.people.reset-factor')}
          </label>
          <p className="mx-quiet">{say('console.people.reset-factor-confirm')}</p>
        </>
      ) : null}
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={confirming.isPending}>
          {say('console.people.reset-confirm-now')}
        </Button>
        <Button onClick={onClose}>{say('console.people.cancel')}</Button>
      </div>
    </form>
  )
}

type HandedProps = Props & { readonly confirmed: Answer<typeof confirmReset> }

/** The code, once: on a page of its own that prints alone and closes by its button only. */
function HandedOver({ reset: { name, login }, confirmed: { code, endsAt, takesFactor }, onClose }: HandedProps) {
  const me = useMe()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return createPortal(
    <dialog
      ref={dialog}
      className="mx-shown-code mx-handed"
      aria-labelledby="handed-over"
      onCancel={event => event.preventDefault()}
      onClose={onClose}
    >
      <h2 id="handed-over">{say('console.people.paper', { platform: me.platformName })}</h2>
      <p className="mx-strong">
        {name} {login}
      </p>
      <p className="mx-handed-code">{code}</p>
      <p className="mx-strong">{say('console.people.paper-until', { until: minuteText(endsAt) })}</p>
      <p>{say('console.people.paper-how', { address: `${globalThis.location.origin}/signin/reset` })}</p>
      <p>{say(takesFactor ? 'console.people.paper-factor-gone' : 'console.people.paper-factor-stays')}</p>
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
