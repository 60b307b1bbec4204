import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { getBatch } from '../../../src/campaigns/contract.ts'
import type { Answer } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { batchQuery, CAMPAIGNS } from './campaign-queries.ts'
import { runToTheEnd } from './run-to-the-end.ts'

type Props = {
  readonly campaignId: number
  readonly batchId: number
  /** The codes as they were sent, where this page sent them. */
  readonly codes: readonly string[]
}
type Line = Answer<typeof getBatch>['lines'][number]

/** A list that is worked off: how far it is, then which line became which case. Whoever comes back goes on where it stopped. */
export function BatchReceipt({ campaignId, batchId, codes }: Props) {
  const client = useQueryClient()
  const { data, error } = useQuery(batchQuery(campaignId, batchId))
  const running = useMutation({
    mutationFn: () =>
      runToTheEnd({ campaignId, batchId }, state =>
        client.setQueryData(batchQuery(campaignId, batchId).queryKey, was => was && { ...was, ...state }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: CAMPAIGNS }),
  })
  const { mutate } = running
  const isFresh = codes.length > 0
  // Whoever has just sent the list has asked for it to be worked off; whoever opens an old receipt decides it anew.
  const isStarted = useRef(false)
  useEffect(() => {
    if (!isFresh || isStarted.current) return
    isStarted.current = true
    mutate()
  }, [isFresh, mutate])
  if (!data) return error ? <ErrorSummary problem={error} /> : <Skeleton active title={false} />
  const { rows, opened, refused, waiting } = data
  return (
    <>
      <ErrorSummary key={running.submittedAt} problem={running.error} />
      <p role="status" className="mx-said">
        {say('console.campaign-list.so-far', {
          rows: countText(rows),
          opened: countText(opened),
          refused: countText(refused),
          waiting: countText(waiting),
        })}
      </p>
      {waiting > 0 ? (
        <p>
          <Button type="primary" loading={running.isPending} onClick={() => mutate()}>
            {say('console.campaign-list.go-on')}
          </Button>
        </p>
      ) : null}
      <RecordTable
        caption={say('console.campaign-list.receipt')}
        columns={columns(codes)}
        rows={data.lines}
        rowKey={it => it.row}
        empty={<p>{say('console.campaign-list.none-yet')}</p>}
      />
      <p className="mx-quiet mx-after-table">{say('console.campaign-list.note')}</p>
    </>
  )
}

function columns(codes: readonly string[]): Column<Line>[] {
  return [
    {
      key: 'row',
      title: say('console.campaign-list.place'),
      heads: true,
      cell: it => [say('console.campaign-list.nth', { row: it.row }), codes[it.row - 1]].filter(Boolean).join(' '),
    },
    {
      key: 'case',
      title: say('console.campaign-list.case'),
      cell: it =>
        it.subjectId !== null && it.caseId !== null ? (
          <Link to={pathTo('case', { subjectId: it.subjectId, caseId: it.caseId })}>{it.number}</Link>
        ) : (
          '—'
        ),
    },
    { key: 'why', title: say('console.campaign-list.why'), cell: it => it.why ?? '' },
  ]
}
