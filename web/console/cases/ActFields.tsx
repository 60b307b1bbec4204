import { Input } from 'antd'
import type { ActView } from '../../../src/cases/shapes.ts'
import { DayField } from '../../kit/DayField.tsx'
import type { FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { type Draft, fieldId, paperId } from './act-fields.ts'
import { PaperField } from './PaperField.tsx'
import { RecordValues } from './RecordValues.tsx'

type FormField = ActView['fields'][number]
type Props = {
  readonly form: Pick<ActView, 'fields' | 'papers'>
  readonly draft: Draft
  readonly errors: readonly FieldError[]
  readonly onChange: (draft: Draft) => void
}

/** The fields and papers that the procedure's table asks for, as a form. */
export function ActFields({ form, draft, errors, onChange }: Props) {
  const errorOf = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  return (
    <>
      {form.fields.map(field => (
        <OneField
          key={field.field}
          field={field}
          error={errorOf(fieldId(field.field))}
          value={draft.fields[field.field] ?? ''}
          onChange={value => onChange({ ...draft, fields: { ...draft.fields, [field.field]: value } })}
        />
      ))}
      {form.papers.map(paper => (
        <PaperField
          key={paper.paper}
          paper={paper}
          error={errorOf(paperId(paper.paper))}
          sent={draft.papers.filter(one => one.paper === paper.paper)}
          onChange={sent => onChange({ ...draft, papers: [...draft.papers.filter(one => one.paper !== paper.paper), ...sent] })}
        />
      ))}
    </>
  )
}

type FieldProps = {
  readonly field: FormField
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

function OneField(props: FieldProps) {
  const { field, error } = props
  const few = field.kind === 'choice' && field.choices.length <= 8
  if (few || field.kind === 'yes') return <Choices {...props} />
  if (field.kind === 'record-values') return <RecordValues {...props} />
  return (
    <Field id={fieldId(field.field)} label={field.name} hint={field.hint} error={error} optional={!field.required}>
      <OneInput {...props} />
    </Field>
  )
}

function describedBy({ field: { field, hint }, error }: FieldProps): string | undefined {
  const ids = [hint ? `${fieldId(field)}-hint` : '', error ? `${fieldId(field)}-error` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

function OneInput(props: FieldProps) {
  const { field, value, error, onChange } = props
  const described = describedBy(props)
  const shared = {
    id: fieldId(field.field),
    value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described,
    'aria-required': field.required,
  }
  if (field.kind === 'long-text')
    return (
      <Input.TextArea {...shared} rows={5} maxLength={field.longest} showCount onChange={event => onChange(event.target.value)} />
    )
  if (field.kind === 'day')
    return <DayField id={shared.id} value={value} onChange={onChange} {...(described ? { describedBy: described } : {})} />
  if (field.kind === 'choice' || field.kind === 'unit')
    return (
      <select {...shared} className="mx-day mx-wide" onChange={event => onChange(event.target.value)}>
        <option value="">{say('console.cases.choose')}</option>
        {field.choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    )
  return (
    <Input
      {...shared}
      className="mx-wide"
      maxLength={field.longest}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      onChange={event => onChange(event.target.value)}
    />
  )
}

/** A few choices stand open; a yes is a box to tick. */
function Choices(props: FieldProps) {
  const { field, value, error, onChange } = props
  const id = fieldId(field.field)
  const choices = field.kind === 'yes' ? [{ id: 'yes', name: field.name }] : field.choices
  return (
    <fieldset className="mx-choice" aria-describedby={describedBy(props)}>
      <legend>
        {field.kind === 'yes' ? say('console.cases.to-tick') : field.name}
        {field.required ? null : <span className="mx-quiet">{say('console.field.optional')}</span>}
      </legend>
      {field.hint ? (
        <p id={`${id}-hint`} className="mx-hint">
          {field.hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mx-error">
          {error}
        </p>
      ) : null}
      {choices.map((choice, index) => (
        <label key={choice.id}>
          <input
            {...(index === 0 ? { id } : {})}
            type={field.kind === 'yes' ? 'checkbox' : 'radio'}
            name={id}
            value={choice.id}
            checked={value === choice.id}
            onChange={event => onChange(event.target.checked ? choice.id : '')}
          />{' '}
          {choice.name}
        </label>
      ))}
    </fieldset>
  )
}
