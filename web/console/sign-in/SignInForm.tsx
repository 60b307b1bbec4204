import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { signIn } from '../../../src/access/contract.ts'
import { call, Problem, setCsrf } from '../../kit/call.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { sessionQuery } from '../session.ts'

/**
 * Account and password. Paste and password managers work; whether an account exists is not told. What was read before stays only for
 * `keepsFor`, whose session ended on this page: for anyone else it is forgotten.
 */
export function SignInForm({ keepsFor }: { readonly keepsFor?: string }) {
  const client = useQueryClient()
  const [errors, setErrors] = useState<FieldError[]>([])
  const signing = useMutation({
    mutationFn: (input: { login: string; password: string }) => call(signIn, { input }),
    onSuccess: me => {
      setCsrf(me.csrf)
      if (keepsFor !== me.id) client.removeQueries({ predicate: query => query.queryKey[0] !== 'session' })
      client.setQueryData(sessionQuery.queryKey, me)
      // What the ended session could not ask is asked now; what was answered before is not read again.
      void client.refetchQueries({ predicate: query => query.state.error instanceof Problem && query.state.error.status === 401 })
    },
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const login = String(given.get('login') ?? '').trim()
    const password = String(given.get('password') ?? '')
    const missing = [
      ...(login === '' ? [{ id: 'login', message: say('console.sign-in.login-missing') }] : []),
      ...(password === '' ? [{ id: 'password', message: say('console.sign-in.password-missing') }] : []),
    ]
    setErrors(missing)
    if (missing.length === 0) signing.mutate({ login, password })
  }
  const errorOf = (id: string): string | undefined => errors.find(error => error.id === id)?.message
  return (
    <form onSubmit={submit} noValidate className="mx-column">
      <ErrorSummary key={signing.failureReason ? signing.submittedAt : errors.length} errors={errors} problem={signing.error} />
      <Field id="login" label={say('console.sign-in.login')} error={errorOf('login')}>
        <Input id="login" name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={100} />
      </Field>
      <Field id="password" label={say('console.sign-in.password')} error={errorOf('password')}>
        <Input.Password id="password" name="password" autoComplete="current-password" maxLength={200} />
      </Field>
      <Button type="primary" htmlType="submit" loading={signing.isPending}>
        {say('console.sign-in.submit')}
      </Button>
    </form>
  )
}
