import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CaseLine } from '../../../src/cases/shapes.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say, sayOr } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { CaseClock } from './CaseClock.tsx'

type Props = {
  readonly caption: string
  readonly cases: readonly CaseLine[]
  readonly empty: ReactNode
  readonly closed?: boolean
}

/** Cases as rows, due day first. Whom one is about is a number here: the name is a look, and comes with the case. */
export function CaseTable({ caption, cases, empty, closed = false }: Props) {
  const columns: Column<CaseLine>[] = [
    {
      key: 'due',
      title: say(closed ? 'console.cases.closed-on' : 'console.cases.due'),
      width: closed ? '9em' : '15em',
      cell: it => (closed ? (it.closedAt?.slice(0, 10) ?? '—') : <CaseClock clock={it.clock} />),
    },
    {
      key: 'task',
      title: say('console.cases.task'),
      heads: true,
      cell: it => (
        <>
          <Link to={pathTo('case', { subjectId: it.subjectId, caseId: it.caseId })}>{taskOf(it)}</Link>
          <span className="mx-quiet mx-below">{it.number}</span>
        </>
      ),
    },
    {
      key: 'subject',
      title: say('console.cases.subject'),
      whole: true,
      cell: it => say('console.cases.subject-no', { id: String(it.subjectId) }),
    },
    { key: 'state', title: say('console.cases.state'), cell: it => it.stateName },
    {
      key: 'unit',
      title: say('console.cases.unit'),
      cell: it => (
        <>
          {it.unitName}
          {it.waitsFor !== '' && it.waitsFor !== it.unitName ? (
            <span className="mx-quiet mx-below">{say('console.cases.waits-for', { who: it.waitsFor })}</span>
          ) : null}
        </>
      ),
    },
    { key: 'basis', title: say('console.cases.basis'), cell: it => it.clock?.cites[0] ?? '—' },
  ]
  return <RecordTable caption={caption} columns={columns} rows={cases} rowKey={it => it.caseId} empty={empty} />
}

/** What is to be done, verb first: by whose turn it is. */
export function taskOf({ turn, procedureName }: Pick<CaseLine, 'turn' | 'procedureName'>): string {
  return sayOr(`console.cases.task-${turn}`, '{procedure}').replace('{procedure}', procedureName)
}
