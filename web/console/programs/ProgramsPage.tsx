import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { FreshGate } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { ProgramPanel } from './ProgramPanel.tsx'
import { ProposeForm } from './ProposeForm.tsx'
import { programsQuery } from './program-queries.ts'

/** Systems of units that use the API: one administrator proposes, another confirms; keys, use, and the end. */
export function ProgramsPage() {
  const me = useMe()
  const client = useQueryClient()
  const { data, error } = useQuery(programsQuery)
  const [isProposing, setProposing] = useState(false)
  const [showsClosed, setShowsClosed] = useState(false)
  const again = () => client.invalidateQueries({ queryKey: programsQuery.queryKey })
  const mayPropose = me.permissions.includes('program.manage')
  const programs = data?.programs ?? []
  const waiting = programs.filter(program => program.mayConfirm).length
  const open = programs.filter(program => program.state !== 'closed')
  return (
    <FreshGate>
      <Page
        title={say('console.programs.title')}
        lead={say('console.programs.lead')}
        actions={
          mayPropose && !isProposing ? (
            <Button type="primary" onClick={() => setProposing(true)}>
              {say('console.programs.propose')}
            </Button>
          ) : null
        }
      >
        <ErrorSummary problem={error} />
        {isProposing ? (
          <ProposeForm
            onDone={async () => {
              await again()
              setProposing(false)
            }}
            onCancel={() => setProposing(false)}
          />
        ) : null}
        {data ? (
          <>
            {waiting > 0 && me.permissions.includes('program.confirm') ? (
              <p role="status">{say('console.programs.waiting', { count: waiting })}</p>
            ) : null}
            {open.length === 0 ? <p className="mx-empty">{say('console.programs.none')}</p> : null}
            {(showsClosed ? programs : open).map(program => (
              <ProgramPanel key={program.programId} program={program} onChange={again} />
            ))}
            {programs.length > open.length ? (
              <Button onClick={() => setShowsClosed(!showsClosed)}>
                {say(showsClosed ? 'console.programs.hide-closed' : 'console.programs.show-closed', {
                  count: programs.length - open.length,
                })}
              </Button>
            ) : null}
          </>
        ) : error ? null : (
          <Skeleton active title={false} />
        )}
      </Page>
    </FreshGate>
  )
}
