import { useQuery } from '@tanstack/react-query'
import { Segmented, Skeleton } from 'antd'
import { useSearchParams } from 'react-router'
import { listOfUnit } from '../../../src/notices/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { NoticePanel } from './NoticePanel.tsx'
import { BOXES, NoticeTable } from './NoticeTable.tsx'
import { PrintQueue } from './PrintQueue.tsx'

/** Letters that the unit wrote or received, how far their service is, and those that wait for the post. Opening one is a registered look. */
export function NoticesPage() {
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  const boxes = BOXES.filter(box => box !== 'to-post' || me.permissions.includes('notice.serve'))
  const box = boxes.find(one => one === search.get('box')) ?? 'sent'
  const before = search.get('before')
  const query = { box, ...(before ? { before: Number(before) } : {}) }
  const { data, error } = useQuery({ queryKey: ['notices', query], queryFn: () => call(listOfUnit, { query }) })
  const [, subjectId, noticeId] = /^(\d+)-(\d+)$/.exec(search.get('notice') ?? '') ?? []
  return (
    <Page
      title={say('console.notices.title')}
      lead={say('console.notices.lead')}
      actions={
        <Segmented
          aria-label={say('console.notices.which')}
          value={box}
          onChange={value => setSearch({ box: value })}
          options={boxes.map(value => ({ value, label: say(`console.notices.box-${value}`) }))}
        />
      }
    >
      <ErrorSummary problem={error} />
      {subjectId && noticeId ? <NoticePanel key={noticeId} subjectId={Number(subjectId)} noticeId={Number(noticeId)} /> : null}
      {data ? (
        <>
          {box === 'to-post' ? <PrintQueue notices={data.notices} /> : <NoticeTable notices={data.notices} box={box} />}
          <Pager name="before" next={data.next === null ? null : String(data.next)} />
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}
