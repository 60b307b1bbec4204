import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import { getSecurity } from '../../../src/factors/contract.ts'
import { type Answer, call, Problem } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { Renewal } from './Renewal.tsx'

type WhenFresh = <T>(act: () => Promise<T>) => Promise<T>
type Ended = (isRenewed: boolean) => void

const FreshContext = createContext<WhenFresh>(act => act())

/**
 * Does an act that asks for a fresh proof of who it is: where the door answers `access.not-fresh`, the person is asked for it in a dialog and
 * the act is done again. Whoever closes the dialog reads the door's refusal.
 */
export const useWhenFresh = (): WhenFresh => use(FreshContext)

/** The pages within which `useWhenFresh` asks. */
export function FreshGate({ children }: { readonly children: ReactNode }) {
  const [waiting, setWaiting] = useState<readonly Ended[]>([])
  const whenFresh = useCallback<WhenFresh>(
    act =>
      act().catch(async (error: unknown) => {
        if (!(error instanceof Problem && error.code === 'access.not-fresh')) throw error
        const isRenewed = await new Promise<boolean>(ended => setWaiting(before => [...before, ended]))
        if (!isRenewed) throw error
        return await act()
      }),
    [],
  )
  const end: Ended = isRenewed => {
    setWaiting([])
    for (const ended of waiting) ended(isRenewed)
  }
  return (
    <FreshContext value={whenFresh}>
      {children}
      {waiting.length > 0 ? <RenewalDialog onEnd={end} /> : null}
    </FreshContext>
  )
}

function RenewalDialog({ onEnd }: { readonly onEnd: Ended }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const { data, error } = useQuery({
    queryKey: ['security'],
    queryFn: (): Promise<Answer<typeof getSecurity>> => call(getSecurity),
    staleTime: 0,
  })
  const isAsked = data !== undefined
  useEffect(() => {
    if (isAsked) dialog.current?.querySelector('input')?.focus()
  }, [isAsked])
  return (
    <dialog ref={dialog} className="mx-dialog mx-renewal" aria-label={say('console.security.renew')} onClose={() => onEnd(false)}>
      <ErrorSummary problem={error} />
      {data ? (
        <Renewal security={data} text={say('console.security.renew-act')} onRenewed={() => onEnd(true)} />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
      <div className="mx-row">
        <Button onClick={() => onEnd(false)}>{say('console.people.cancel')}</Button>
      </div>
    </dialog>
  )
}
