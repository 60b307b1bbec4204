import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { removePasskey, removeTotp, renamePasskey, renewRecoveryCodes, type Security } from '../../../src/factors/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { PasskeySetup } from './PasskeySetup.tsx'
import type { Enrolled } from './SecurityPage.tsx'
import { TotpSetup } from './TotpSetup.tsx'

type Props = {
  readonly security: Security
  readonly isFresh: boolean
  readonly onEnrolled: (answer: Enrolled) => void
  readonly onCodes: (codes: readonly string[]) => void
}

/** One-time codes, passkeys, recovery codes. Their buttons are drawn while the session is fresh. */
export function FactorParts({ security, isFresh, onEnrolled, onCodes }: Props) {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: ['security'] })
  const totp = useMutation({ mutationFn: () => call(removeTotp), onSuccess: again })
  const codes = useMutation({
    mutationFn: () => call(renewRecoveryCodes),
    onSuccess: ({ recoveryCodes }) => {
      again()
      onCodes(recoveryCodes)
    },
  })
  const { totpSince, passkeys, recoveryCodes } = security
  const hasFactor = totpSince !== null || passkeys.length > 0
  return (
    <>
      <h2>{say('console.security.totp')}</h2>
      <p>{say('console.security.totp-what')}</p>
      <p>{totpSince ? say('console.security.totp-since', { day: totpSince.slice(0, 10) }) : say('console.security.totp-none')}</p>
      <ErrorSummary problem={totp.error} />
      {isFresh ? (
        <TotpSetup
          label={say(totpSince ? 'console.security.totp-again' : 'console.security.totp-start')}
          onEnrolled={onEnrolled}
        />
      ) : null}
      {isFresh && totpSince ? (
        <p>
          <Button onClick={() => totp.mutate()} loading={totp.isPending}>
            {say('console.security.totp-remove')}
          </Button>
        </p>
      ) : null}
      <h2>{say('console.security.passkeys')}</h2>
      <p>{security.passkeyOrigin ? say('console.security.passkey-what') : say('console.security.passkey-not-here')}</p>
      <PasskeyList passkeys={passkeys} isFresh={isFresh} onDone={again} />
      {isFresh && security.passkeyOrigin ? <PasskeySetup onEnrolled={onEnrolled} /> : null}
      {hasFactor ? (
        <>
          <h2>{say('console.security.recovery')}</h2>
          <p>{say('console.security.recovery-left', { count: recoveryCodes })}</p>
          <ErrorSummary problem={codes.error} />
          {isFresh ? (
            <Button onClick={() => codes.mutate()} loading={codes.isPending}>
              {say('console.security.recovery-renew')}
            </Button>
          ) : null}
        </>
      ) : null}
    </>
  )
}

type ListProps = { readonly passkeys: Security['passkeys']; readonly isFresh: boolean; readonly onDone: () => void }

function PasskeyList({ passkeys, isFresh, onDone }: ListProps) {
  const removing = useMutation({
    mutationFn: (passkeyId: number) => call(removePasskey, { params: { passkeyId } }),
    onSuccess: onDone,
  })
  const naming = useMutation({
    mutationFn: ({ passkeyId, name }: { passkeyId: number; name: string }) =>
      call(renamePasskey, { params: { passkeyId }, input: { name } }),
    onSuccess: onDone,
  })
  if (passkeys.length === 0) return <p>{say('console.security.passkey-none')}</p>
  const rename = (event: React.FormEvent<HTMLFormElement>, passkeyId: number): void => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
    if (name !== '') naming.mutate({ passkeyId, name })
  }
  return (
    <>
      <ErrorSummary problem={removing.error ?? naming.error} />
      <ul className="mx-keys">
        {passkeys.map(({ passkeyId, name, madeAt, usedAt }) => (
          <li key={passkeyId}>
            <b>{name}</b>{' '}
            <span className="mx-quiet">
              {say('console.security.passkey-since', { day: madeAt.slice(0, 10) })}
              {usedAt ? say('console.security.passkey-used', { day: usedAt.slice(0, 10) }) : null}
            </span>
            {isFresh ? (
              <form className="mx-inline" onSubmit={event => rename(event, passkeyId)}>
                <Input
                  name="name"
                  defaultValue={name}
                  maxLength={40}
                  aria-label={say('console.security.passkey-rename-of', { name })}
                />
                <Button htmlType="submit">{say('console.security.passkey-rename')}</Button>
                <Button
                  onClick={() => removing.mutate(passkeyId)}
                  aria-label={say('console.security.passkey-remove-of', { name })}
                >
                  {say('console.security.passkey-remove')}
                </Button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  )
}
