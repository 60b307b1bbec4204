import { Link } from 'react-router'
import type { CaseView } from '../../../src/cases/shapes.ts'
import { Receipt } from '../../kit/Receipt.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { type Tab, Tabs } from '../../kit/Tabs.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { Papers, Timeline } from './Timeline.tsx'

/** Who, what about, how far, by which edition. */
export function CaseHead({ shown }: { readonly shown: CaseView }) {
  const { record } = shown
  const facts: [key: string, value: React.ReactNode][] = [
    ['subject', <Subject key="subject" shown={shown} />],
    ['state', <State key="state" shown={shown} />],
    [
      'record',
      record ? [record.itemName, record.documentNo, record.authorityName, record.decidedOn].filter(Boolean).join(' · ') : null,
    ],
    ['compared', shown.compared],
    ['in-charge', shown.unitName],
    ['opened', shown.openedOn],
    [
      'within',
      shown.within ? (
        <Link key="within" to={pathTo('campaign', { campaignId: shown.within.campaignId })}>
          {shown.within.name}
        </Link>
      ) : null,
    ],
    ['edition', say('console.cases.edition-of', { procedure: shown.procedureName, from: shown.edition.split('@')[1] })],
  ]
  return (
    <section className="mx-panel">
      <dl className="mx-facts">
        {facts
          .filter(([, value]) => value)
          .map(([key, value]) => (
            <div key={key}>
              <dt>{say(`console.cases.head-${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Receipt receipt={shown.receipt} />
    </section>
  )
}

/** A name is plain text, for it may be a person's: what leads on is beside it. */
function Subject({ shown }: { readonly shown: CaseView }) {
  return (
    <>
      <strong>{shown.subjectName}</strong>{' '}
      <Link to={pathTo('subject', { subjectId: shown.subjectId })}>{say('console.cases.to-archive')}</Link>
    </>
  )
}

function State({ shown }: { readonly shown: CaseView }) {
  return (
    <>
      <strong>{shown.stateName}</strong> {shown.end === null ? <span className="mx-quiet">{turnText(shown)}</span> : null}
    </>
  )
}

function turnText({ turn, waitsFor }: CaseView): string {
  return turn === 'second' ? say('console.cases.turn-of-second', { who: waitsFor }) : say('console.cases.turn', { who: waitsFor })
}

/** What was done, what was handed in, what was sent, and who has confirmed. */
export function CaseTabs({ shown }: { readonly shown: CaseView }) {
  const key = { subjectId: shown.subjectId, caseId: shown.caseId }
  const papers = shown.entries.flatMap(entry => entry.papers)
  const { all, open } = shown.confirmations
  const tabs: Tab[] = [
    {
      key: 'course',
      label: say('console.cases.tab-course', { count: shown.entries.length }),
      content: <Timeline caseKey={key} entries={shown.entries} />,
    },
    {
      key: 'papers',
      label: say('console.cases.tab-papers', { count: papers.length }),
      content:
        papers.length === 0 ? (
          <p className="mx-empty">{say('console.cases.no-papers')}</p>
        ) : (
          <Papers caseKey={key} papers={papers} />
        ),
    },
    {
      key: 'letters',
      label: say('console.cases.tab-letters', { count: shown.letters.length }),
      content: <Letters shown={shown} />,
    },
    {
      key: 'confirmations',
      label:
        all === 0 ? say('console.cases.tab-no-confirmations') : say('console.cases.tab-confirmations', { done: all - open, all }),
      content: (
        <p className="mx-empty">
          {say(all === 0 ? 'console.cases.no-confirmations' : 'console.cases.confirmations', { all, open, done: all - open })}
        </p>
      ),
    },
  ]
  return <Tabs label={say('console.cases.tabs')} tabs={tabs} />
}

type Letter = CaseView['letters'][number]

function Letters({ shown }: { readonly shown: CaseView }) {
  const mayRead = useMay('notice.read')
  const columns: Column<Letter>[] = [
    {
      key: 'name',
      title: say('console.cases.letter'),
      heads: true,
      cell: it =>
        mayRead ? <Link to={`${pathTo('notices')}?notice=${shown.subjectId}-${it.noticeId}`}>{it.name}</Link> : it.name,
    },
    { key: 'number', title: say('console.cases.letter-number'), whole: true, cell: it => it.number },
    {
      key: 'served',
      title: say('console.cases.letter-served'),
      cell: it => (it.servedOn ? say('console.cases.served-on', { on: it.servedOn }) : say('console.cases.not-served')),
    },
  ]
  return (
    <RecordTable
      caption={say('console.cases.letters')}
      hideCaption
      columns={columns}
      rows={shown.letters}
      rowKey={it => it.noticeId}
      empty={<p>{say('console.cases.no-letters')}</p>}
    />
  )
}
