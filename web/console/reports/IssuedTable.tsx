import type { z } from 'zod'
import type { listIssued } from '../../../src/reports/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { minuteText } from '../../kit/day-text.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say, sayOr } from '../../kit/words.ts'
import { Pager } from '../shell/Pager.tsx'
import { ReportLinks } from './ReportReceipt.tsx'

type Issued = z.output<(typeof listIssued)['output']>['reports'][number]

/** Reports issued here, latest first. */
export function IssuedTable({ reports, next }: { readonly reports: readonly Issued[]; readonly next: number | null }) {
  const columns: Column<Issued>[] = [
    { key: 'number', title: say('console.reports.number'), heads: true, whole: true, cell: it => it.number },
    { key: 'subject', title: say('console.reports.subject'), cell: it => it.subjectName },
    { key: 'kind', title: say('console.reports.kind'), whole: true, cell: it => say(`console.reports.kind-${it.kind}`) },
    { key: 'at', title: say('console.reports.at'), whole: true, cell: it => minuteText(it.issuedAt) },
    { key: 'until', title: say('console.reports.until'), whole: true, cell: it => it.validUntil ?? '—' },
    {
      key: 'state',
      title: say('console.reports.state'),
      whole: true,
      cell: it => sayOr(`console.reports.state-${it.state}`, it.state),
    },
    { key: 'code', title: say('console.reports.code'), whole: true, cell: it => <CodeText code={it.code} /> },
    { key: 'papers', title: say('console.reports.papers'), cell: it => <ReportLinks report={it} /> },
  ]
  return (
    <>
      <RecordTable
        caption={say('console.reports.caption')}
        columns={columns}
        rows={reports}
        rowKey={it => it.code}
        empty={<p>{say('console.reports.none')}</p>}
      />
      <Pager name="before" next={next} />
    </>
  )
}
