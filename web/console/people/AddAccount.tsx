import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { openAccount } from '../../../src/people/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useRefresh } from './people-queries.ts'

/** Makes an account without a role; its first password is shown here and never again. */
export function AddAccount({ unit }: { readonly unit: string }) {
  const refresh = useRefresh()
  const adding = useMutation({
    mutationFn: (given: { login: string; name: string }) => call(openAccount, { input: { ...given, unit } }),
    onSuccess: refresh,
    gcTime: 0,
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    adding.mutate({ login: String(given.get('login') ?? ''), name: String(given.get('name') ?? '') })
    event.currentTarget.reset()
  }
  return (
    <form className="mx-panel mx-no-print" onSubmit={submit} autoComplete="off">
      <h3>{say('console.people.add')}</h3>
      <ErrorSummary problem={adding.error} />
      <div className="mx-row">
        <Field id="new-login" label={say('console.people.login')} hint={say('console.people.login-help')} width="18em">
          <Input id="new-login" name="login" required aria-describedby="new-login-hint" />
        </Field>
        <Field id="new-name" label={say('console.people.name')} width="12em">
          <Input id="new-name" name="name" required />
        </Field>
        <Button htmlType="submit" type="primary" loading={adding.isPending}>
          {say('console.people.add')}
        </Button>
      </div>
      <div role="status">
        {adding.data ? (
          <p>
            {say('console.people.made', { login: adding.data.login })}{' '}
            <strong className="mx-address">{adding.data.password}</strong>
          </p>
        ) : null}
      </div>
    </form>
  )
}
