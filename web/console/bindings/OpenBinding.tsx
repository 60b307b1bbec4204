import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { openBinding } from '../../../src/mandates/contract.ts'
import { CAPACITIES, type Capacity, EXTENTS, type Extent } from '../../../src/mandates/model.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { Receipt } from '../../kit/Receipt.tsx'
import { say } from '../../kit/words.ts'
import { missingOfPerson, PersonFields, readPersonFields } from './PersonFields.tsx'

type Wish = z.input<(typeof openBinding)['input']>
const EVIDENCE: Readonly<Record<Capacity, readonly Wish['evidenceKind'][]>> = {
  self: ['identity-document'],
  'legal-representative': ['business-licence'],
  agent: ['authorisation-letter'],
}

type Props = { readonly onDone: () => void; readonly onClose: () => void }

/** The first officer: who, for whom, in what capacity, on which paper. */
export function OpenBinding({ onDone, onClose }: Props) {
  const [capacity, setCapacity] = useState<Capacity>('legal-representative')
  const [errors, setErrors] = useState<FieldError[]>([])
  const opening = useMutation({ mutationFn: (input: Wish) => call(openBinding, { input }), onSuccess: onDone, gcTime: 0 })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const wish = readWish(new FormData(event.currentTarget), capacity)
    const missing = missingOf(wish)
    setErrors(missing)
    if (missing.length === 0) opening.mutate(wish)
  }
  const errorOf = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  if (opening.data) return <Opened opened={opening.data} onClose={onClose} />
  return (
    <section className="mx-panel" aria-labelledby="open-binding">
      <h2 id="open-binding">{say('console.bindings.open')}</h2>
      <ErrorSummary key={opening.submittedAt + errors.length} errors={errors} problem={opening.error} />
      <form onSubmit={submit} noValidate autoComplete="off" className="mx-column">
        <fieldset className="mx-choice">
          <legend>{say('console.bindings.capacity')}</legend>
          {CAPACITIES.map(it => (
            <label key={it}>
              <input type="radio" name="capacity" value={it} checked={capacity === it} onChange={() => setCapacity(it)} />{' '}
              {say(`console.bindings.capacity.${it}`)}
            </label>
          ))}
        </fieldset>
        {capacity === 'self' ? null : (
          <Field id="binding-uscc" label={say('console.bindings.uscc')} error={errorOf('binding-uscc')} width="20em">
            <Input id="binding-uscc" name="uscc" maxLength={40} autoComplete="off" spellCheck={false} />
          </Field>
        )}
        <PersonFields errors={errors} />
        {capacity === 'agent' ? <AgentFields errors={errors} /> : null}
        <Field
          id="binding-evidence"
          label={say(`console.bindings.evidence-number.${capacity}`)}
          hint={say('console.bindings.evidence-hint')}
          error={errorOf('binding-evidence')}
          width="20em"
        >
          <Input
            id="binding-evidence"
            name="evidenceNumber"
            maxLength={100}
            autoComplete="off"
            aria-describedby="binding-evidence-hint"
          />
        </Field>
        <div className="mx-row">
          <Button type="primary" htmlType="submit" loading={opening.isPending}>
            {say('console.bindings.submit')}
          </Button>
          <Button onClick={onClose}>{say('console.bindings.cancel')}</Button>
        </div>
        <p className="mx-quiet">{say('console.bindings.look-note')}</p>
      </form>
    </section>
  )
}

function readWish(form: FormData, capacity: Capacity): Wish {
  const text = (name: string): string => String(form.get(name) ?? '').trim()
  const isAgent = capacity === 'agent'
  return {
    ...readPersonFields(form),
    capacity,
    uscc: capacity === 'self' ? null : text('uscc'),
    extent: isAgent ? (form.getAll('extent').map(String) as Extent[]) : null,
    until: isAgent ? text('until') : null,
    evidenceKind: EVIDENCE[capacity][0] ?? 'identity-document',
    evidenceNumber: text('evidenceNumber'),
  }
}

function missingOf(wish: Wish): FieldError[] {
  const missing = missingOfPerson({ ...wish, birth: wish.birth ?? null })
  if (wish.uscc === '') missing.unshift({ id: 'binding-uscc', message: say('console.bindings.uscc-missing') })
  if (wish.capacity === 'agent' && (wish.extent ?? []).length === 0)
    missing.push({ id: 'binding-extent', message: say('console.bindings.extent-missing') })
  if (wish.capacity === 'agent' && !wish.until)
    missing.push({ id: 'binding-until', message: say('console.bindings.until-missing') })
  if (wish.evidenceNumber === '') missing.push({ id: 'binding-evidence', message: say('console.bindings.evidence-missing') })
  return missing
}

function AgentFields({ errors }: { readonly errors: readonly FieldError[] }) {
  const errorOf = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  return (
    <>
      <fieldset className="mx-choice">
        <legend>{say('console.bindings.extent')}</legend>
        {errorOf('binding-extent') ? <p className="mx-error">{errorOf('binding-extent')}</p> : null}
        {EXTENTS.map((it, index) => (
          <label key={it}>
            <input type="checkbox" name="extent" value={it} {...(index === 0 ? { id: 'binding-extent' } : {})} />{' '}
            {say(`console.bindings.extent.${it}`)}
          </label>
        ))}
      </fieldset>
      <Field
        id="binding-until"
        label={say('console.bindings.until')}
        hint={say('console.bindings.until-hint')}
        error={errorOf('binding-until')}
        width="12em"
      >
        <input
          id="binding-until"
          name="until"
          type="date"
          className="mx-day"
          max="2999-12-31"
          aria-describedby="binding-until-hint"
        />
      </Field>
    </>
  )
}

type OpenedProps = { readonly opened: z.output<(typeof openBinding)['output']>; readonly onClose: () => void }

function Opened({ opened, onClose }: OpenedProps) {
  return (
    <section role="status" className="mx-panel">
      <p className="mx-strong">{say('console.bindings.opened-done', { until: instantText(opened.expiresAt) })}</p>
      {opened.subjectName ? <p>{opened.subjectName}</p> : null}
      {opened.receipt ? <Receipt receipt={opened.receipt} /> : null}
      <Button onClick={onClose}>{say('console.bindings.close')}</Button>
    </section>
  )
}
