import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { DayField } from '../../kit/DayField.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { OUTLET_NAMES } from './LookTable.tsx'

const TYPED = ['unit', 'purpose', 'businessNo', 'receipt'] as const

type Props = { readonly search: URLSearchParams; readonly onSet: (next: URLSearchParams) => void }

/** What the register is filtered by. Whose looks, by the actor's id, comes with a link and is only taken away here. */
export function LookFilters({ search, onSet }: Props) {
  const [from, setFrom] = useState(search.get('from') ?? '')
  const [until, setUntil] = useState(search.get('until') ?? '')
  const [outlet, setOutlet] = useState(search.get('outlet') ?? '')
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const next = new URLSearchParams()
    const typed = TYPED.map(name => [name, String(given.get(name) ?? '').trim()] as const)
    const chosen = [
      ['from', from],
      ['until', until],
      ['outlet', outlet],
      ['actor', search.get('actor') ?? ''],
    ] as const
    for (const [name, value] of [...chosen, ...typed]) if (value) next.set(name, value)
    onSet(next)
  }
  return (
    <form className="mx-row mx-panel mx-no-print" onSubmit={submit}>
      <Field id="from" label={say('console.looks.from')}>
        <DayField id="from" value={from} onChange={setFrom} />
      </Field>
      <Field id="until" label={say('console.looks.until')}>
        <DayField id="until" value={until} onChange={setUntil} />
      </Field>
      <Field id="unit" label={say('console.looks.unit')} width="14em">
        <Input id="unit" name="unit" defaultValue={search.get('unit') ?? ''} />
      </Field>
      <Field id="outlet" label={say('console.looks.outlet')} width="14em">
        <Select
          id="outlet"
          className="mx-full"
          value={outlet}
          onChange={setOutlet}
          options={[
            { value: '', label: say('console.looks.all') },
            ...[...OUTLET_NAMES].map(([value, label]) => ({ value, label })),
          ]}
        />
      </Field>
      <Field id="purpose" label={say('console.purpose.purpose')} width="12em">
        <Input id="purpose" name="purpose" defaultValue={search.get('purpose') ?? ''} />
      </Field>
      <Field id="business-no" label={say('console.purpose.number')} width="12em">
        <Input id="business-no" name="businessNo" defaultValue={search.get('businessNo') ?? ''} />
      </Field>
      <Field id="receipt" label={say('console.receipt.label')} width="12em">
        <Input id="receipt" name="receipt" defaultValue={search.get('receipt') ?? ''} />
      </Field>
      <Button htmlType="submit" type="primary">
        {say('console.looks.filter')}
      </Button>
      {search.size > 0 ? <Button onClick={() => onSet(new URLSearchParams())}>{say('console.looks.clear')}</Button> : null}
    </form>
  )
}
