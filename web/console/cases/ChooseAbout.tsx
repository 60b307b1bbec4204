import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { RecordView } from '../../../src/archive/contract.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Purpose, PurposeBar } from '../../kit/PurposeBar.tsx'
import { Receipt } from '../../kit/Receipt.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { StateMarks } from '../../kit/StateMark.tsx'
import { say } from '../../kit/words.ts'
import { shownUntil } from '../subjects/record-classes.ts'
import { recordsQuery } from '../subjects/subject-queries.ts'
import type { Opening } from './ChooseProcedure.tsx'

type Props = {
  readonly opening: Opening
  readonly subjectId: number
  readonly chosen: string
  readonly onChoose: (aboutRef: string) => void
}

/** What of the subject it is about: one of its records, which is a look with a purpose, or one of the things that the law names. */
export function ChooseAbout(props: Props) {
  const { opening, chosen, onChoose } = props
  const [picked, setPicked] = useState('')
  const named = opening.abouts.find(one => one.id === chosen)?.name ?? picked
  return (
    <section className="mx-panel" aria-labelledby="which-about">
      <h2 id="which-about">{say(`console.new-case.about-${opening.about}`)}</h2>
      {chosen !== '' ? (
        <p className="mx-chosen">
          <strong>{named === '' ? say('console.new-case.record-no', { id: chosen }) : named}</strong>{' '}
          <Button size="small" onClick={() => onChoose('')}>
            {say('console.new-case.change')}
          </Button>
        </p>
      ) : opening.about === 'record' ? (
        <OwnRecords
          {...props}
          onPick={record => {
            setPicked([record.itemName, record.documentNo].filter(Boolean).join(' '))
            onChoose(String(record.recordId))
          }}
        />
      ) : (
        <ul className="mx-acts">
          {opening.abouts.map(({ id, name }) => (
            <li key={id}>
              <Button onClick={() => onChoose(id)}>{name}</Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function OwnRecords({ subjectId, onPick }: Props & { readonly onPick: (record: RecordView) => void }) {
  const [purpose, setPurpose] = useState<Purpose | null>(null)
  const { data, error, isFetching } = useQuery(recordsQuery(subjectId, purpose, '', ''))
  const columns: Column<RecordView>[] = [
    { key: 'number', title: say('console.records.number'), heads: true, cell: it => it.documentNo || it.heading },
    { key: 'item', title: say('console.records.item'), cell: it => it.itemName },
    { key: 'authority', title: say('console.records.authority'), cell: it => it.authorityName },
    { key: 'decided', title: say('console.records.decided'), whole: true, cell: it => it.decidedOn },
    { key: 'marks', title: say('console.records.marks'), cell: it => <StateMarks marks={it.marks} day={shownUntil(it)} /> },
    {
      key: 'choose',
      title: say('console.subjects.act'),
      cell: it => (
        <Button size="small" onClick={() => onPick(it)}>
          {say('console.new-case.choose')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <PurposeBar value={purpose} onSet={setPurpose} opens={say('console.new-case.records-open')} />
      <ErrorSummary problem={error} />
      {purpose && data ? (
        <>
          <Receipt receipt={data.receipt} />
          <RecordTable
            caption={say('console.new-case.about-record')}
            hideCaption
            columns={columns}
            rows={data.records}
            rowKey={it => it.recordId}
            empty={<p>{say('console.records.none')}</p>}
          />
        </>
      ) : purpose && isFetching ? (
        <Skeleton active title={false} />
      ) : null}
    </>
  )
}
