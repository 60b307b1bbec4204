import { Button } from 'antd'
import { CodeText } from '../../kit/CodeText.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { countText, say } from '../../kit/words.ts'
import { type BatchState, batchCsv, type Line } from './run-batch.ts'

const DRAWN = 500

/** What a batch came to: the lines that need a person; those with nothing in force only counted. */
export function BatchResult({ state }: { readonly state: BatchState }) {
  const { counts, lines, digest } = state
  const of = (...outcomes: readonly string[]): Line[] => lines.filter(it => outcomes.includes(it.outcome))
  const rest = counts.invalid + counts.unknown
  return (
    <section className="mx-panel" aria-labelledby="batch-result">
      <div role="status">
        <h2 id="batch-result">{say('console.batch.result', { count: state.done, hit: counts.hit })}</h2>
      </div>
      <Tabs
        label={say('console.batch.tabs')}
        tabs={[
          {
            key: 'hit',
            label: say('console.batch.tab-hit', { count: counts.hit }),
            content: <Lines caption={say('console.batch.hit')} lines={of('hit')} />,
          },
          {
            key: 'ambiguous',
            label: say('console.batch.tab-ambiguous', { count: counts.ambiguous }),
            content: <Lines caption={say('console.batch.ambiguous')} lines={of('ambiguous')} />,
          },
          {
            key: 'rest',
            label: say('console.batch.tab-rest', { count: rest }),
            content: <Lines caption={say('console.batch.rest')} lines={of('invalid', 'unknown')} />,
          },
          {
            key: 'clear',
            label: say('console.batch.tab-clear', { count: counts.clear }),
            content: <p>{say('console.batch.clear', { count: counts.clear })}</p>,
          },
        ]}
      />
      <div className="mx-row">
        <Button type="primary" className="mx-no-print" onClick={() => download(lines)}>
          {say('console.batch.download')}
        </Button>
        <span className="mx-quiet">
          {say('console.batch.receipts', { count: state.receipts.length, first: state.receipts[0] ?? null })}
        </span>
      </div>
      {digest ? (
        <p className="mx-quiet mx-wrap">
          {say('console.batch.digest')} <CodeText code={digest} />
        </p>
      ) : (
        <p className="mx-quiet">{say('console.batch.incomplete')}</p>
      )}
    </section>
  )
}

function Lines({ caption, lines }: { readonly caption: string; readonly lines: readonly Line[] }) {
  const columns: Column<Line>[] = [
    { key: 'line', title: say('console.batch.line'), align: 'right', cell: it => countText(it.line) },
    { key: 'asked', title: say('console.batch.asked'), heads: true, cell: it => it.asked },
    { key: 'name', title: say('console.subjects.name'), cell: it => <Answering line={it} /> },
    { key: 'code', title: say('console.subjects.code'), whole: true, cell: it => (it.uscc ? <CodeText code={it.uscc} /> : '—') },
    {
      key: 'found',
      title: say('console.batch.found'),
      width: '34%',
      cell: it => (it.hits.length > 0 ? <Found line={it} /> : say(`console.batch.outcome.${it.outcome}`)),
    },
    {
      key: 'authority',
      title: say('console.records.authority'),
      cell: it => [...new Set(it.hits.map(hit => hit.authorityName))].join('；') || '—',
    },
  ]
  return (
    <>
      {lines.length > DRAWN ? <p className="mx-quiet">{say('console.batch.drawn', { count: DRAWN })}</p> : null}
      <RecordTable
        caption={caption}
        hideCaption
        dense
        columns={columns}
        rows={lines.slice(0, DRAWN)}
        rowKey={it => it.line}
        empty={<p>{say('console.batch.none')}</p>}
      />
    </>
  )
}

/** What is in force, list by list, each with how often and until when. */
function Found({ line: { hits } }: { readonly line: Line }) {
  const lists = Map.groupBy(hits, hit => hit.listName ?? hit.heading)
  return (
    <ul className="mx-reasons">
      {[...lists].map(([name, entries]) => {
        const ends = [...new Set(entries.map(hit => hit.until ?? say('console.batch.no-end')))]
        return (
          <li key={name}>
            {entries.length > 1 ? say('console.batch.entries', { name, count: entries.length }) : name}{' '}
            <span className="mx-quiet">{ends.join('、')}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** Who answers, and why it is another one than was asked for. */
function Answering({ line: { name, mergedFrom } }: { readonly line: Line }) {
  return (
    <>
      {name ?? '—'}
      {mergedFrom ? <span className="mx-quiet"> {mergedFrom.sentence}</span> : null}
    </>
  )
}

function download(lines: readonly Line[]): void {
  const titles = say('console.batch.titles').split('、')
  const csv = batchCsv(
    [...lines].sort((a, b) => a.line - b.line),
    titles,
    outcome => say(`console.batch.outcome.${outcome}`),
  )
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = say('console.batch.result-name')
  link.click()
  URL.revokeObjectURL(address)
}
