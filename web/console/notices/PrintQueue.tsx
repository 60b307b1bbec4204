import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { type NoticeView, printNotices } from '../../../src/notices/contract.ts'
import { ask } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { NoticeTable } from './NoticeTable.tsx'

/** Letters that wait for the post: those chosen are printed as one file, each behind a sheet with its address. Printing registers a look at each. */
export function PrintQueue({ notices }: { readonly notices: readonly NoticeView[] }) {
  const client = useQueryClient()
  const [left, setLeft] = useState<readonly number[]>([])
  const chosen = notices.filter(it => !left.includes(it.noticeId))
  const print = useMutation({
    mutationFn: async (): Promise<number> => {
      const input = { notices: chosen.map(({ subjectId, noticeId }) => ({ subjectId, noticeId })) }
      const response = await ask(printNotices, { input }, 'application/pdf')
      download(await response.blob())
      return chosen.length
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
  return (
    <>
      <ErrorSummary key={print.submittedAt} problem={print.error} />
      {print.isSuccess ? (
        <p role="status" className="mx-said">
          {say('console.notices.printed', { count: print.data })}
        </p>
      ) : null}
      {notices.length > 0 ? (
        <div className="mx-row">
          <Button type="primary" disabled={print.isPending || chosen.length === 0} onClick={() => print.mutate()}>
            {say('console.notices.print', { count: chosen.length })}
          </Button>
        </div>
      ) : null}
      <NoticeTable
        notices={notices}
        box="to-post"
        first={{
          key: 'chosen',
          title: say('console.notices.chosen'),
          cell: it => (
            <Checkbox
              aria-label={say('console.notices.choose', { number: it.number })}
              checked={!left.includes(it.noticeId)}
              onChange={event => setLeft(event.target.checked ? left.filter(id => id !== it.noticeId) : [...left, it.noticeId])}
            />
          ),
        }}
      />
    </>
  )
}

function download(pdf: Blob): void {
  const address = URL.createObjectURL(pdf)
  const link = document.createElement('a')
  link.href = address
  link.download = say('console.notices.file-name')
  link.click()
  URL.revokeObjectURL(address)
}
