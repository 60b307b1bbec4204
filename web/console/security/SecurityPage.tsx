import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useState } from 'react'
import type { Me } from '../../../src/access/contract.ts'
import { getSecurity, type Security } from '../../../src/factors/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { FactorParts } from './FactorParts.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { Renewal } from './Renewal.tsx'
import { SessionList } from './SessionList.tsx'
import { useTakeSession } from './use-session.ts'

export type Enrolled = Me & { readonly recoveryCodes: string[] | null }

/** One's own security: second factors, recovery codes, password, sessions. Changing them asks for a fresh proof of who it is. */
export function SecurityPage() {
  const take = useTakeSession()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { data, error } = useQuery({
    queryKey: ['security'],
    queryFn: (): Promise<Answer<typeof getSecurity>> => call(getSecurity),
    staleTime: 0,
  })
  const enrolled = ({ recoveryCodes, ...session }: Enrolled): void => {
    take(session)
    setCodes(recoveryCodes)
  }
  return (
    <Page title={say('console.security.title')} lead={say('console.security.lead')}>
      <ErrorSummary problem={error} />
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
      ) : data ? (
        <Parts security={data} onEnrolled={enrolled} onCodes={setCodes} />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

type PartsProps = {
  readonly security: Security
  readonly onEnrolled: (answer: Enrolled) => void
  readonly onCodes: (codes: readonly string[]) => void
}

function Parts({ security, onEnrolled, onCodes }: PartsProps) {
  const isFresh = security.freshUntil !== null
  return (
    <div className="mx-security">
      {isFresh ? null : <Renewal security={security} />}
      <FactorParts security={security} isFresh={isFresh} onEnrolled={onEnrolled} onCodes={onCodes} />
      <h2>{say('console.security.password')}</h2>
      <p>
        {security.passwordSince === null
          ? say('console.security.password-none')
          : say('console.security.password-since', { day: security.passwordSince.slice(0, 10) })}
      </p>
      {isFresh && security.passwordSince !== null ? <PasswordForm /> : null}
      <SessionList sessions={security.sessions} />
    </div>
  )
}
