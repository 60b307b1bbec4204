import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { AlertsPage } from './AlertsPage.tsx'
import { LookFilters } from './LookFilters.tsx'
import { LookParts } from './LookParts.tsx'
import { LookTable } from './LookTable.tsx'
import { looksQuery } from './look-queries.ts'
import { useNarrow } from './use-narrow.ts'

const ASKED = ['from', 'until', 'unit', 'outlet', 'purpose', 'businessNo', 'receipt', 'actor', 'before'] as const

/** The register, for the auditor; a phone shows what stands out, and the rows that a link from there leads to. */
export function LooksPage() {
  const isNarrow = useNarrow()
  const [search] = useSearchParams()
  return isNarrow && search.size === 0 ? <AlertsPage /> : <Register />
}

/** Who looked at what; looking at this register is itself registered. Never what was read. */
function Register() {
  const [search, setSearch] = useSearchParams()
  const query = Object.fromEntries(ASKED.flatMap(name => (search.get(name) ? [[name, search.get(name)]] : [])))
  const { data, error } = useQuery(looksQuery(query))
  return (
    <Page title={say('console.looks.title')} lead={say('console.looks.lead')}>
      <LookParts />
      <ErrorSummary problem={error} />
      {data ? (
        <p className="mx-verified" role="status">
          {data.verifiedUntil
            ? say('console.looks.verified', { at: instantText(data.verifiedUntil) })
            : say('console.looks.not-verified')}
        </p>
      ) : null}
      <LookFilters key={search.toString()} search={search} onSet={next => setSearch(next)} />
      <OnlyActor search={search} name={data?.looks[0]?.actorName ?? search.get('actor')} />
      {data ? (
        <>
          <LookTable looks={data.looks} />
          <Pager name="before" next={data.next} />
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

/** Says that one person's looks are shown, and leads to everybody's. */
function OnlyActor({ search, name }: { readonly search: URLSearchParams; readonly name: string | null }) {
  if (!search.has('actor')) return null
  const others = new URLSearchParams(search)
  others.delete('actor')
  others.delete('before')
  return (
    <p>
      {say('console.looks.only-actor', { actor: name })} <Link to={`?${others}`}>{say('console.looks.any-actor')}</Link>
    </p>
  )
}
