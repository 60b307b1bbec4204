import { queryOptions } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { getSession, type Me } from '../../src/access/contract.ts'
import { call, Problem, setCsrf } from '../kit/call.ts'
import { setDistricts } from '../kit/districts.ts'
import { setPurposes } from '../kit/purpose.ts'

/** The session, or null when nobody is signed in. Asked once a page life; a 401 anywhere sets it to null. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Me | null> => {
    const me = await call(getSession).catch((error: unknown) => {
      // The door answers 401 to nobody: that is an answer here, not a fault.
      if (error instanceof Problem && error.status === 401) return null
      throw error
    })
    setCsrf(me?.csrf ?? '')
    setDistricts(me?.districts ?? {})
    setPurposes(me?.purposes ?? [])
    return me
  },
  staleTime: Number.POSITIVE_INFINITY,
})

export const MeContext = createContext<Me | null>(null)

/** Who is signed in. Only for pages inside the shell, which is drawn for nobody else. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('the shell draws no page without a session')
  return me
}

/** True when the signed-in person may do this. */
export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission)
}
