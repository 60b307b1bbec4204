import { say } from './words.ts'

type Standing = { readonly kind: string; readonly caseId: number; readonly sentence: string }
type Comment = { readonly text: string; readonly on: string }

/** What cases have made of a record and why, and what its subject says beside it. */
export function Beside({
  standings = [],
  comment,
}: {
  readonly standings?: readonly Standing[]
  readonly comment: Comment | null
}) {
  return (
    <>
      {standings.length > 0 ? (
        <ul className="mx-reasons">
          {standings.map(one => (
            <li key={`${one.kind} ${one.caseId}`}>{one.sentence}</li>
          ))}
        </ul>
      ) : null}
      {comment ? (
        <figure className="mx-comment">
          <figcaption>{say('console.comment', { on: comment.on })}</figcaption>
          <blockquote>{comment.text}</blockquote>
        </figure>
      ) : null}
    </>
  )
}
