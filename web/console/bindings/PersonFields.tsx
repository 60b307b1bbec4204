import { Input } from 'antd'
import { useState } from 'react'
import { PERSON_DOCUMENTS } from '../../../src/subject/person-document.ts'
import type { FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

export type PersonGiven = {
  readonly name: string
  readonly documentKind: string
  readonly documentNumber: string
  readonly birth: string | null
}

/** What was typed of a person. Nothing of it stands in an address or stays in the fields after it was sent. */
export function readPersonFields(form: FormData): PersonGiven {
  const text = (name: string): string => String(form.get(name) ?? '').trim()
  return {
    name: text('name'),
    documentKind: text('documentKind'),
    documentNumber: text('documentNumber').replaceAll(/\s/g, '').toUpperCase(),
    birth: text('birth') || null,
  }
}

/** What is missing of a person before anything is sent. */
export function missingOfPerson({ name, documentKind, documentNumber, birth }: PersonGiven): FieldError[] {
  const missing: FieldError[] = []
  if (name === '') missing.push({ id: 'binding-name', message: say('console.bindings.name-missing') })
  if (documentNumber.length < 5) missing.push({ id: 'binding-number', message: say('console.bindings.number-missing') })
  if (documentKind !== 'resident-id' && birth === null)
    missing.push({ id: 'binding-birth', message: say('console.bindings.birth-missing') })
  return missing
}

/** Name and document, as they stand on the original. */
export function PersonFields({ errors }: { readonly errors: readonly FieldError[] }) {
  const [kind, setKind] = useState('resident-id')
  const errorOf = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  return (
    <div className="mx-row">
      <Field id="binding-name" label={say('console.bindings.name')} error={errorOf('binding-name')} width="10em">
        <Input id="binding-name" name="name" maxLength={60} autoComplete="off" />
      </Field>
      <Field id="binding-kind" label={say('console.bindings.document')} width="14em">
        <select
          id="binding-kind"
          name="documentKind"
          className="mx-day"
          value={kind}
          onChange={event => setKind(event.target.value)}
        >
          {Object.entries(PERSON_DOCUMENTS).map(([id, { name }]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field id="binding-number" label={say('console.bindings.number')} error={errorOf('binding-number')} width="16em">
        <Input id="binding-number" name="documentNumber" maxLength={40} autoComplete="off" />
      </Field>
      {kind === 'resident-id' ? null : (
        <Field id="binding-birth" label={say('console.bindings.birth')} error={errorOf('binding-birth')} width="11em">
          <input id="binding-birth" name="birth" type="date" className="mx-day" min="1900-01-01" max="2999-12-31" />
        </Field>
      )}
    </div>
  )
}
