import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { listIdentityProviders } from '../../../src/identity/contract.ts'
import { call } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'

type Props = {
  /** The page to go on to. */
  readonly to: string
  /** To prove anew who it is: whoever is signed in there signs in once more. */
  readonly anew?: boolean
}

/** The unified identities by which staff may sign in, before account and password; nothing where none is configured. */
export function UnifiedSignIn({ to, anew = false }: Props) {
  const { data } = useQuery({
    queryKey: ['identity-providers'],
    queryFn: () => call(listIdentityProviders, { query: { door: 'staff' } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const providers = data?.providers ?? []
  if (providers.length === 0) return null
  const back = `/console${to === '/' ? '' : to}`
  return (
    <section className="mx-column" aria-label={say('console.sign-in.unified')}>
      {providers.map(({ id, name, start }) => (
        <Button
          key={id}
          type="primary"
          href={`${start}&${new URLSearchParams({ back, ...(anew ? { anew: '1' } : {}) }).toString()}`}
        >
          {say(anew ? 'console.security.renew-with' : 'console.sign-in.with', { name })}
        </Button>
      ))}
      {anew ? null : <h2>{say('console.sign-in.or-account')}</h2>}
    </section>
  )
}
