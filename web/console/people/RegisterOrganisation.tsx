import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { proposeOrganisation } from '../../../src/people/contract.ts'
import { type OrganisationView, REGISTERED_KINDS } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useRefresh } from './people-queries.ts'

type Props = {
  readonly kinds: readonly { readonly id: string; readonly name: string }[]
  readonly organisations: readonly OrganisationView[]
}
type Kind = (typeof REGISTERED_KINDS)[number]

/** Proposes to register a bank, an institution or a platform. */
export function RegisterOrganisation({ kinds, organisations }: Props) {
  const refresh = useRefresh()
  const [kind, setKind] = useState<Kind>(REGISTERED_KINDS[0])
  const [parent, setParent] = useState('')
  const proposing = useMutation({
    mutationFn: (given: { name: string; uscc: string; reason: string }) =>
      call(proposeOrganisation, { input: { ...given, kind, parent: parent === '' ? null : parent } }),
    onSuccess: refresh,
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const text = (name: string): string => String(given.get(name) ?? '')
    proposing.mutate({ name: text('name'), uscc: text('uscc'), reason: text('reason') })
  }
  return (
    <form className="mx-panel mx-column mx-no-print" onSubmit={submit}>
      <h2>{say('console.people.register')}</h2>
      <p className="mx-quiet">{say('console.people.register-lead')}</p>
      <ErrorSummary problem={proposing.error} />
      <Field id="org-name" label={say('console.people.org-name')} width="24em">
        <Input id="org-name" name="name" required minLength={2} maxLength={120} />
      </Field>
      <Field id="org-uscc" label={say('console.people.uscc')} width="24em">
        <Input id="org-uscc" name="uscc" required maxLength={40} />
      </Field>
      <Field id="org-kind" label={say('console.people.kind')} width="24em">
        <Select
          id="org-kind"
          className="mx-full"
          value={kind}
          onChange={setKind}
          options={kinds.map(it => ({ value: it.id as Kind, label: it.name }))}
        />
      </Field>
      <Field id="org-parent" label={say('console.people.parent')} width="24em">
        <Select
          id="org-parent"
          className="mx-full"
          showSearch={{ optionFilterProp: 'label' }}
          value={parent}
          onChange={setParent}
          options={[
            { value: '', label: '—' },
            ...organisations.filter(it => it.isOpen).map(it => ({ value: it.id, label: it.name })),
          ]}
        />
      </Field>
      <Field id="org-reason" label={say('console.people.reason')} width="24em">
        <Input id="org-reason" name="reason" required minLength={2} maxLength={200} />
      </Field>
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={proposing.isPending}>
          {say('console.people.register')}
        </Button>
      </div>
      <p role="status">{proposing.data ? say('console.people.proposed') : ''}</p>
    </form>
  )
}
