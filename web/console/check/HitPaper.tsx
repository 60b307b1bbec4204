import type { z } from 'zod'
import type { HitView } from '../../../src/checks/contract.ts'
import { Beside } from '../../kit/Beside.tsx'
import { LawQuote } from '../../kit/LawQuote.tsx'
import { StateMark, StateMarks } from '../../kit/StateMark.tsx'
import { say } from '../../kit/words.ts'

export type Hit = z.output<typeof HitView>

/** One list entry or measure in force: what, by whom, until when, with the statute it rests on. A court's limit is shown as the court's. */
export function HitPaper({ hit }: { readonly hit: Hit }) {
  return (
    <article className="mx-hit">
      <h3>
        {hit.listName ?? hit.heading} <StateMarks marks={hit.marks} />
        {hit.court && !hit.marks.includes('court') ? <StateMark state="court" /> : null}
      </h3>
      {hit.listName && !hit.listName.startsWith(hit.heading) ? <p>{hit.heading}</p> : null}
      <dl className="mx-facts">
        <div>
          <dt>{say('console.records.authority')}</dt>
          <dd>{hit.authorityName}</dd>
        </div>
        <div>
          <dt>{say('console.records.number')}</dt>
          <dd>{hit.documentNo}</dd>
        </div>
        <div>
          <dt>{say('console.check.term')}</dt>
          <dd>
            {hit.until
              ? say('console.check.from-until', { from: hit.decidedOn, until: hit.until })
              : say('console.check.from', { from: hit.decidedOn })}
          </dd>
        </div>
      </dl>
      <Beside comment={hit.comment} />
      {hit.statutes.map(statute => (
        <LawQuote key={statute.basis} {...statute} />
      ))}
      {hit.court ? <p>{say('console.check.court')}</p> : null}
      {hit.measures.length > 0 ? <Measures measures={hit.measures} /> : null}
    </article>
  )
}

function Measures({ measures }: { readonly measures: Hit['measures'] }) {
  return (
    <>
      <h4>{say('console.check.measures')}</h4>
      <ul className="mx-measures">
        {measures.map(measure => (
          <li key={measure.id}>
            <details>
              <summary>
                {measure.name}
                <span className="mx-quiet">{[measure.body, measure.term].filter(Boolean).map(it => ` · ${it}`)}</span>
              </summary>
              {measure.statutes.map(statute => (
                <LawQuote key={statute.basis} {...statute} />
              ))}
            </details>
          </li>
        ))}
      </ul>
    </>
  )
}
