import { Link } from 'react-router'
import type { WaitingView } from '../../../src/matching/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { codeGroups } from '../../kit/code-groups.ts'
import { DiffText } from '../../kit/DiffText.tsx'
import { differingRanges } from '../../kit/diff-text.ts'
import { say, sayOr } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { type CompareRow, candidateText, ROWS, reportedText } from './compare-rows.ts'

type Candidate = WaitingView['candidates'][number]

/** What was reported beside each candidate, row by row: what differs is marked, what agrees stays quiet. No candidate is preselected. */
export function Comparison({ waiting }: { readonly waiting: WaitingView }) {
  const { counterpart, candidates } = waiting
  const first = candidates[0]
  return (
    <div className="mx-scroll">
      <table className="mx-table mx-dense mx-compare">
        <caption className="mx-hidden">{say('console.waiting.compare')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{say('console.waiting.reported')}</th>
            {candidates.map((candidate, at) => (
              <th key={candidate.subjectId} scope="col">
                {say('console.waiting.candidate', { no: at + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say('console.waiting.row.name')}</th>
            <td data-label={say('console.waiting.reported')}>
              <DiffText text={counterpart.name} differs={first ? differingRanges(counterpart.name, first.name) : []} />
            </td>
            {candidates.map((candidate, at) => (
              <td key={candidate.subjectId} data-label={say('console.waiting.candidate', { no: at + 1 })}>
                <Link to={pathTo('subject', { subjectId: candidate.subjectId })}>
                  <DiffText text={candidate.name} differs={candidate.differs} />
                </Link>
              </td>
            ))}
          </tr>
          {ROWS.map(row => (
            <Row key={row} row={row} waiting={waiting} />
          ))}
          <tr>
            <th scope="row">{say('console.waiting.row.evidence')}</th>
            <td data-label={say('console.waiting.reported')}>{waiting.sentence}</td>
            {candidates.map((candidate, at) => (
              <Evidence key={candidate.subjectId} candidate={candidate} no={at + 1} />
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function Evidence({ candidate, no }: { readonly candidate: Candidate; readonly no: number }) {
  return (
    <td data-label={say('console.waiting.candidate', { no })}>
      <ul className="mx-reasons">
        {candidate.because.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </td>
  )
}

function Row({ row, waiting }: { readonly row: CompareRow; readonly waiting: WaitingView }) {
  const reported =
    row === 'uscc' ? waiting.counterpart.uscc : reportedText(say(`console.waiting.columns.${row}`), waiting.reported)
  const values = waiting.candidates.map(candidate => candidateText(row, candidate))
  if (reported === null && values.every(value => value === null)) return null
  return (
    <tr>
      <th scope="row">{say(`console.waiting.row.${row}`)}</th>
      <td data-label={say('console.waiting.reported')}>
        {reported === null ? <NotReported /> : row === 'uscc' ? <CodeText code={reported} /> : reported}
      </td>
      {waiting.candidates.map((candidate, at) => (
        <td key={candidate.subjectId} data-label={say('console.waiting.candidate', { no: at + 1 })}>
          <Value row={row} value={values[at] ?? null} reported={reported} />
        </td>
      ))}
    </tr>
  )
}

function Value({
  row,
  value,
  reported,
}: {
  readonly row: CompareRow
  readonly value: string | null
  readonly reported: string | null
}) {
  if (value === null) return <span className="mx-quiet">{say('console.waiting.unknown')}</span>
  if (row === 'uscc') return <CodeText code={value} differs={differingGroups(value, reported)} />
  if (row === 'status') return sayOr(`console.status.${value}`, value)
  return <DiffText text={value} differs={reported === null ? [] : differingRanges(value, reported)} />
}

function NotReported() {
  return <span className="mx-quiet">{say('console.waiting.not-reported')}</span>
}

function differingGroups(code: string, other: string | null): number[] {
  if (other === null) return []
  const others = codeGroups(other)
  return codeGroups(code).flatMap((group, at) => (group === others[at] ? [] : [at]))
}
