import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Me } from '../../../src/access/contract.ts'
import { giveFactor } from '../../../src/factors/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { CodeForm } from '../security/CodeForm.tsx'
import { PasskeySetup } from '../security/PasskeySetup.tsx'
import { canUsePasskeys, hasPasskeys, signInByPasskey } from '../security/passkeys.ts'
import { RecoveryCodes } from '../security/RecoveryCodes.tsx'
import { TotpSetup } from '../security/TotpSetup.tsx'
import { useTakeSession } from '../security/use-session.ts'
import { Page } from '../shell/Page.tsx'
import { SignOut } from '../shell/SignOut.tsx'

/** What signing in still asks for after the password: the second factor, or setting one up. */
export function SecondStep({ me }: { readonly me: Me }) {
  return (
    <main className="mx-main mx-lone mx-security" id="main">
      {me.step === 'enrol' ? <Enrol me={me} /> : <Give me={me} />}
      <SignOut csrf={me.csrf} />
    </main>
  )
}

function Give({ me }: { readonly me: Me }) {
  const take = useTakeSession()
  const giving = useMutation({
    mutationFn: (code: string) => call(giveFactor, { input: { code } }),
    onSuccess: answer => take(answer),
  })
  const byPasskey = useMutation({ mutationFn: signInByPasskey, onSuccess: answer => take(answer) })
  return (
    <Page title={say('console.second-step.title')} lead={say('console.second-step.lead', { name: me.name })}>
      <CodeForm
        label={say('console.security.code')}
        button={say('console.second-step.submit')}
        isPending={giving.isPending}
        problem={giving.error}
        onCode={code => giving.mutate(code)}
      />
      {me.hasPasskey && canUsePasskeys() ? (
        <>
          <ErrorSummary problem={byPasskey.error} />
          <p>
            <Button loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
              {say('console.security.passkey-use')}
            </Button>
          </p>
        </>
      ) : null}
      <p className="mx-quiet">{say('console.second-step.lost')}</p>
    </Page>
  )
}

type Kept = { readonly codes: readonly string[]; readonly show: () => void }

function Enrol({ me }: { readonly me: Me }) {
  const take = useTakeSession()
  const [kept, setKept] = useState<Kept | null>(null)
  const enrolled = (answer: Me & { recoveryCodes: string[] | null }): void => {
    const { recoveryCodes, ...session } = answer
    const show = take(session, recoveryCodes === null)
    if (recoveryCodes) setKept({ codes: recoveryCodes, show })
  }
  return (
    <Page title={say('console.enrol.title')} lead={say('console.enrol.lead', { name: me.name })}>
      {kept ? (
        <RecoveryCodes codes={kept.codes} onKept={kept.show} />
      ) : (
        <>
          <h2>{say('console.security.totp')}</h2>
          <p>{say('console.security.totp-what')}</p>
          <TotpSetup label={say('console.security.totp-start')} onEnrolled={enrolled} />
          {hasPasskeys() ? <h2>{say('console.security.passkeys')}</h2> : null}
          <PasskeySetup onEnrolled={enrolled} />
        </>
      )}
    </Page>
  )
}
