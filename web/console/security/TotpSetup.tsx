import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { confirmTotp, startTotp } from '../../../src/factors/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { CodeForm } from './CodeForm.tsx'

type Props = { readonly label: string; readonly onEnrolled: (answer: Answer<typeof confirmTotp>) => void }

/** Sets up one-time codes: the secret is shown once, its first code confirms it. */
export function TotpSetup({ label, onEnrolled }: Props) {
  const starting = useMutation({ mutationFn: () => call(startTotp) })
  const confirming = useMutation({
    mutationFn: (code: string) => call(confirmTotp, { input: { code } }),
    onSuccess: onEnrolled,
  })
  if (!starting.data)
    return (
      <>
        <ErrorSummary problem={starting.error} />
        <Button loading={starting.isPending} onClick={() => starting.mutate()}>
          {label}
        </Button>
      </>
    )
  return (
    <div className="mx-column">
      <ol>
        <li>{say('console.security.totp-app')}</li>
        <li>
          <p className="mx-on-this">
            {say('console.security.totp-on-this')} <a href={starting.data.uri}>{say('console.security.totp-open')}</a>
          </p>
          {say('console.security.totp-scan')}
          <QrPicture svg={starting.data.qr} />
          <p>
            {say('console.security.totp-typed')} <code>{starting.data.secret}</code>
          </p>
        </li>
        <li>{say('console.security.totp-code')}</li>
      </ol>
      <CodeForm
        label={say('console.security.totp-field')}
        button={say('console.security.totp-confirm')}
        isPending={confirming.isPending}
        problem={confirming.error}
        onCode={code => confirming.mutate(code)}
      />
    </div>
  )
}

function QrPicture({ svg }: { readonly svg: string }) {
  const [address, setAddress] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [svg])
  return address ? <img className="mx-totp" src={address} width={220} height={220} alt={say('console.security.totp-qr')} /> : null
}
