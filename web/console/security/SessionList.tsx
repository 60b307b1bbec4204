import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { endOtherSessions, endOwnSession, type Security } from '../../../src/factors/contract.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'

/** Where the account is signed in; each can be ended, and all but this one at once. */
export function SessionList({ sessions }: { readonly sessions: Security['sessions'] }) {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: ['security'] })
  const ending = useMutation({
    mutationFn: (sessionId: number) => call(endOwnSession, { params: { sessionId } }),
    onSuccess: again,
  })
  const others = useMutation({ mutationFn: () => call(endOtherSessions), onSuccess: again })
  return (
    <>
      <h2>{say('console.security.sessions')}</h2>
      <p>{say('console.security.sessions-what')}</p>
      <ErrorSummary problem={ending.error ?? others.error} />
      <ul className="mx-keys">
        {sessions.map(({ sessionId, since, seenAt, device, network, isThis }) => (
          <li key={sessionId}>
            <b>{device || say('console.security.session-unknown')}</b> {isThis ? say('console.security.session-this') : null}{' '}
            <span className="mx-quiet">
              {say('console.security.session-times', { since: instantText(since), seen: instantText(seenAt), network })}
            </span>
            {isThis ? null : (
              <Button
                size="small"
                onClick={() => ending.mutate(sessionId)}
                aria-label={say('console.security.session-end-of', { device })}
              >
                {say('console.security.session-end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button onClick={() => others.mutate()} loading={others.isPending}>
          {say('console.security.session-end-others')}
        </Button>
      ) : null}
    </>
  )
}
