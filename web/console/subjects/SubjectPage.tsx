import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { z } from 'zod'
import type { listRecords } from '../../../src/archive/contract.ts'
import { AsOfBar } from '../../kit/AsOfBar.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Purpose, PurposeBar } from '../../kit/PurposeBar.tsx'
import { Receipt } from '../../kit/Receipt.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay, useMe } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { PrintArchive } from './PrintArchive.tsx'
import { Records } from './Records.tsx'
import { SubjectHead } from './SubjectHead.tsx'
import { cardQuery, recordsQuery } from './subject-queries.ts'

/**
 * One subject on two time axes. The public card stands without a purpose; records only after one is set. `asOf` and `knownOn` are in
 * the address: a colleague who opens it sees the same day after stating a purpose of their own.
 */
export function SubjectPage() {
  const subjectId = Number(useParams().subjectId)
  // Another subject is another look: the purpose does not pass from one to the next.
  return <Archive key={subjectId} subjectId={subjectId} />
}

function Archive({ subjectId }: { readonly subjectId: number }) {
  const me = useMe()
  const mayRead = useMay('archive.read')
  const [search, setSearch] = useSearchParams()
  const [purpose, setPurpose] = useState<Purpose | null>(null)
  const asOf = search.get('asOf') ?? ''
  const knownOn = search.get('knownOn') ?? ''
  const card = useQuery(cardQuery(subjectId))
  const archive = useQuery(recordsQuery(subjectId, purpose, asOf, knownOn))
  const subject = (purpose ? archive.data?.subject : null) ?? card.data
  // The browser's history keeps titles: a person's name does not stand in one.
  const isPerson = subject?.kind === 'natural-person'
  const title = subject && !isPerson ? subject.name : say(isPerson ? 'console.subject.person-title' : 'console.subject.title')
  // A person's card is not public: before a purpose is set its door answers "unknown", which is no fault here.
  const problem = archive.error ?? (mayRead && !purpose ? null : card.error)
  return (
    <Page title={title} actions={<Actions subjectId={subjectId} shown={purpose !== null} />}>
      {mayRead ? (
        <PurposeBar value={purpose} onSet={setPurpose} opens={say('console.subject.opens')} />
      ) : (
        <p className="mx-purpose">{say('console.subject.public-only')}</p>
      )}
      <ErrorSummary problem={problem} />
      {subject ? <SubjectHead subject={subject} /> : null}
      {card.isPending && !subject ? <Skeleton active title={false} /> : null}
      {purpose ? (
        <>
          <AsOfBar
            today={me.today}
            asOf={asOf}
            knownOn={knownOn}
            onChange={axes => {
              const next = new URLSearchParams(search)
              for (const [name, day] of Object.entries(axes)) day ? next.set(name, day) : next.delete(name)
              setSearch(next)
            }}
          />
          <PrintArchive
            key={`${purpose.purpose} ${purpose.businessNo} ${asOf} ${knownOn}`}
            {...{ subjectId, purpose, asOf, knownOn }}
          >
            <Shown archive={archive} today={me.today} />
          </PrintArchive>
        </>
      ) : null}
    </Page>
  )
}

type ShownProps = { readonly archive: UseQueryResult<z.output<(typeof listRecords)['output']>>; readonly today: string }

function Shown({ archive, today }: ShownProps) {
  if (archive.error) return null
  if (!archive.data) return <Skeleton active title={false} />
  return (
    <>
      <Receipt receipt={archive.data.receipt} />
      <Records records={archive.data.records} today={today} stale={archive.isPlaceholderData} />
    </>
  )
}

function Actions({ subjectId, shown }: { readonly subjectId: number; readonly shown: boolean }) {
  const mayIssue = useMay('report.issue')
  const mayOpenCase = useMay('case.handle')
  const [said, setSaid] = useState('')
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(globalThis.location.href)
    setSaid(say('console.copied'))
  }
  return (
    <>
      <span role="status" className="mx-quiet">
        {said}
      </span>
      {mayIssue ? <Link to={`${pathTo('reports')}?subject=${subjectId}`}>{say('console.reports.title')}</Link> : null}
      {mayOpenCase ? <Link to={`${pathTo('new-case')}?subject=${subjectId}`}>{say('console.subject.open-case')}</Link> : null}
      {shown ? <Button onClick={copy}>{say('console.subject.copy-link')}</Button> : null}
    </>
  )
}
