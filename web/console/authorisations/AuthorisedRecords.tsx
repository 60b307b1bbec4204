import { Button } from 'antd'
import type { z } from 'zod'
import type { ReadView } from '../../../src/authorisation/contract.ts'
import { Beside } from '../../kit/Beside.tsx'
import { Receipt } from '../../kit/Receipt.tsx'
import { StateMarks } from '../../kit/StateMark.tsx'
import { say } from '../../kit/words.ts'

type Read = z.output<typeof ReadView>
type Item = Read['classes'][number]['records'][number]

/** What was read, class by class, with the receipt of the look; for the screen and for the file on paper. */
export function AuthorisedRecords({ read }: { readonly read: Read }) {
  return (
    <section className="mx-answer" aria-labelledby="read">
      <div role="status">
        <h2 id="read">{say('console.authorisation.was-read')}</h2>
      </div>
      <div className="mx-row">
        <Receipt receipt={read.receipt} at={read.at} />
        <Button className="mx-no-print" onClick={() => globalThis.print()}>
          {say('console.print')}
        </Button>
      </div>
      {read.classes.map(it => (
        <section key={it.id} className="mx-panel">
          <h3>{it.name}</h3>
          {it.records.length === 0 ? <p>{say('console.authorisation.no-records')}</p> : null}
          {it.records.map(record => (
            <Paper key={record.recordId} record={record} />
          ))}
        </section>
      ))}
      <p className="mx-quiet">{say('console.authorisation.no-judgement')}</p>
    </section>
  )
}

function Paper({ record }: { readonly record: Item }) {
  return (
    <article className="mx-hit">
      <h4>
        {record.heading} {record.documentNo} <StateMarks marks={record.marks} day={record.until} />
      </h4>
      <p className="mx-quiet">
        {record.authorityName} · {record.decidedOn}
      </p>
      <dl className="mx-facts">
        {record.fields.map(field => (
          <div key={field.code}>
            <dt>{field.name}</dt>
            <dd>{field.value}</dd>
          </div>
        ))}
      </dl>
      <Beside comment={record.comment} />
    </article>
  )
}
