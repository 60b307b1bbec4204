import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import type { SubjectHit } from '../../../src/archive/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { codeGroups } from '../../kit/code-groups.ts'
import { DiffText } from '../../kit/DiffText.tsx'
import { differingRanges, isNearNamesake } from '../../kit/diff-text.ts'
import { districtName } from '../../kit/districts.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say, sayOr } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'

export type Hit = z.output<typeof SubjectHit>

type Props = { readonly subjects: readonly Hit[]; readonly empty: ReactNode; readonly choose?: (subject: Hit) => ReactNode }

/** Found subjects. Near-namesakes cannot be confused: differing characters underlined, differing code groups bold, before the click. */
export function SubjectTable({ subjects, empty, choose }: Props) {
  const twinOf = (it: Hit): Hit | undefined =>
    subjects.find(other => other !== it && (isNearNamesake(it.name, other.name) || it.name === other.name))
  const columns: Column<Hit>[] = [
    {
      key: 'name',
      title: say('console.subjects.name'),
      heads: true,
      cell: it => {
        const twin = twinOf(it)
        return (
          <Link to={pathTo('subject', { subjectId: it.subjectId })}>
            <DiffText text={it.name} differs={twin ? differingRanges(it.name, twin.name) : []} />
          </Link>
        )
      },
    },
    { key: 'code', title: say('console.subjects.code'), whole: true, cell: it => <Code it={it} twin={twinOf(it)} /> },
    { key: 'kind', title: say('console.subjects.kind'), whole: true, cell: it => sayOr(`console.kind.${it.kind}`, it.kind) },
    { key: 'status', title: say('console.subjects.status'), cell: it => it.status ?? '—' },
    { key: 'district', title: say('console.subjects.district'), cell: it => districtName(it.district) ?? '—' },
    ...(choose ? [{ key: 'choose', title: say('console.subjects.act'), cell: choose }] : []),
  ]
  return (
    <RecordTable
      caption={say('console.subjects.caption')}
      columns={columns}
      rows={subjects}
      rowKey={it => it.subjectId}
      empty={empty}
    />
  )
}

function Code({ it, twin }: { readonly it: Hit; readonly twin: Hit | undefined }) {
  if (it.uscc === null) return say('console.subjects.no-code')
  const others = twin?.uscc ? codeGroups(twin.uscc) : null
  const differs = others ? codeGroups(it.uscc).flatMap((group, at) => (group === others[at] ? [] : [at])) : []
  return <CodeText code={it.uscc} differs={differs} />
}
