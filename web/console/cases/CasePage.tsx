import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { lazy, Suspense, useRef, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { CaseView } from '../../../src/cases/shapes.ts'
import { Problem } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { type Draft, NO_DRAFT } from './act-fields.ts'
import { CaseHead, CaseTabs } from './CaseParts.tsx'
import { CaseSide } from './CaseSide.tsx'
import { taskOf } from './CaseTable.tsx'
import { CASES, caseQuery, type Passed, workQuery } from './case-queries.ts'
import './words.ts'

/** The form of an act: loaded when one is begun. */
const ActPage = lazy(async () => ({ default: (await import('./ActPage.tsx')).ActPage }))

/** One case: its course, its clocks, what the law allows now and why not the rest. Reading it is a registered look whose reason is its number. */
export function CasePage() {
  const { subjectId, caseId } = useParams()
  return <OneCase key={caseId} subjectId={Number(subjectId)} caseId={Number(caseId)} />
}

/** What was just done, or why it was not: said on top of the case as it stands since. */
type Outcome = { readonly done: string } | { readonly refused: unknown } | null

function OneCase({ subjectId, caseId }: { readonly subjectId: number; readonly caseId: number }) {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome>(null)
  const drafts = useRef(new Map<string, Draft>())
  const { data, error } = useQuery(caseQuery({ subjectId, caseId }))
  const act = data?.acts.find(one => one.act === search.get('act'))
  const leave = async (next: Outcome): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: CASES }),
      client.refetchQueries({ queryKey: caseQuery({ subjectId, caseId }).queryKey }),
    ])
    // What was passed to another unit is no longer this one's to see.
    const gone = client.getQueryState(caseQuery({ subjectId, caseId }).queryKey)?.error
    if (gone instanceof Problem && gone.status === 404 && next && 'done' in next) {
      await navigate(pathTo('cases'), { replace: true, state: { done: next.done } satisfies Passed })
      client.removeQueries({ queryKey: caseQuery({ subjectId, caseId }).queryKey })
      return
    }
    setOutcome(next)
    await navigate(pathTo('case', { subjectId, caseId }), { replace: true })
  }
  if (data && act?.mayDo)
    return (
      <Suspense fallback={<div className="mx-busy" />}>
        <ActPage
          shown={data}
          act={act}
          draft={drafts.current.get(act.act) ?? NO_DRAFT}
          onDraft={draft => drafts.current.set(act.act, draft)}
          onDone={async () => {
            drafts.current.delete(act.act)
            await leave({ done: act.name })
          }}
          onOvertaken={problem => leave({ refused: problem })}
        />
      </Suspense>
    )
  return (
    <Page
      title={
        data ? say('console.cases.title-of', { procedure: data.procedureName, number: data.number }) : say('console.case.title')
      }
      state={data?.stateName}
      actions={<Link to={pathTo('cases')}>{say('console.cases.title')}</Link>}
    >
      <ErrorSummary problem={error ?? (outcome && 'refused' in outcome ? outcome.refused : null)} />
      {outcome && 'done' in outcome ? <Done act={outcome.done} caseId={caseId} /> : null}
      {data ? <Shown shown={data} /> : error ? null : <Skeleton active title={false} />}
    </Page>
  )
}

function Shown({ shown }: { readonly shown: CaseView }) {
  return (
    <div className="mx-case">
      <CaseSide shown={shown} />
      <div>
        <CaseHead shown={shown} />
        <CaseTabs shown={shown} />
      </div>
    </div>
  )
}

/** What was done, and what is due next in this office. */
function Done({ act, caseId }: { readonly act: string; readonly caseId: number }) {
  const { data } = useQuery(workQuery({ turn: 'ours', limit: 2 }))
  const next = data?.cases.find(one => one.caseId !== caseId)
  return (
    <p role="status" className="mx-said">
      {say('console.cases.done', { act })}{' '}
      {next ? (
        <Link to={pathTo('case', { subjectId: next.subjectId, caseId: next.caseId })}>
          {say('console.cases.next', { task: taskOf(next), number: next.number, dueOn: next.clock?.dueOn })}
        </Link>
      ) : null}
    </p>
  )
}
