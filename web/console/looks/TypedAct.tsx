import { Button, Input } from 'antd'
import { useState } from 'react'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

const LONGEST = 500

export type TypedDeed = { readonly key: string; readonly label: string; readonly danger?: boolean }

type Props = {
  /** Of the field; one page may have several. */
  readonly id: string
  readonly label: string
  readonly hint: string
  /** What may be done with the text, each with a button. */
  readonly deeds: readonly TypedDeed[]
  /** What it is done to, for whoever only hears the buttons. */
  readonly about: string
  readonly busy: boolean
  readonly problem: unknown
  readonly onDeed: (key: string, text: string) => void
  readonly onCancel?: () => void
}

/** An act that needs its reason: one field of text, and what may be done with it. Without a text nothing is sent. */
export function TypedAct(props: Props) {
  const { id, label, deeds } = props
  const [text, setText] = useState('')
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const send = (key: string): void => {
    const missing = text.trim() === '' ? [{ id, message: say('console.typed.missing', { label }) }] : []
    setErrors(missing)
    if (missing.length === 0) props.onDeed(key, text.trim())
  }
  const onSubmit = (event: React.FormEvent): void => {
    event.preventDefault()
    if (deeds[0]) send(deeds[0].key)
  }
  return (
    <form className="mx-form" onSubmit={onSubmit}>
      <ErrorSummary errors={errors} problem={errors.length === 0 ? props.problem : null} />
      <Field id={id} label={label} hint={props.hint} error={errors[0]?.message} width="36em">
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={LONGEST}
          aria-describedby={`${id}-hint`}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </Field>
      <div className="mx-row">
        {deeds.map((deed, at) => (
          <Button
            key={deed.key}
            htmlType={at === 0 ? 'submit' : 'button'}
            type={at === 0 ? 'primary' : 'default'}
            danger={deed.danger ?? false}
            disabled={props.busy}
            onClick={at === 0 ? undefined : () => send(deed.key)}
          >
            {deed.label}
            <span className="mx-hidden">{props.about}</span>
          </Button>
        ))}
        {props.onCancel ? <Button onClick={props.onCancel}>{say('console.delays.not-now')}</Button> : null}
      </div>
    </form>
  )
}
