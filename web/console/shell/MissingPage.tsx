import { Link } from 'react-router'
import { say } from '../../kit/words.ts'
import { Page } from './Page.tsx'

/** An address that leads nowhere. */
export function MissingPage() {
  return (
    <Page title={say('console.missing.title')}>
      <p>{say('console.missing.text')}</p>
      <p>
        <Link to="/">{say('console.work.title')}</Link>
      </p>
    </Page>
  )
}
