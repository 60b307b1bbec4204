import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { changePassword } from '../../../src/factors/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

const FIELDS = ['old', 'new', 'new-again'] as const

/** Changes one's own password: the old one, the new one twice. The other sessions end. */
export function PasswordForm() {
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<FieldError[]>([])
  const changing = useMutation({
    mutationFn: (input: { old: string; password: string }) => call(changePassword, { input }),
    onSuccess: () => {
      form.current?.reset()
      void client.invalidateQueries({ queryKey: ['security'] })
    },
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const [old = '', password = '', again = ''] = FIELDS.map(field => String(given.get(field) ?? ''))
    const missing = [
      ...(old === '' ? [{ id: 'old', message: say('console.security.old-missing') }] : []),
      ...(password === '' ? [{ id: 'new', message: say('console.security.new-missing') }] : []),
      ...(password !== again ? [{ id: 'new-again', message: say('console.security.new-differs') }] : []),
    ]
    setErrors(missing)
    if (missing.length === 0) changing.mutate({ old, password })
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="mx-column">
      <ErrorSummary errors={errors} problem={changing.error} />
      {changing.isSuccess ? <p role="status">{say('console.security.password-changed')}</p> : null}
      {FIELDS.map(field => (
        <Field
          key={field}
          id={field}
          label={say(`console.security.field-${field}`)}
          hint={field === 'new' ? say('console.security.password-hint') : undefined}
          error={errors.find(error => error.id === field)?.message}
        >
          <Input.Password
            id={field}
            name={field}
            autoComplete={field === 'old' ? 'current-password' : 'new-password'}
            maxLength={200}
          />
        </Field>
      ))}
      <Button htmlType="submit" loading={changing.isPending}>
        {say('console.security.password-submit')}
      </Button>
    </form>
  )
}
