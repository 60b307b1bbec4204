import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { listIdentityProviders } from '../../../src/identity/contract.ts'
import { call } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'

/** The unified identities by which staff may sign in, before account and password; nothing where none is configured. `to`: the page to go on to. */
export function UnifiedSignIn({ to }: { readonly to: string }) {
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
        <Button key={id} type="primary" href={`${start}&${new URLSearchParams({ back }).toString()}`}>
          {say('console.sign-in.with', { name })}
        </Button>
      ))}
      <h2>{say('console.sign-in.or-account')}</h2>
    </section>
  )
}
