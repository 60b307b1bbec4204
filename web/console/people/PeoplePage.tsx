import { Skeleton } from 'antd'
import { useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { FreshGate } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { OrganisationTree } from './OrganisationTree.tsx'
import { People } from './People.tsx'
import { Proposals } from './Proposals.tsx'
import { useOrganisations } from './people-queries.ts'
import { RegisterOrganisation } from './RegisterOrganisation.tsx'
import { Resets } from './Resets.tsx'

/** Who belongs where and may do what; what waits for a second person stands on top. */
export function PeoplePage() {
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  const { data, error } = useOrganisations()
  const chosen = data?.organisations.find(one => one.id === (search.get('of') ?? me.unit))
  return (
    <FreshGate>
      <Page title={say('console.people.title')} lead={say('console.people.lead')}>
        <ErrorSummary problem={error} />
        <Proposals />
        {me.permissions.includes('reset.read') ? <Resets /> : null}
        {data ? (
          <div className="mx-people">
            <OrganisationTree organisations={data.organisations} chosen={chosen?.id} onChoose={of => setSearch({ of })} />
            {chosen ? <People key={chosen.id} organisation={chosen} directory={data} /> : <p>{say('console.people.choose')}</p>}
          </div>
        ) : error ? null : (
          <Skeleton active title={false} />
        )}
        {data && me.permissions.includes('organisation.propose') ? (
          <RegisterOrganisation kinds={data.kinds} organisations={data.organisations} />
        ) : null}
      </Page>
    </FreshGate>
  )
}
