import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { canUsePasskeys, signInByPasskey } from '../security/passkeys.ts'
import { useTakeSession } from '../security/use-session.ts'

/** Signing in with a passkey alone: it counts as both steps. Not drawn where the browser has none, or knows none for this address. */
export function PasskeySignIn() {
  const take = useTakeSession()
  const signing = useMutation({ mutationFn: signInByPasskey, onSuccess: answer => take(answer) })
  if (!canUsePasskeys()) return null
  return (
    <section className="mx-column" aria-label={say('console.security.passkey-use')}>
      <ErrorSummary problem={signing.error} />
      <Button loading={signing.isPending} onClick={() => signing.mutate()}>
        {say('console.security.passkey-use')}
      </Button>
    </section>
  )
}
