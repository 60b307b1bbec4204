import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { confirmReset } from '../../../src/access/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { HandedCode } from './HandedCode.tsx'
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
      <p>{say(reset.isActivated ? 'console.people.reset-confirm-note' : 'console.people.reset-confirm-dormant')}</p>
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

function HandedOver({ reset, confirmed: { code, endsAt, takesFactor }, onClose }: HandedProps) {
  const me = useMe()
  return (
    <HandedCode
      title={say('console.people.paper', { platform: me.platformName })}
      whose={`${reset.name} ${reset.login}`}
      code={code}
      endsAt={endsAt}
      lines={[
        say('console.people.paper-how', { address: `${globalThis.location.origin}/signin/reset` }),
        ...(reset.isActivated
          ? [say(takesFactor ? 'console.people.paper-factor-gone' : 'console.people.paper-factor-stays')]
          : []),
      ]}
      onClose={onClose}
    />
  )
}
