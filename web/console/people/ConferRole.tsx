import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { proposeRole } from '../../../src/people/contract.ts'
import type { RoleView } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { DayField } from '../../kit/DayField.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { useStartOnce } from '../../kit/start-once.ts'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import { useRefresh } from './people-queries.ts'

type Props = { readonly accountId: number; readonly roles: readonly RoleView[]; readonly onClose: () => void }

/** Proposes a role with its days; another person confirms it. */
export function ConferRole({ accountId, roles, onClose }: Props) {
  const me = useMe()
  const refresh = useRefresh()
  const [role, setRole] = useState(roles[0]?.id ?? '')
  const [from, setFrom] = useState(me.today)
  const [until, setUntil] = useState('')
  const proposing = useMutation({
    mutationFn: (reason: string) =>
      call(proposeRole, { params: { accountId }, input: { role, from, until: until === '' ? null : until, reason } }),
    onSuccess: refresh,
  })
  const propose = useStartOnce(proposing)
  if (proposing.data)
    return (
      <div role="status" className="mx-row">
        <p>{say(proposing.data.inForce ? 'console.people.conferred' : 'console.people.proposed')}</p>
        <Button onClick={onClose}>{say('console.people.done')}</Button>
      </div>
    )
  const id = (name: string): string => `${name}-${accountId}`
  return (
    <form
      className="mx-column"
      onSubmit={event => {
        event.preventDefault()
        propose(String(new FormData(event.currentTarget).get('reason') ?? ''))
      }}
    >
      <ErrorSummary problem={proposing.error} />
      <Field id={id('role')} label={say('console.people.role')} hint={roles.find(it => it.id === role)?.duty} width="24em">
        <Select
          id={id('role')}
          className="mx-full"
          value={role}
          onChange={setRole}
          options={roles.map(it => ({ value: it.id, label: it.name }))}
        />
      </Field>
      <div className="mx-row">
        <Field id={id('from')} label={say('console.people.from')}>
          <DayField id={id('from')} value={from} onChange={setFrom} />
        </Field>
        <Field id={id('until')} label={say('console.people.until')}>
          <DayField id={id('until')} value={until} onChange={setUntil} />
        </Field>
      </div>
      <Field id={id('why')} label={say('console.people.reason')} width="24em">
        <Input id={id('why')} name="reason" required minLength={2} maxLength={200} />
      </Field>
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={proposing.isPending} disabled={proposing.isPending}>
          {say('console.people.confer')}
        </Button>
        <Button onClick={onClose}>{say('console.people.cancel')}</Button>
      </div>
    </form>
  )
}
