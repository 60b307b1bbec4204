import { Skeleton } from 'antd'
import { useSearchParams } from 'react-router'
import type { listOrganisations } from '../../../src/people/contract.ts'
import type { OrganisationView } from '../../../src/people/model.ts'
import type { Answer } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import { Pager } from '../shell/Pager.tsx'
import { AddAccount } from './AddAccount.tsx'
import { ChangeOrganisation } from './ChangeOrganisation.tsx'
import { CloseOrganisation } from './CloseOrganisation.tsx'
import { PersonCard } from './PersonCard.tsx'
import { usePeople } from './people-queries.ts'

type Props = { readonly organisation: OrganisationView; readonly directory: Answer<typeof listOrganisations> }

/** The people of one organisation with their roles. */
export function People({ organisation, directory }: Props) {
  const me = useMe()
  const [search] = useSearchParams()
  const { data, error } = usePeople(organisation.id, search.get('after'))
  const { organisations } = directory
  const offered = directory.roles.filter(role => role.isYoursToPropose && role.heldIn.includes(organisation.kind))
  return (
    <section aria-labelledby="people-of">
      <h2 id="people-of">{say('console.people.people', { name: organisation.name })}</h2>
      <p className="mx-quiet">
        {organisation.kindName} · {organisation.uscc}
        {organisation.countyName ? ` · ${organisation.countyName}` : ''}
      </p>
      <ErrorSummary problem={error} />
      {data ? (
        <ul className="mx-cards">
          {data.people.map(person => (
            <PersonCard key={person.accountId} person={person} roles={offered} organisations={organisations} />
          ))}
        </ul>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
      <Pager name="after" next={data?.next ?? null} />
      {data?.people.length === 0 ? <p className="mx-empty">{say('console.people.nobody')}</p> : null}
      {organisation.isOpen && me.permissions.includes('account.manage') ? <AddAccount unit={organisation.id} /> : null}
      {organisation.isOpen && organisation.isRegistered && me.permissions.includes('organisation.propose') ? (
        <>
          <ChangeOrganisation organisation={organisation} directory={directory} />
          <CloseOrganisation organisationId={organisation.id} />
        </>
      ) : null}
    </section>
  )
}
