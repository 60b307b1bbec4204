import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { type OrganisationWish, proposeOrganisation } from '../../../src/people/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { type Directory, OrganisationFields, readWish, useChosen } from './OrganisationFields.tsx'
import { useRefresh } from './people-queries.ts'

/** Proposes to register a bank, an institution or a platform. */
export function RegisterOrganisation({ kinds, organisations }: Directory) {
  const refresh = useRefresh()
  const [chosen, setChosen] = useChosen()
  const proposing = useMutation({
    mutationFn: (input: OrganisationWish) => call(proposeOrganisation, { input }),
    onSuccess: refresh,
  })
  return (
    <form
      className="mx-panel mx-column mx-no-print"
      onSubmit={event => {
        event.preventDefault()
        proposing.mutate(readWish(event.currentTarget, chosen))
      }}
    >
      <h2>{say('console.people.register')}</h2>
      <p className="mx-quiet">{say('console.people.register-lead')}</p>
      <ErrorSummary problem={proposing.error} />
      <OrganisationFields prefix="org" kinds={kinds} organisations={organisations} chosen={chosen} onChoose={setChosen} />
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={proposing.isPending}>
          {say('console.people.register')}
        </Button>
      </div>
      <p role="status">{proposing.data ? say('console.people.proposed') : ''}</p>
    </form>
  )
}
