import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import { searchPersons } from '../../../src/archive/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { missingOf, PurposeFields } from '../../kit/PurposeBar.tsx'
import { rememberPurpose } from '../../kit/purpose.ts'
import { Receipt } from '../../kit/Receipt.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'

type Asked = z.input<(typeof searchPersons)['input']>

/** A person by name and document number, sent in the body and registered. Nothing of it stands in an address or stays in the field. */
export function PersonsPage() {
  const [errors, setErrors] = useState<FieldError[]>([])
  const finding = useMutation({ mutationFn: (input: Asked) => call(searchPersons, { input }), gcTime: 0 })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const given = (name: string): string => String(new FormData(form).get(name) ?? '').trim()
    const purpose = given('purpose')
    const businessNo = given('businessNo')
    const name = given('name')
    const documentNumber = given('documentNumber').replaceAll(/\s/g, '').toUpperCase()
    const missing = missingOf(purpose, businessNo)
    if (name === '') missing.push({ id: 'person-name', message: say('console.persons.name-missing') })
    if (documentNumber.length < 5) missing.push({ id: 'document-number', message: say('console.persons.number-missing') })
    setErrors(missing)
    if (missing.length > 0) return
    rememberPurpose({ purpose, businessNo })
    finding.mutate({ documentNumber, name, purpose, businessNo })
    const field = form.elements.namedItem('documentNumber')
    if (field instanceof HTMLInputElement) field.value = ''
  }
  const errorOf = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  return (
    <Page
      title={say('console.persons.title')}
      lead={say('console.persons.lead')}
      actions={<Link to={pathTo('subjects')}>{say('console.subjects.title')}</Link>}
    >
      <ErrorSummary key={finding.submittedAt + errors.length} errors={errors} problem={finding.error} />
      <form onSubmit={submit} noValidate autoComplete="off" className="mx-panel">
        <div className="mx-row">
          <PurposeFields errors={errors} />
          <Field id="person-name" label={say('console.persons.name')} error={errorOf('person-name')} width="10em">
            <Input id="person-name" name="name" maxLength={60} autoComplete="off" />
          </Field>
          <Field id="document-number" label={say('console.persons.number')} error={errorOf('document-number')} width="16em">
            <Input id="document-number" name="documentNumber" maxLength={40} autoComplete="off" />
          </Field>
          <Button type="primary" htmlType="submit" loading={finding.isPending}>
            {say('console.persons.submit')}
          </Button>
        </div>
      </form>
      {finding.data ? (
        <section role="status" className="mx-panel">
          {finding.data.subjects.length === 0 ? <p>{say('console.persons.none')}</p> : null}
          <ul className="mx-reasons">
            {finding.data.subjects.map(it => (
              <li key={it.subjectId}>
                {it.name} <Link to={pathTo('subject', { subjectId: it.subjectId })}>{say('console.persons.open')}</Link>
              </li>
            ))}
          </ul>
          <Receipt receipt={finding.data.receipt} />
        </section>
      ) : null}
    </Page>
  )
}
