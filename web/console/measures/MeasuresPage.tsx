import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Segmented, Skeleton } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { listInitiated } from '../../../src/measures/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { type Review, reviewOf } from './review.ts'
import './words.ts'

const STATES = ['in-force', 'ended'] as const
type Row = Answer<typeof listInitiated>['measures'][number]

/** The measures that this unit takes or has asked for, by number: until when, when each is looked at again, what the windows did with it (M219). */
export function MeasuresPage() {
  const [search, setSearch] = useSearchParams()
  const state = search.get('state') === 'ended' ? 'ended' : 'in-force'
  const after = Number(search.get('after')) || undefined
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['measures', state, after ?? null],
    queryFn: () => call(listInitiated, { query: { state, after, limit: 50 } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={say('console.measures.title')}
      lead={say('console.measures.lead')}
      actions={
        <Segmented
          aria-label={say('console.measures.which')}
          value={state}
          onChange={value => setSearch(value === 'ended' ? { state: value } : {})}
          options={STATES.map(value => ({ value, label: say(`console.measures.state-${value}`) }))}
        />
      }
    >
      <ErrorSummary problem={error} />
      {data ? (
        <div className={isPlaceholderData ? 'mx-stale' : undefined}>
          <RecordTable
            caption={say(`console.measures.caption-${state}`, { asOf: data.asOf })}
            columns={state === 'ended' ? [endedColumn(), ...columns()] : [reviewColumn(data.asOf), ...columns()]}
            rows={data.measures}
            rowKey={it => it.caseId}
            empty={<p>{say(`console.measures.none-${state}`)}</p>}
          />
          <Pager name="after" next={data.next === null ? null : String(data.next)} />
        </div>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

const CLASSES: Readonly<Record<Review, string | undefined>> = {
  overdue: 'mx-clock-overdue',
  soon: 'mx-clock-overdue',
  later: undefined,
}

/** When it is looked at again; what is near or over stands in red and says so. */
function reviewColumn(asOf: string): Column<Row> {
  return {
    key: 'review',
    title: say('console.measures.review'),
    width: '12em',
    cell: it => {
      const review = reviewOf(it.reviewOn, asOf)
      return <span className={CLASSES[review]}>{say(`console.measures.review-${review}`, { on: it.reviewOn })}</span>
    },
  }
}

const endedColumn = (): Column<Row> => ({
  key: 'ended',
  title: say('console.measures.ended'),
  cell: it => (it.ended ? say('console.measures.ended-on', { on: it.ended.on, sentence: it.ended.sentence }) : it.until),
})

function columns(): Column<Row>[] {
  return [
    {
      key: 'measure',
      title: say('console.measures.measure'),
      heads: true,
      cell: it => (
        <>
          <Link to={pathTo('case', { subjectId: it.subjectId, caseId: it.caseId })}>{it.name}</Link>
          <span className="mx-quiet mx-below">{it.number}</span>
        </>
      ),
    },
    {
      key: 'subject',
      title: say('console.measures.subject'),
      whole: true,
      cell: it => say('console.measures.subject-no', { id: String(it.subjectId) }),
    },
    {
      key: 'units',
      title: say('console.measures.body'),
      cell: it => (
        <>
          {it.bodyName}
          <span className="mx-quiet mx-below">{say('console.measures.asked-by', { unit: it.initiatorName })}</span>
        </>
      ),
    },
    {
      key: 'until',
      title: say('console.measures.until'),
      cell: it =>
        say(it.term === 'day' ? 'console.measures.from-until' : 'console.measures.from', {
          fromDay: it.fromDay,
          until: it.until,
        }),
    },
    { key: 'answers', title: say('console.measures.answers'), cell: it => say('console.measures.counts', it.answers) },
  ]
}
