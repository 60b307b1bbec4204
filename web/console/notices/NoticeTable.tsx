import { Link } from 'react-router'
import type { NoticeView } from '../../../src/notices/contract.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'

export const BOXES = ['sent', 'unserved', 'to-post', 'received'] as const
export type Box = (typeof BOXES)[number]

type TableProps = {
  readonly notices: readonly NoticeView[]
  readonly box: Box
  readonly first?: Column<NoticeView>
}

/** Letters by number and state; they name nobody. */
export function NoticeTable({ notices, box, first }: TableProps) {
  const columns: Column<NoticeView>[] = [
    ...(first ? [first] : []),
    {
      key: 'number',
      title: say('console.notices.number'),
      heads: true,
      cell: it => (
        <Link to={{ search: `?box=${box}&notice=${it.subjectId}-${it.noticeId}` }}>
          {it.name} <span className="mx-quiet">{it.number}</span>
        </Link>
      ),
    },
    { key: 'made', title: say('console.notices.made'), whole: true, cell: it => it.madeOn },
    {
      key: 'whom',
      title: say(box === 'received' ? 'console.notices.from' : 'console.notices.to'),
      cell: it => (box === 'received' ? it.unitName : (it.toUnitName ?? say('console.notices.to-subject'))),
    },
    { key: 'state', title: say('console.notices.state'), cell: it => it.stateName },
    { key: 'served', title: say('console.notices.served'), whole: true, cell: it => it.servedOn ?? '—' },
  ]
  return (
    <RecordTable
      caption={say(`console.notices.caption-${box}`)}
      columns={columns}
      rows={notices}
      rowKey={it => it.noticeId}
      empty={<p>{say(`console.notices.none-${box}`)}</p>}
    />
  )
}
