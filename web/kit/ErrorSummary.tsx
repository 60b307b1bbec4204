import { useEffect, useRef } from 'react'
import { Problem } from './call.ts'
import { say } from './words.ts'

export type FieldError = { readonly id: string; readonly message: string }

/** The sentence for whatever went wrong on the way to the server. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem) return error.message || say('console.fault.status', { status: String(error.status) })
  if (error instanceof TypeError) return say('console.fault.offline')
  return say('console.fault.unexpected')
}

type Props = { readonly errors?: readonly FieldError[]; readonly problem?: unknown }

/** What went wrong, on top of the form: takes the focus, one link per field. Nothing typed is lost. */
export function ErrorSummary({ errors = [], problem }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const shown = errors.length > 0 || Boolean(problem)
  useEffect(() => {
    if (shown) box.current?.focus()
  }, [shown])
  if (!shown) return null
  return (
    <div ref={box} className="mx-summary" role="alert" tabIndex={-1}>
      {errors.length > 0 ? <p>{say('console.field.to-mend', { count: errors.length })}</p> : null}
      {problem ? <ProblemText problem={problem} /> : null}
      <ul>
        {errors.map(error => (
          <li key={error.id}>
            <a href={`#${error.id}`} onClick={event => jumpTo(event, error.id)}>
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function ProblemText({ problem }: { readonly problem: unknown }) {
  const issues = problem instanceof Problem ? problem.issues : []
  return (
    <>
      <p>{sentenceOf(problem)}</p>
      {issues.map(issue => (
        <p key={issue.path + issue.message} className="mx-quiet">
          {issue.path ? `${issue.path}：${issue.message}` : issue.message}
        </p>
      ))}
      {problem instanceof Problem && problem.id && !problem.message.includes(problem.id) ? (
        <p className="mx-quiet">{say('console.fault.id', { id: problem.id })}</p>
      ) : null}
    </>
  )
}

function jumpTo(event: React.MouseEvent, id: string): void {
  event.preventDefault()
  document.getElementById(id)?.focus()
}
