import { useQuery } from '@tanstack/react-query'
import { Navigate, useSearchParams } from 'react-router'
import { say } from '../../kit/words.ts'
import { sessionQuery } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { PasskeySignIn } from './PasskeySignIn.tsx'
import { SignInForm } from './SignInForm.tsx'
import { safeReturn } from './safe-return.ts'
import { UnifiedSignIn } from './UnifiedSignIn.tsx'

/** Signing in; goes back to the page that asked. */
export function SignInPage() {
  const [search] = useSearchParams()
  const { data } = useQuery(sessionQuery)
  if (data) return <Navigate replace to={safeReturn(search.get('to'))} />
  const [platform, notice] = [ofCity('platform'), ofCity('notice')]
  return (
    <>
      {notice ? (
        <aside className="mx-notice" aria-label={say('console.notice')}>
          {notice}
        </aside>
      ) : null}
      {platform ? (
        <header className="mx-top">
          <span className="mx-brand">{platform}</span>
        </header>
      ) : null}
      <main className="mx-main mx-lone" id="main">
        <Page title={say('console.sign-in.title')} lead={say('console.sign-in.lead')}>
          <UnifiedSignIn to={safeReturn(search.get('to'))} />
          <SignInForm />
          <PasskeySignIn />
          <p className="mx-quiet">{say('console.sign-in.help')}</p>
          <p>
            <a href="/signin/first">{say('console.sign-in.first')}</a>
          </p>
          <p>
            <a href="/signin/reset">{say('console.sign-in.reset')}</a>
          </p>
          <p>
            <a href="/">{say('console.portal')}</a>
          </p>
        </Page>
      </main>
    </>
  )
}

/** What the page itself says of the city; nothing is asked before somebody signs in. */
function ofCity(what: 'platform' | 'notice'): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="city-${what}"]`)?.content ?? ''
}
