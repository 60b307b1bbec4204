import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { RecordView } from '../../../src/archive/contract.ts'
import { OUTLETS } from '../../../src/disclosure/outlets.ts'
import { Beside } from '../../kit/Beside.tsx'
import { Clock } from '../../kit/Clock.tsx'
import { CodeText } from '../../kit/CodeText.tsx'
import { instantText } from '../../kit/day-text.ts'
import { Provenance } from '../../kit/Provenance.tsx'
import { ReasonList } from '../../kit/ReasonList.tsx'
import { StateMarks } from '../../kit/StateMark.tsx'
import { say, sayOr } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { shownUntil } from './record-classes.ts'

const OUTLET_NAMES: ReadonlyMap<string, string> = new Map(OUTLETS.map(it => [it.outlet, it.name]))

/** One record in full: its fields, where it shows and why, its versions, and where it came from down to the row's digest. */
export function RecordPaper({ record, today }: { readonly record: RecordView; readonly today: string }) {
  return (
    <>
      <StateMarks marks={record.marks} day={shownUntil(record)} />
      <Beside standings={record.standings} comment={record.comment} />
      <dl className="mx-facts">
        {record.fields.map(field => (
          <div key={field.code}>
            <dt>{field.name}</dt>
            <dd>{field.value}</dd>
          </div>
        ))}
      </dl>
      <Citation record={record} today={today} />
      <Outlets record={record} />
      <section aria-labelledby="origin">
        <h3 id="origin">{say('console.origin.title')}</h3>
        <Provenance unitName={record.provenance.unitName} receivedOn={record.provenance.receivedOn} />
        <Origin record={record} today={today} />
      </section>
    </>
  )
}

function Outlets({ record }: { readonly record: RecordView }) {
  return (
    <section aria-labelledby="outlets">
      <h3 id="outlets">{say('console.outlets.title')}</h3>
      <ul className="mx-outlets">
        {record.outlets.map(it => (
          <li key={it.outlet}>
            <details>
              <summary>
                <span className="mx-strong">{OUTLET_NAMES.get(it.outlet) ?? it.outlet}</span>{' '}
                {it.shown
                  ? say(it.until ? 'console.outlets.shown-until' : 'console.outlets.shown', { until: it.until })
                  : say('console.outlets.hidden')}{' '}
                <span className="mx-link">{say('console.outlets.why')}</span>
              </summary>
              <ReasonList reasons={it.because} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Origin({ record, today }: { readonly record: RecordView; readonly today: string }) {
  const { provenance } = record
  return (
    <dl className="mx-facts">
      <div>
        <dt>{say('console.origin.delivery')}</dt>
        <dd>
          <Link to={pathTo('delivery', { deliveryId: provenance.deliveryId })}>
            {say('console.origin.row', { id: String(provenance.deliveryId), row: provenance.rowNo, file: provenance.fileName })}
          </Link>
        </dd>
      </div>
      <div>
        <dt>{say('console.origin.clock')}</dt>
        <dd>
          <Clock dueOn={provenance.reportDueOn} doneOn={provenance.receivedOn} today={today} />
        </dd>
      </div>
      <div>
        <dt>{say('console.origin.matched')}</dt>
        <dd>{sayOr(`console.matched.${provenance.matchedBy}`, provenance.matchedBy)}</dd>
      </div>
      <div>
        <dt>{say('console.origin.known')}</dt>
        <dd>
          {say('console.origin.versions', {
            at: instantText(record.knownFrom),
            count: record.versions.length,
            edition: record.edition,
          })}
        </dd>
      </div>
      <div>
        <dt>{say('console.origin.row-digest')}</dt>
        <dd className="mx-wrap">
          <CodeText code={provenance.rowHash} />
        </dd>
      </div>
      <div>
        <dt>{say('console.origin.commitment')}</dt>
        <dd className="mx-wrap">
          <CodeText code={provenance.commitment} />
        </dd>
      </div>
    </dl>
  )
}

/** One line to quote a record by. It carries no digest: when a record is repaired nothing of ours proves the quotation. */
function Citation({ record, today }: { readonly record: RecordView; readonly today: string }) {
  const [said, setSaid] = useState('')
  const until = shownUntil(record)
  const copy = async (): Promise<void> => {
    const line = say(until ? 'console.cite.line-until' : 'console.cite.line', {
      number: record.documentNo || record.heading,
      authority: record.authorityName,
      decidedOn: record.decidedOn,
      until,
      today,
      address: globalThis.location.href.split('?')[0] ?? '',
    })
    await navigator.clipboard.writeText(line)
    setSaid(say('console.copied'))
  }
  return (
    <p className="mx-no-print">
      <Button size="small" onClick={copy}>
        {say('console.cite.button')}
      </Button>{' '}
      <span role="status" className="mx-quiet">
        {said}
      </span>
    </p>
  )
}
