import { Drawer } from 'antd'
import { useState } from 'react'
import type { RecordView } from '../../../src/archive/contract.ts'
import { minuteText } from '../../kit/day-text.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { StateMarks } from '../../kit/StateMark.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { say, sayOr } from '../../kit/words.ts'
import { RecordPaper } from './RecordPaper.tsx'
import { classesOf, outletsShowing, shownUntil } from './record-classes.ts'

type Props = { readonly records: readonly RecordView[]; readonly today: string; readonly stale: boolean }

/** The records of a subject by class of the catalogue; one opens in a drawer. */
export function Records({ records, today, stale }: Props) {
  const [opened, setOpened] = useState<RecordView | null>(null)
  if (records.length === 0) return <p className="mx-empty">{say('console.records.none')}</p>
  const tab = (key: string, label: string, rows: readonly RecordView[]) => ({
    key,
    label: say('console.records.tab', { name: label, count: rows.length }),
    content: <RecordRows caption={label} records={rows} onOpen={setOpened} />,
  })
  const classes = classesOf(records)
  return (
    <div className={stale ? 'mx-stale' : undefined}>
      <Tabs
        label={say('console.records.tabs')}
        tabs={[
          ...(classes.length > 1 ? [tab('all', say('console.records.all'), records)] : []),
          ...classes.map(it =>
            tab(
              it.class,
              sayOr(`console.class.${it.class}`, it.class),
              records.filter(record => record.class === it.class),
            ),
          ),
        ]}
      />
      <Drawer
        open={opened !== null}
        onClose={() => setOpened(null)}
        title={opened?.documentNo || opened?.heading}
        size={640}
        destroyOnHidden
        getContainer={() => document.getElementById('popups') ?? document.body}
      >
        {opened ? <RecordPaper record={opened} today={today} /> : null}
      </Drawer>
    </div>
  )
}

function RecordRows(props: {
  readonly caption: string
  readonly records: readonly RecordView[]
  readonly onOpen: (record: RecordView) => void
}) {
  const columns: Column<RecordView>[] = [
    {
      key: 'number',
      title: say('console.records.number'),
      heads: true,
      cell: it => (
        <button type="button" className="mx-text-button" aria-haspopup="dialog" onClick={() => props.onOpen(it)}>
          {it.documentNo || it.heading}
        </button>
      ),
    },
    { key: 'item', title: say('console.records.item'), cell: it => it.itemName },
    { key: 'heading', title: say('console.records.heading'), cell: it => it.heading },
    { key: 'marks', title: say('console.records.marks'), cell: it => <StateMarks marks={it.marks} day={shownUntil(it)} /> },
    { key: 'authority', title: say('console.records.authority'), cell: it => it.authorityName },
    { key: 'decided', title: say('console.records.decided'), whole: true, cell: it => it.decidedOn },
    { key: 'known', title: say('console.records.known'), whole: true, cell: it => minuteText(it.knownFrom) },
    {
      key: 'outlets',
      title: say('console.records.outlets'),
      whole: true,
      cell: it => say('console.records.shown', outletsShowing(it)),
    },
  ]
  return (
    <RecordTable
      caption={props.caption}
      hideCaption
      columns={columns}
      rows={props.records}
      rowKey={it => it.recordId}
      empty={say('console.records.none')}
    />
  )
}
