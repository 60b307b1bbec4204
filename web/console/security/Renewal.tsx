import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { use } from 'react'
import { useLocation } from 'react-router'
import { renewSession, type Security } from '../../../src/factors/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { MeContext } from '../session.ts'
import { UnifiedSignIn } from '../sign-in/UnifiedSignIn.tsx'
import { CodeForm } from './CodeForm.tsx'
import { canUsePasskeys, renewByPasskey } from './passkeys.ts'
import { useTakeSession } from './use-session.ts'

type Props = {
  readonly security: Security
  /** Why it is asked; that of the page of security where it is left out. */
  readonly text?: string
  readonly onRenewed?: () => void
}

/** Proves again who it is: by a code or a passkey where there is a second factor, else by the password. */
export function Renewal({ security, text = say('console.security.renew-text'), onRenewed }: Props) {
  const takeSession = useTakeSession()
  const { pathname } = useLocation()
  const isFederated = use(MeContext)?.assurance.startsWith('federated') ?? false
  const take = (answer: Parameters<typeof takeSession>[0]): void => {
    takeSession(answer)
    onRenewed?.()
  }
  const hasFactor = security.totpSince !== null || security.passkeys.length > 0
  const renewing = useMutation({
    mutationFn: (typed: string) => call(renewSession, { input: hasFactor ? { code: typed } : { password: typed } }),
    onSuccess: answer => take(answer),
  })
  const byPasskey = useMutation({ mutationFn: renewByPasskey, onSuccess: answer => take(answer) })
  return (
    <section className="mx-column" aria-labelledby="renewal">
      <h2 id="renewal">{say('console.security.renew')}</h2>
      <p>{text}</p>
      {isFederated && !hasFactor ? <UnifiedSignIn to={pathname} anew /> : null}
      {hasFactor || security.passwordSince !== null ? (
        <CodeForm
          label={say(hasFactor ? 'console.security.code' : 'console.sign-in.password')}
          button={say('console.second-step.submit')}
          isPassword={!hasFactor}
          isPending={renewing.isPending}
          problem={renewing.error}
          onCode={typed => renewing.mutate(typed)}
        />
      ) : null}
      {security.passkeys.length > 0 && canUsePasskeys() ? (
        <>
          <ErrorSummary problem={byPasskey.error} />
          <Button loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
            {say('console.security.passkey-use')}
          </Button>
        </>
      ) : null}
    </section>
  )
}
