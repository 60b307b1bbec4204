import { useQuery } from '@tanstack/react-query'
import { Segmented, Skeleton } from 'antd'
import { useLocation, useSearchParams } from 'react-router'
import { WORK_TURNS, type WorkTurn } from '../../../src/cases/work-contract.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { LinkButton } from '../shell/LinkButton.tsx'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { CaseTable } from './CaseTable.tsx'
import { figuresQuery, type Passed, workQuery } from './case-queries.ts'
import { DueCounters, dueOf, dueTitle } from './DueCounters.tsx'
import './words.ts'

const STATES = ['open', 'closed'] as const

/** Cases of this unit, or of every unit for the credit office: open by due day, or closed. They name nobody. */
export function CasesPage() {
  const [search] = useSearchParams()
  const passed = useLocation().state as Passed | null
  const mayOpen = useMay('case.handle')
  const state = search.get('state') === 'closed' ? 'closed' : 'open'
  const turn: WorkTurn = state === 'closed' ? 'all' : (WORK_TURNS.find(one => one === search.get('turn')) ?? 'all')
  const [procedure, unit, after] = ['procedure', 'unit', 'after'].map(name => search.get(name) ?? undefined)
  const due = state === 'open' ? dueOf(search) : undefined
  const listed = useQuery(workQuery({ turn, state, due, procedure, unit, after, limit: 50 }))
  const figures = useQuery(figuresQuery({ turn, procedure, unit }))
  return (
    <Page
      title={say('console.cases.title')}
      state={state === 'open' ? dueTitle(figures.data) : undefined}
      lead={say('console.cases.lead')}
      actions={mayOpen ? <LinkButton to={pathTo('new-case')}>{say('console.new-case.title')}</LinkButton> : null}
    >
      <ErrorSummary problem={listed.error ?? figures.error} />
      {passed ? (
        <p role="status" className="mx-said">
          {say('console.cases.passed-on', { act: passed.done })}
        </p>
      ) : null}
      <Filters state={state} turn={turn} lists={figures.data} />
      {figures.data && state === 'open' ? <DueCounters figures={figures.data} /> : null}
      {listed.data ? (
        <div className={listed.isPlaceholderData ? 'mx-stale' : undefined}>
          <CaseTable
            caption={say(`console.cases.caption-${state}`)}
            cases={listed.data.cases}
            closed={state === 'closed'}
            empty={<p>{say(search.size > 0 ? 'console.cases.none-so' : 'console.cases.none')}</p>}
          />
          <Pager name="after" next={listed.data.next} />
        </div>
      ) : listed.error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

type Named = { readonly id: string; readonly name: string }
type FilterProps = {
  readonly state: (typeof STATES)[number]
  readonly turn: WorkTurn
  readonly lists:
    | {
        readonly procedures: readonly { procedure: string; name: string }[]
        readonly units: readonly { unit: string; name: string }[]
      }
    | undefined
}

function Filters({ state, turn, lists }: FilterProps) {
  const [search, setSearch] = useSearchParams()
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search)
    next.delete('after')
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next)
  }
  return (
    <div className="mx-row mx-no-print mx-case-filters">
      <Segmented
        aria-label={say('console.cases.which')}
        value={state}
        onChange={value => set('state', value === 'closed' ? value : '')}
        options={STATES.map(value => ({ value, label: say(`console.cases.${value}`) }))}
      />
      {state === 'open' ? (
        <Segmented
          aria-label={say('console.cases.whose')}
          value={turn}
          onChange={value => set('turn', value === 'all' ? '' : value)}
          options={[...WORK_TURNS].reverse().map(value => ({ value, label: say(`console.cases.turn-${value}`) }))}
        />
      ) : null}
      <Chosen
        name="procedure"
        items={(lists?.procedures ?? []).map(one => ({ id: one.procedure, name: one.name }))}
        onSet={set}
      />
      {lists && lists.units.length > 0 ? (
        <Chosen name="unit" items={lists.units.map(one => ({ id: one.unit, name: one.name }))} onSet={set} />
      ) : null}
    </div>
  )
}

function Chosen({
  name,
  items,
  onSet,
}: {
  readonly name: string
  readonly items: readonly Named[]
  readonly onSet: (name: string, value: string) => void
}) {
  const [search] = useSearchParams()
  return (
    <Field id={`by-${name}`} label={say(`console.cases.by-${name}`)}>
      <select
        id={`by-${name}`}
        className="mx-day"
        value={search.get(name) ?? ''}
        onChange={event => onSet(name, event.target.value)}
      >
        <option value="">{say('console.cases.every')}</option>
        {items.map(({ id, name: text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  )
}
