import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { ErrorSummary, type FieldError } from './ErrorSummary.tsx'
import { Field } from './Field.tsx'
import { lastPurpose, purposesLastUsedFirst, rememberPurpose } from './purpose.ts'
import { say } from './words.ts'

export type Purpose = { readonly purpose: string; readonly businessNo: string }

type Props = {
  readonly value: Purpose | null
  readonly onSet: (purpose: Purpose | null) => void
  /** What setting it opens, as a sentence. */
  readonly opens: string
}

/** Purpose before data: nothing that is not public is drawn until both fields are set. The look is registered with the read. */
export function PurposeBar({ value, onSet, opens }: Props) {
  if (value)
    return (
      <p className="mx-purpose mx-purpose-set" role="status">
        {say('console.purpose.set', { purpose: value.purpose, businessNo: value.businessNo })}
        <Button type="link" onClick={() => onSet(null)}>
          {say('console.purpose.change')}
        </Button>
      </p>
    )
  return <PurposeForm onSet={onSet} opens={opens} />
}

function PurposeForm({ onSet, opens }: Pick<Props, 'onSet' | 'opens'>) {
  const [errors, setErrors] = useState<FieldError[]>([])
  const form = useRef<HTMLFormElement>(null)
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const given = new FormData(form.current ?? undefined)
    const purpose = String(given.get('purpose') ?? '').trim()
    const businessNo = String(given.get('businessNo') ?? '').trim()
    const missing = missingOf(purpose, businessNo)
    setErrors(missing)
    if (missing.length > 0) return
    rememberPurpose({ purpose, businessNo })
    onSet({ purpose, businessNo })
  }
  return (
    <section className="mx-purpose" aria-label={say('console.purpose.label')}>
      <p>{opens}</p>
      <ErrorSummary errors={errors} />
      <form ref={form} className="mx-row" onSubmit={submit} noValidate>
        <PurposeFields errors={errors} />
        <Button type="primary" htmlType="submit">
          {say('console.purpose.submit')}
        </Button>
      </form>
    </section>
  )
}

/** What is missing before a registered look. */
export function missingOf(purpose: string, businessNo: string): FieldError[] {
  const errors: FieldError[] = []
  if (purpose === '') errors.push({ id: 'purpose', message: say('console.purpose.purpose-missing') })
  if (businessNo === '') errors.push({ id: 'business-no', message: say('console.purpose.number-missing') })
  return errors
}

/** The two fields, named `purpose` and `businessNo`; the last used purpose comes first. */
export function PurposeFields({ errors }: { readonly errors: readonly FieldError[] }) {
  const errorOf = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  const last = lastPurpose()
  return (
    <>
      <Field
        id="purpose"
        label={say('console.purpose.purpose')}
        hint={say('console.purpose.purpose-hint')}
        error={errorOf('purpose')}
        width="14em"
      >
        <Input
          id="purpose"
          name="purpose"
          list="purposes"
          maxLength={100}
          autoComplete="off"
          defaultValue={last?.purpose ?? ''}
          aria-invalid={errorOf('purpose') ? true : undefined}
          aria-describedby={errorOf('purpose') ? 'purpose-hint purpose-error' : 'purpose-hint'}
        />
        <datalist id="purposes">
          {purposesLastUsedFirst().map(purpose => (
            <option key={purpose} value={purpose} />
          ))}
        </datalist>
      </Field>
      <Field id="business-no" label={say('console.purpose.number')} error={errorOf('business-no')} width="14em">
        <Input
          id="business-no"
          name="businessNo"
          maxLength={100}
          autoComplete="off"
          defaultValue={last?.businessNo ?? ''}
          aria-invalid={errorOf('business-no') ? true : undefined}
          aria-describedby={errorOf('business-no') ? 'business-no-error' : undefined}
        />
      </Field>
    </>
  )
}
