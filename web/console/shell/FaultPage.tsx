import { useEffect } from 'react'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { sentenceOf } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { Page } from './Page.tsx'

/** What stands in place of a page that could not be drawn: what is safe, and how to go on. */
export function FaultPage() {
  const error = useRouteError()
  useEffect(() => console.error(error), [error])
  const missing = isRouteErrorResponse(error) && error.status === 404
  return (
    <main className="mx-main mx-lone" id="main">
      <Page title={say(missing ? 'console.missing.title' : 'console.fault.title')}>
        <p>{missing ? say('console.missing.text') : sentenceOf(error)}</p>
        <p>
          <a href={globalThis.location.href}>{say('console.fault.reload')}</a>
          {' · '}
          <a href="/console">{say('console.work.title')}</a>
        </p>
      </Page>
    </main>
  )
}
