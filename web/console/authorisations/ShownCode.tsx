import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { z } from 'zod'
import { getRequest, type makeRequest, withdrawRequest } from '../../../src/authorisation/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'

type Made = z.output<(typeof makeRequest)['output']>
type Props = { readonly request: Made; readonly shownAt: number; readonly minutes: number; readonly onClose: () => void }

const ASK_EVERY_MS = 2000

/** The code over the whole screen, for the other side of the counter, until it was answered or is over. */
export function ShownCode({ request, shownAt, minutes, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const client = useQueryClient()
  const navigate = useNavigate()
  const { requestId } = request
  const following = useQuery({
    queryKey: ['authorisation-request', requestId],
    queryFn: () => call(getRequest, { params: { requestId } }),
    refetchInterval: query => ((query.state.data?.state ?? 'open') === 'open' ? ASK_EVERY_MS : false),
  })
  const withdrawing = useMutation({ mutationFn: () => call(withdrawRequest, { params: { requestId } }), onSettled: onClose })
  const answer = following.data
  const state = answer?.state ?? 'open'
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    if (state === 'granted') void client.invalidateQueries({ queryKey: ['received'] })
  }, [state, client])
  const open = (): void => {
    if (answer?.subjectId && answer.authorisationId)
      void navigate(pathTo('authorisation', { subjectId: answer.subjectId, authorisationId: answer.authorisationId }))
  }
  return (
    <dialog ref={dialog} className="mx-shown-code" aria-labelledby="shown-code" onClose={onClose}>
      <h2 id="shown-code">{say('console.authorisations.scan')}</h2>
      <ErrorSummary problem={following.error ?? withdrawing.error} />
      {state === 'open' ? <Code request={request} shownAt={shownAt} minutes={minutes} /> : null}
      <p role="status" className="mx-shown-answer">
        {say(`console.authorisations.answer-${state}`)}
      </p>
      <div className="mx-row">
        {state === 'granted' ? (
          <Button type="primary" onClick={open}>
            {say('console.authorisations.open')}
          </Button>
        ) : null}
        {state === 'open' ? (
          <Button onClick={() => withdrawing.mutate()} loading={withdrawing.isPending}>
            {say('console.authorisations.withdraw')}
          </Button>
        ) : (
          <Button onClick={onClose}>{say('console.close')}</Button>
        )}
      </div>
    </dialog>
  )
}

function Code({ request, shownAt, minutes }: Omit<Props, 'onClose'>) {
  const { qr, groups, endsAt } = request
  const view = `0 0 ${qr.side} ${qr.side}`
  return (
    <>
      <svg className="mx-qr" viewBox={view} role="img" aria-label={say('console.authorisations.qr')} shapeRendering="crispEdges">
        <rect width={qr.side} height={qr.side} fill="#fff" />
        <path d={qr.path} />
      </svg>
      <p className="mx-shown-groups">{groups.join(' ')}</p>
      <p>
        {say('console.authorisations.until', { time: endsAt.slice(11, 19) })} <Left shownAt={shownAt} minutes={minutes} />
      </p>
    </>
  )
}

/** How long it is still open, counted on this desk from when it was shown: its clock may be another than the platform's. */
function Left({ shownAt, minutes }: Pick<Props, 'shownAt' | 'minutes'>) {
  const [now, setNow] = useState(shownAt)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, minutes * 60 - Math.floor((now - shownAt) / 1000))
  return (
    <span className="mx-quiet">
      {say('console.authorisations.left', { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') })}
    </span>
  )
}
