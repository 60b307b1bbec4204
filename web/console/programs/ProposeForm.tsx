import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { propose } from '../../../src/programs/contract.ts'
import { call } from '../../kit/call.ts'
import { DayField } from '../../kit/DayField.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { choicesQuery } from './program-queries.ts'

type Props = { readonly onDone: () => Promise<void>; readonly onCancel: () => void }
type Draft = { name: string; unit: string; purpose: string; scopes: string[]; quota: string; networks: string; endsOn: string }

const EMPTY: Draft = { name: '', unit: '', purpose: '', scopes: [], quota: 'program-standard', networks: '', endsOn: '' }

/** Proposes a program: whose, what for, what it may do, from where, until when. */
export function ProposeForm({ onDone, onCancel }: Props) {
  const [draft, setDraft] = useState(EMPTY)
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const { data, error } = useQuery(choicesQuery)
  const proposing = useMutation({
    mutationFn: () => call(propose, { input: { ...draft, networks: draft.networks.split(/[\s,，、]+/).filter(Boolean) } }),
    onSuccess: onDone,
  })
  if (!data) return error ? <ErrorSummary problem={error} /> : <Skeleton active title={false} />
  const quotas = data.quotas.map(({ quota, name, perMinute }) => ({
    value: quota,
    label: say('console.programs.quota-choice', { name, perMinute }),
  }))
  return (
    <form
      className="mx-panel mx-form"
      onSubmit={event => {
        event.preventDefault()
        proposing.mutate()
      }}
    >
      <h2>{say('console.programs.propose')}</h2>
      <ErrorSummary key={proposing.submittedAt} problem={proposing.error} />
      <Who draft={draft} units={data.units} onChange={change} />
      <Field id="program-quota" label={say('console.programs.quota')} width="24em">
        <Select
          id="program-quota"
          className="mx-full"
          value={draft.quota}
          onChange={quota => change({ quota })}
          options={quotas}
        />
      </Field>
      <Field
        id="program-networks"
        label={say('console.programs.networks')}
        hint={say('console.programs.networks-hint')}
        optional
        width="36em"
      >
        <Input
          id="program-networks"
          value={draft.networks}
          aria-describedby="program-networks-hint"
          onChange={event => change({ networks: event.target.value })}
        />
      </Field>
      <Field id="program-ends" label={say('console.programs.ends')} hint={say('console.programs.ends-hint')}>
        <DayField
          id="program-ends"
          value={draft.endsOn}
          describedBy="program-ends-hint"
          onChange={endsOn => change({ endsOn })}
        />
      </Field>
      <div className="mx-row">
        <Button htmlType="submit" type="primary" loading={proposing.isPending}>
          {say('console.programs.send-proposal')}
        </Button>
        <Button onClick={onCancel}>{say('console.programs.not-now')}</Button>
      </div>
    </form>
  )
}

type Units = readonly { unit: string; name: string; scopes: readonly { scope: string; name: string }[] }[]
type WhoProps = { readonly draft: Draft; readonly units: Units; readonly onChange: (part: Partial<Draft>) => void }

function Who({ draft, units, onChange }: WhoProps) {
  const scopes = units.find(one => one.unit === draft.unit)?.scopes ?? []
  return (
    <>
      <Field id="program-unit" label={say('console.programs.unit')} width="24em">
        <Select
          id="program-unit"
          className="mx-full"
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.unit || null}
          onChange={unit => onChange({ unit: unit ?? '', scopes: [] })}
          options={units.map(one => ({ value: one.unit, label: one.name }))}
        />
      </Field>
      <Field id="program-name" label={say('console.programs.name')} width="24em">
        <Input id="program-name" maxLength={60} value={draft.name} onChange={event => onChange({ name: event.target.value })} />
      </Field>
      <Field id="program-purpose" label={say('console.programs.purpose')} width="36em">
        <Input
          id="program-purpose"
          maxLength={200}
          value={draft.purpose}
          onChange={event => onChange({ purpose: event.target.value })}
        />
      </Field>
      <fieldset className="mx-field">
        <legend>{say('console.programs.scopes')}</legend>
        {scopes.length === 0 ? (
          <p className="mx-hint">{say('console.programs.unit-first')}</p>
        ) : (
          <Checkbox.Group
            value={draft.scopes}
            onChange={chosen => onChange({ scopes: chosen.map(String) })}
            options={scopes.map(({ scope, name }) => ({ value: scope, label: name }))}
          />
        )}
      </fieldset>
    </>
  )
}
