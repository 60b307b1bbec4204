import { useQueryClient } from '@tanstack/react-query'
import type { Me } from '../../../src/access/contract.ts'
import { setCsrf } from '../../kit/call.ts'
import { sessionQuery } from '../session.ts'

/** Takes over a session that rose or was renewed: its value goes with the next change at once; the screen follows when `isShown`. */
export function useTakeSession(): (answer: Me, isShown?: boolean) => () => void {
  const client = useQueryClient()
  return (me, isShown = true) => {
    setCsrf(me.csrf)
    const show = (): void => {
      client.setQueryData(sessionQuery.queryKey, me)
      void client.invalidateQueries({ queryKey: ['security'] })
    }
    if (isShown) show()
    return show
  }
}
