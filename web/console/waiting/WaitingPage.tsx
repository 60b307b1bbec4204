import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { decideWaiting } from '../../../src/matching/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useKeys } from '../shell/keys.ts'
import { Page } from '../shell/Page.tsx'
import type { Decision } from './Decide.tsx'
import { Queue } from './Queue.tsx'
import { WaitingRecord } from './WaitingRecord.tsx'
import { openText, type QueueState, queueQuery, waitingQuery, which } from './waiting-queries.ts'

/** Whose record is it: decided by a person, undone by an act that stays visible. The next record opens by itself. */
export function WaitingPage() {
  const [search, setSearch] = useSearchParams()
  const state: QueueState = search.get('state') === 'decided' ? 'decided' : 'open'
  const place = Number(search.get('after')) || 0
  const queue = useQuery(queueQuery(state, place))
  const list = queue.data?.waiting ?? []
  const asked = search.get('record')
  const chosen = asked ? Number(asked) : (list[0]?.waitingId ?? null)
  const one = useQuery(waitingQuery(chosen))
  const open = (waitingId: number | null): void => {
    const next = new URLSearchParams(place > 0 ? { ...which(state), after: String(place) } : which(state))
    if (waitingId !== null) next.set('record', String(waitingId))
    setSearch(next, { replace: true })
  }
  const after = (waitingId: number | null): number | null => {
    const at = list.findIndex(it => it.waitingId === waitingId)
    return list[at + 1]?.waitingId ?? list.find(it => it.waitingId !== waitingId)?.waitingId ?? null
  }
  const { deciding, said, undo } = useDeciding(waitingId => open(after(waitingId)))
  useKeys({ u: () => undo(state === 'decided' ? chosen : null) })
  const count = queue.data?.open
  return (
    <Page
      title={say('console.waiting.title')}
      state={count ? say('console.waiting.count', { count: openText(count) }) : undefined}
      actions={
        <Segmented
          aria-label={say('console.waiting.which')}
          value={state}
          onChange={value => setSearch(value === 'decided' ? { state: 'decided' } : {})}
          options={[
            { value: 'open', label: say('console.waiting.open', { count: count === undefined ? null : openText(count) }) },
            { value: 'decided', label: say('console.waiting.decided-tab') },
          ]}
        />
      }
    >
      <p className="mx-narrow-note">{say('console.waiting.narrow')}</p>
      <ErrorSummary key={deciding.submittedAt} problem={queue.error ?? one.error ?? deciding.error} />
      <p role="status" className={said ? 'mx-said' : 'mx-hidden'}>
        {said}
      </p>
      {queue.data && list.length === 0 ? <p className="mx-empty">{say(`console.waiting.none-${state}`)}</p> : null}
      {list.length > 0 ? (
        <div className="mx-split">
          <Queue list={list} chosen={chosen} state={state} after={place} next={queue.data?.next ?? null} />
          {one.data && chosen !== null ? (
            <WaitingRecord
              key={chosen}
              waiting={one.data}
              decided={state === 'decided'}
              busy={deciding.isPending}
              onDecide={decision => deciding.mutate({ waitingId: chosen, decision })}
              onSkip={() => open(after(chosen))}
            />
          ) : one.error ? null : (
            <Skeleton active title={false} />
          )}
        </div>
      ) : null}
      {queue.isPending ? <Skeleton active title={false} /> : null}
    </Page>
  )
}

function useDeciding(onDecided: (waitingId: number) => void) {
  const client = useQueryClient()
  const [last, setLast] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const deciding = useMutation({
    mutationFn: ({ waitingId, decision }: { waitingId: number; decision: Decision }) =>
      call(decideWaiting, { params: { waitingId }, input: decision }),
    onSuccess: async (_, { waitingId, decision }) => {
      const undone = decision.decision === 'undone'
      setLast(undone ? null : waitingId)
      setSaid(say(`console.waiting.said-${decision.decision}`))
      onDecided(waitingId)
      client.removeQueries({ queryKey: ['waiting-one', waitingId] })
      await client.invalidateQueries({ queryKey: ['waiting'] })
    },
  })
  const undo = (chosen: number | null): void => {
    const waitingId = chosen ?? last
    if (waitingId !== null && !deciding.isPending) deciding.mutate({ waitingId, decision: { decision: 'undone' } })
  }
  return { deciding, said, undo }
}
