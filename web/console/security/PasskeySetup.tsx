import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { addPasskey } from '../../../src/factors/contract.ts'
import type { Answer } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { enrolPasskey, hasPasskeys } from './passkeys.ts'

/** Adds a passkey under a name. Not drawn where the browser has none. */
export function PasskeySetup({ onEnrolled }: { readonly onEnrolled: (answer: Answer<typeof addPasskey>) => void }) {
  const [isMissing, setMissing] = useState(false)
  const adding = useMutation({ mutationFn: enrolPasskey, onSuccess: onEnrolled })
  if (!hasPasskeys()) return null
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('passkey-name') ?? '').trim()
    setMissing(name === '')
    if (name !== '') adding.mutate(name)
  }
  const error = isMissing ? say('console.security.passkey-unnamed') : undefined
  return (
    <form onSubmit={submit} noValidate className="mx-column">
      <ErrorSummary errors={error ? [{ id: 'passkey-name', message: error }] : []} problem={adding.error} />
      <Field id="passkey-name" label={say('console.security.passkey-name')} error={error}>
        <Input id="passkey-name" name="passkey-name" maxLength={40} />
      </Field>
      <Button htmlType="submit" loading={adding.isPending}>
        {say('console.security.passkey-add')}
      </Button>
    </form>
  )
}
