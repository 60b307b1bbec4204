import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { CaseTable } from '../cases/CaseTable.tsx'
import { figuresQuery, workQuery } from '../cases/case-queries.ts'
import { DueCounters, dueOf } from '../cases/DueCounters.tsx'
import { pathTo } from '../routes.ts'
import '../cases/words.ts'

const SHOWN = 12

/** The cases in which it is this office's turn, by due day: the counters above narrow them. */
export function DueCases() {
  const [search] = useSearchParams()
  const due = dueOf(search)
  const figures = useQuery(figuresQuery({ turn: 'ours' }))
  const listed = useQuery(workQuery({ turn: 'ours', due, limit: SHOWN }))
  return (
    <section className="mx-due-cases">
      <ErrorSummary problem={listed.error ?? figures.error} />
      {figures.data ? <DueCounters figures={figures.data} /> : null}
      {listed.data ? (
        <CaseTable
          caption={say('console.work.cases-caption')}
          cases={listed.data.cases}
          empty={due === undefined ? <NothingDue /> : <p>{say('console.cases.none-so')}</p>}
        />
      ) : listed.error ? null : (
        <Skeleton active title={false} />
      )}
      <p>
        <Link to={pathTo('cases')}>{say('console.work.cases-all')}</Link>
      </p>
    </section>
  )
}

/** Nothing to do now, and the next day on which something of this unit is due, whoever's turn it is. */
function NothingDue() {
  const { data } = useQuery(figuresQuery({ turn: 'all' }))
  const nextDueOn = data?.nextDueOn
  return <p>{nextDueOn ? say('console.work.cases-none-next', { nextDueOn }) : say('console.work.cases-none')}</p>
}
