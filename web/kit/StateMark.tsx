import { MARKS } from './state-mark.ts'
import { say, sayOr } from './words.ts'

/** The mark of a record's state: word, shape and edge; colour only after them. An unknown state is shown by its own word. */
export function StateMark({ state, day }: { readonly state: string; readonly day?: string | null }) {
  const mark = MARKS[state] ?? { shape: '', edge: 'solid', tone: 'info' }
  const word = day
    ? sayOr(`console.mark.${state}-day`, sayOr(`console.mark.${state}`, state))
    : sayOr(`console.mark.${state}`, state)
  return (
    <span className={`mx-mark mx-tone-${mark.tone} mx-edge-${mark.edge}`}>
      {mark.shape ? (
        <span aria-hidden="true" className="mx-mark-shape">
          {mark.shape}
        </span>
      ) : null}
      {word.replace('{day}', day ?? '')}
    </span>
  )
}

/** All marks of a record in one line. */
export function StateMarks({ marks, day }: { readonly marks: readonly string[]; readonly day?: string | null }) {
  if (marks.length === 0) return <span className="mx-quiet">{say('console.mark.none')}</span>
  return (
    <span className="mx-marks">
      {marks.map(mark => (
        <StateMark key={mark} state={mark} day={mark === 'displayed' || mark === 'over' ? (day ?? null) : null} />
      ))}
    </span>
  )
}
