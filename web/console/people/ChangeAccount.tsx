import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { changeAccount } from '../../../src/people/contract.ts'
import type { OrganisationView, PersonView } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useRefresh } from './people-queries.ts'

type Props = {
  readonly person: PersonView
  readonly organisations: readonly OrganisationView[]
  readonly onClose: () => void
}

/** Gives an account another name, or moves it to another organisation, which takes all its roles away. */
export function ChangeAccount({ person: { accountId, name, unit: from }, organisations, onClose }: Props) {
  const refresh = useRefresh()
  const [unit, setUnit] = useState(from)
  const changing = useMutation({
    mutationFn: (given: { name: string; reason: string }) =>
      call(changeAccount, { params: { accountId }, input: { ...given, unit } }),
    onSuccess: () => {
      refresh()
      onClose()
    },
  })
  const id = (field: string): string => `change-${field}-${accountId}`
  return (
    <form
      className="mx-column"
      onSubmit={event => {
        event.preventDefault()
        const given = new FormData(event.currentTarget)
        changing.mutate({ name: String(given.get('name') ?? ''), reason: String(given.get('reason') ?? '') })
      }}
    >
      <p className="mx-strong">{say('console.people.change-title', { name })}</p>
      <ErrorSummary problem={changing.error} />
      <Field id={id('name')} label={say('console.people.name')} width="12em">
        <Input id={id('name')} name="name" required maxLength={60} defaultValue={name} />
      </Field>
      <Field id={id('unit')} label={say('console.people.unit')} hint={say('console.people.change-note')} width="24em">
        <Select
          id={id('unit')}
          className="mx-full"
          showSearch={{ optionFilterProp: 'label' }}
          aria-describedby={`${id('unit')}-hint`}
          value={unit}
          onChange={setUnit}
          options={organisations.filter(it => it.isOpen || it.id === from).map(it => ({ value: it.id, label: it.name }))}
        />
      </Field>
      <Field id={id('reason')} label={say('console.people.reason')} width="24em">
        <Input id={id('reason')} name="reason" required minLength={2} maxLength={200} />
      </Field>
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={changing.isPending}>
          {say(unit === from ? 'console.people.change-name' : 'console.people.change-unit')}
        </Button>
        <Button onClick={onClose}>{say('console.people.cancel')}</Button>
      </div>
    </form>
  )
}
