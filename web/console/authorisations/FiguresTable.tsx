import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { countAuthorisations } from '../../../src/authorisation/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'

type Row = z.output<(typeof countAuthorisations)['output']>['receivers'][number]
const COUNTS = ['requests', 'refused', 'inForce', 'ended', 'reads', 'refusedReads', 'deletionsOpen'] as const

/** Numbers of each receiver; no subject is named. */
export function FiguresTable() {
  const figures = useQuery({ queryKey: ['authorisation-figures'], queryFn: () => call(countAuthorisations) })
  const columns: Column<Row>[] = [
    { key: 'receiver', title: say('console.authorisations.receiver'), heads: true, cell: it => it.receiverName },
    ...COUNTS.map(
      key =>
        ({
          key,
          title: say(`console.authorisations.count-${key}`),
          align: 'right',
          cell: (it: Row) => countText(it[key]),
        }) as const,
    ),
  ]
  return (
    <>
      <ErrorSummary problem={figures.error} />
      {figures.data ? (
        <RecordTable
          caption={say('console.authorisations.figures')}
          columns={columns}
          rows={figures.data.receivers}
          rowKey={it => it.receiverName}
          empty={<p>{say('console.authorisations.figures-none')}</p>}
        />
      ) : null}
    </>
  )
}
