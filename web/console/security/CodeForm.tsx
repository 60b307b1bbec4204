import { Button, Input } from 'antd'
import { useState } from 'react'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

type Props = {
  readonly label: string
  readonly button: string
  readonly isPending: boolean
  readonly problem: Error | null
  readonly onCode: (code: string) => void
  /** A password is asked for in place of a code. */
  readonly isPassword?: boolean
}

/** One field for a code, or for the password where there is no second factor, and its button. */
export function CodeForm({ label, button, isPending, problem, onCode, isPassword }: Props) {
  const [isMissing, setMissing] = useState(false)
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('factor-code') ?? '')
    setMissing(code.trim() === '')
    if (code.trim() !== '') onCode(code)
  }
  const error = isMissing ? say('console.security.code-missing') : undefined
  return (
    <form onSubmit={submit} noValidate className="mx-column">
      <ErrorSummary errors={error ? [{ id: 'factor-code', message: error }] : []} problem={problem} />
      <Field id="factor-code" label={label} error={error}>
        {isPassword ? (
          <Input.Password id="factor-code" name="factor-code" autoComplete="current-password" maxLength={200} />
        ) : (
          <Input id="factor-code" name="factor-code" autoComplete="one-time-code" spellCheck={false} maxLength={40} />
        )}
      </Field>
      <Button type="primary" htmlType="submit" loading={isPending}>
        {button}
      </Button>
    </form>
  )
}
