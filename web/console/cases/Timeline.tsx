import { getPaper } from '../../../src/cases/contract.ts'
import type { CaseView } from '../../../src/cases/shapes.ts'
import { addressOf } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { say } from '../../kit/words.ts'
import type { CaseKey } from './case-queries.ts'

type Entry = CaseView['entries'][number]
type Paper = Entry['papers'][number]

/** Everything that was done, the latest first: what, when, by whom, on what article, with what was written and handed in. */
export function Timeline({ caseKey, entries }: { readonly caseKey: CaseKey; readonly entries: readonly Entry[] }) {
  return (
    <ol className="mx-timeline" reversed>
      {[...entries].reverse().map(entry => (
        <li key={entry.entryNo}>
          <p className="mx-timeline-head">
            <strong>{entry.actName}</strong>
            <span className="mx-quiet">
              {minuteText(entry.at)} · {entry.by}
            </span>
          </p>
          {entry.fields.length === 0 ? null : (
            <dl className="mx-facts">
              {entry.fields.map(field => (
                <div key={field.field}>
                  <dt>{field.name}</dt>
                  <dd className="mx-lines">{field.value}</dd>
                </div>
              ))}
            </dl>
          )}
          {entry.papers.length === 0 ? null : <Papers caseKey={caseKey} papers={entry.papers} />}
          <p className="mx-quiet">{say('console.cases.entry-basis', { state: entry.stateName, basis: entry.cite })}</p>
        </li>
      ))}
    </ol>
  )
}

/** Papers to take away. Taking one is a registered look. */
export function Papers({ caseKey, papers }: { readonly caseKey: CaseKey; readonly papers: readonly Paper[] }) {
  return (
    <ul className="mx-papers">
      {papers.map(paper => (
        <li key={paper.paperId}>
          <a href={addressOf(getPaper, { params: { ...caseKey, paperId: paper.paperId } })} download={paper.fileName}>
            {say('console.cases.paper', { name: paper.name, file: paper.fileName })}
          </a>{' '}
          <span className="mx-quiet">{sizeText(paper.bytes)}</span>
        </li>
      ))}
    </ul>
  )
}

/** 312 KB, 1.4 MB. */
export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
