import { Input, Select } from 'antd'
import { useState } from 'react'
import type { listOrganisations, OrganisationWish } from '../../../src/people/contract.ts'
import { type OrganisationView, REGISTERED_KINDS } from '../../../src/people/model.ts'
import type { Answer } from '../../kit/call.ts'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

export type Directory = Pick<Answer<typeof listOrganisations>, 'kinds' | 'organisations'>
type Kind = (typeof REGISTERED_KINDS)[number]
type Chosen = { readonly kind: Kind; readonly parent: string }

/** The kind and the organisation above, as they are chosen; those of `of` at first. */
export function useChosen(of?: OrganisationView): readonly [Chosen, (chosen: Chosen) => void] {
  return useState<Chosen>({
    kind: REGISTERED_KINDS.find(kind => kind === of?.kind) ?? REGISTERED_KINDS[0],
    parent: of?.parent ?? '',
  })
}

/** What was typed and chosen, as the doors take it. */
export function readWish(form: HTMLFormElement, { kind, parent }: Chosen): OrganisationWish {
  const given = new FormData(form)
  const text = (name: string): string => String(given.get(name) ?? '')
  return { name: text('name'), uscc: text('uscc'), reason: text('reason'), kind, parent: parent === '' ? null : parent }
}

type Props = Directory & {
  /** Before the ids of the fields: two of these stand on one page. */
  readonly prefix: string
  readonly of?: OrganisationView
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
}

/** What is registered of an organisation, and why. */
export function OrganisationFields({ prefix, of, kinds, organisations, chosen, onChoose }: Props) {
  const id = (field: string): string => `${prefix}-${field}`
  const above = organisations.filter(it => it.isOpen && it.id !== of?.id)
  return (
    <>
      <Field id={id('name')} label={say('console.people.org-name')} width="24em">
        <Input id={id('name')} name="name" required minLength={2} maxLength={120} defaultValue={of?.name} />
      </Field>
      <Field id={id('uscc')} label={say('console.people.uscc')} width="24em">
        <Input id={id('uscc')} name="uscc" required maxLength={40} defaultValue={of?.uscc} />
      </Field>
      <Field id={id('kind')} label={say('console.people.kind')} width="24em">
        <Select
          id={id('kind')}
          className="mx-full"
          value={chosen.kind}
          onChange={kind => onChoose({ ...chosen, kind })}
          options={kinds.map(it => ({ value: it.id as Kind, label: it.name }))}
        />
      </Field>
      <Field id={id('parent')} label={say('console.people.parent')} width="24em">
        <Select
          id={id('parent')}
          className="mx-full"
          showSearch={{ optionFilterProp: 'label' }}
          value={chosen.parent}
          onChange={parent => onChoose({ ...chosen, parent })}
          options={[{ value: '', label: '—' }, ...above.map(it => ({ value: it.id, label: it.name }))]}
        />
      </Field>
      <Field id={id('reason')} label={say('console.people.reason')} width="24em">
        <Input id={id('reason')} name="reason" required minLength={2} maxLength={200} />
      </Field>
    </>
  )
}
