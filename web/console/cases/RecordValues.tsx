import { Button, Input } from 'antd'
import type { ActView } from '../../../src/cases/shapes.ts'
import { say } from '../../kit/words.ts'
import { fieldId } from './act-fields.ts'
import { changedOf, withChanged } from './changed-lines.ts'

type FormField = ActView['fields'][number]
type Value = FormField['values'][number]
type Props = {
  readonly field: FormField
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

/** What a record says, column by column: the wrong ones are opened and written anew, the others stay as they are. */
export function RecordValues({ field, value, error, onChange }: Props) {
  const id = fieldId(field.field)
  const changed = changedOf(value)
  const described = [field.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <fieldset id={id} className="mx-choice" tabIndex={-1} aria-describedby={described || undefined}>
      <legend>{field.name}</legend>
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
      {field.values.length === 0 ? <p className="mx-quiet">{say('console.cases.values-none')}</p> : null}
      <ul className="mx-values">
        {field.values.map(one => (
          <OneValue
            key={one.code}
            id={`${id}-${one.code}`}
            value={one}
            to={changed.get(one.code)}
            onChange={to => onChange(withChanged(field.values, value, one.code, to))}
          />
        ))}
      </ul>
      <p role="status" className="mx-quiet">
        {changed.size > 0 ? say('console.cases.values-changed', { count: changed.size }) : null}
      </p>
    </fieldset>
  )
}

type OneProps = {
  readonly id: string
  readonly value: Value
  readonly to: string | undefined
  readonly onChange: (to: string | null) => void
}

function OneValue({ id, value, to, onChange }: OneProps) {
  const { name, now } = value
  const isOpen = to !== undefined
  return (
    <li>
      {isOpen ? (
        <label htmlFor={id} className="mx-strong">
          {name}
        </label>
      ) : (
        <span className="mx-strong">{name}</span>
      )}
      <p className="mx-quiet mx-lines">
        {now === '' ? say('console.cases.value-empty') : say('console.cases.value-now', { now })}
      </p>
      {isOpen ? <ValueInput id={id} value={value} to={to} onChange={onChange} /> : null}
      {isOpen && to === '' && now !== '' ? <p className="mx-hint">{say('console.cases.value-takes-out')}</p> : null}
      <Button
        size="small"
        onClick={() => onChange(isOpen ? null : now)}
        aria-label={say(isOpen ? 'console.cases.value-leave-named' : 'console.cases.value-correct-named', { name })}
      >
        {say(isOpen ? 'console.cases.value-leave' : 'console.cases.value-correct')}
      </Button>
    </li>
  )
}

function ValueInput({ id, value: { choices, isLong }, to, onChange }: OneProps) {
  const shared = { id, value: to ?? '' }
  if (choices.length > 0)
    return (
      <select {...shared} className="mx-day mx-wide" onChange={event => onChange(event.target.value)}>
        <option value="">{say('console.cases.choose')}</option>
        {choices.map(choice => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    )
  if (isLong) return <Input.TextArea {...shared} rows={3} onChange={event => onChange(event.target.value)} />
  return <Input {...shared} className="mx-wide" autoComplete="off" onChange={event => onChange(event.target.value)} />
}
