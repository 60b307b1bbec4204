import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { askReset } from '../../../src/access/contract.ts'
import type { PersonView } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useRefresh } from './people-queries.ts'

type Props = { readonly person: PersonView; readonly onClose: () => void }

/** Asks for a new password of somebody who has lost the old one; another administrator confirms and hands over the code. */
export function AskReset({ person: { accountId, name, isActivated }, onClose }: Props) {
  const refresh = useRefresh()
  const whenFresh = useWhenFresh()
  const asking = useMutation({
    mutationFn: (input: { reason: string; takesFactor: boolean }) =>
      whenFresh(() => call(askReset, { params: { accountId }, input })),
    onSuccess: refresh,
  })
  if (asking.data)
    return (
      <div role="status" className="mx-row">
        <p>{say('console.people.reset-asked')}</p>
        <Button onClick={onClose}>{say('console.people.done')}</Button>
      </div>
    )
  const id = `reset-reason-${accountId}`
  return (
    <form
      className="mx-column"
      onSubmit={event => {
        event.preventDefault()
        const given = new FormData(event.currentTarget)
        asking.mutate({ reason: String(given.get('reason') ?? ''), takesFactor: given.has('takes-factor') })
      }}
    >
      <p className="mx-strong">{say(isActivated ? 'console.people.reset-title' : 'console.people.again-title', { name })}</p>
      <p>{say(isActivated ? 'console.people.reset-note' : 'console.people.again-note')}</p>
      <ErrorSummary problem={asking.error} />
      <Field id={id} label={say('console.people.reason')} width="24em">
        <Input id={id} name="reason" required maxLength={200} />
      </Field>
      {isActivated ? (
        <>
          <label className="mx-tick">
            <input type="checkbox" name="takes-factor" /> {say('console.people.reset-factor')}
          </label>
          <p className="mx-quiet">{say('console.people.reset-factor-note')}</p>
        </>
      ) : null}
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={asking.isPending}>
          {say(isActivated ? 'console.people.reset' : 'console.people.again')}
        </Button>
        <Button onClick={onClose}>{say('console.people.cancel')}</Button>
      </div>
    </form>
  )
}
