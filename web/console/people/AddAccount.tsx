import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useRef } from 'react'
import { openAccount } from '../../../src/people/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { HandedCode } from './HandedCode.tsx'
import { useRefresh } from './people-queries.ts'

/** Opens an account without a role and without a password; the code with which its owner activates it is shown once, on a sheet to hand over. */
export function AddAccount({ unit }: { readonly unit: string }) {
  const me = useMe()
  const refresh = useRefresh()
  const whenFresh = useWhenFresh()
  const form = useRef<HTMLFormElement>(null)
  const adding = useMutation({
    mutationFn: (given: { login: string; name: string }) => whenFresh(() => call(openAccount, { input: { ...given, unit } })),
    onSuccess: () => {
      form.current?.reset()
      refresh()
    },
    gcTime: 0,
  })
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    adding.mutate({ login: String(given.get('login') ?? ''), name: String(given.get('name') ?? '') })
  }
  return (
    <form ref={form} className="mx-panel mx-no-print" onSubmit={submit} autoComplete="off">
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
      <p className="mx-quiet">{say('console.people.add-note')}</p>
      {adding.data ? (
        <HandedCode
          title={say('console.people.first-paper', { platform: me.platformName })}
          whose={`${adding.variables.name} ${adding.data.login}`}
          code={adding.data.code}
          endsAt={adding.data.endsAt}
          lines={[
            say('console.people.first-how', { address: `${globalThis.location.origin}/signin/first` }),
            say('console.people.first-only-you'),
          ]}
          onClose={adding.reset}
        />
      ) : null}
    </form>
  )
}
