import { Link } from 'react-router'
import type { FaultsView } from '../../../src/intake/contract.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { Pager } from '../shell/Pager.tsx'
import { cellAnchor } from './cell-anchor.ts'

type Fault = FaultsView['faults'][number]
type Props = {
  readonly listed: FaultsView
  /** The cause that is shown; null: all. */
  readonly code: string | null
  /** The fragment of the address. */
  readonly hash: string
  readonly caption: string
  readonly empty: string
}

/** Cells of a delivery with what is to be said of them: causes with their counts beside a page of cells, each with an address of its own. */
export function FaultList({ listed, code, hash, caption, empty }: Props) {
  return (
    <div className="mx-split">
      <Causes causes={listed.causes} chosen={code} />
      <div>
        <FaultTable faults={listed.faults} target={hash.slice(1)} caption={caption} empty={empty} />
        <Pager name="after" next={listed.next} />
      </div>
    </div>
  )
}

function Causes({ causes, chosen }: { readonly causes: FaultsView['causes']; readonly chosen: string | null }) {
  return (
    <nav aria-label={say('console.refusals.causes')} className="mx-rail">
      <h2>{say('console.refusals.causes')}</h2>
      <ul>
        <li>
          <Link to="?" aria-current={chosen === null ? 'true' : undefined}>
            {say('console.refusals.all-causes')}
          </Link>
        </li>
        {causes.map(cause => (
          <li key={cause.code}>
            <Link to={`?code=${encodeURIComponent(cause.code)}`} aria-current={chosen === cause.code ? 'true' : undefined}>
              {cause.sentence} <span className="mx-whole">{say('console.refusals.rows', { count: cause.rows })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function FaultTable({
  faults,
  target,
  caption,
  empty,
}: {
  readonly faults: readonly Fault[]
  readonly target: string
  readonly caption: string
  readonly empty: string
}) {
  const columns: Column<Fault>[] = [
    {
      key: 'row',
      title: say('console.refusals.row'),
      heads: true,
      whole: true,
      cell: it => {
        const anchor = cellAnchor(it.row, it.columnLetters)
        return (
          <a id={anchor} href={`#${anchor}`}>
            {countText(it.row)}
          </a>
        )
      },
    },
    {
      key: 'column',
      title: say('console.refusals.column'),
      cell: it => [it.columnLetters, it.columnName].filter(Boolean).join(' ') || say('console.refusals.whole-row'),
    },
    { key: 'value', title: say('console.refusals.value'), cell: it => valueText(it.value) },
    { key: 'why', title: say('console.refusals.why'), cell: it => it.why },
    { key: 'how', title: say('console.refusals.how'), cell: it => it.how },
    { key: 'basis', title: say('console.refusals.basis'), cell: it => it.article ?? '—' },
  ]
  return (
    <RecordTable
      caption={caption}
      columns={columns}
      rows={faults}
      dense
      rowKey={it => `${it.row}-${it.column}-${it.code}`}
      rowClass={it => (cellAnchor(it.row, it.columnLetters) === target ? 'mx-target' : undefined)}
      empty={<p>{empty}</p>}
    />
  )
}

function valueText(value: string | null): string {
  if (value === null) return say('console.refusals.not-kept')
  return value.trim() === '' ? say('console.refusals.empty-cell') : value
}
