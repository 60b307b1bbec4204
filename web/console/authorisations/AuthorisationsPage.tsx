import { useState } from 'react'
import type { z } from 'zod'
import type { makeRequest } from '../../../src/authorisation/contract.ts'
import { say } from '../../kit/words.ts'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { FiguresTable } from './FiguresTable.tsx'
import { ReceivedTable } from './ReceivedTable.tsx'
import { RequestForm } from './RequestForm.tsx'
import { ShownCode } from './ShownCode.tsx'

type Made = z.output<(typeof makeRequest)['output']>

/** A receiver asks and finds what it was let see; whoever only counts sees numbers of receivers and of no subject. */
export function AuthorisationsPage() {
  const mayAsk = useMay('authorisation.request')
  const [made, setMade] = useState<{ readonly request: Made; readonly at: number; readonly minutes: number } | null>(null)
  if (!mayAsk)
    return (
      <Page title={say('console.authorisations.title')} lead={say('console.authorisations.figures-lead')}>
        <FiguresTable />
      </Page>
    )
  return (
    <Page title={say('console.authorisations.title')} lead={say('console.authorisations.lead')}>
      {made ? (
        <ShownCode request={made.request} shownAt={made.at} minutes={made.minutes} onClose={() => setMade(null)} />
      ) : (
        <RequestForm onMade={(request, minutes) => setMade({ request, at: Date.now(), minutes })} />
      )}
      <ReceivedTable />
    </Page>
  )
}
