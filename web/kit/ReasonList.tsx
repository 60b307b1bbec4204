type Reason = { readonly code: string; readonly basis: string | null; readonly sentence: string }

/** Why something is shown, hidden or refused: each sentence with its article. */
export function ReasonList({ reasons }: { readonly reasons: readonly Reason[] }) {
  return (
    <ul className="mx-reasons">
      {reasons.map(reason => (
        <li key={reason.code + reason.sentence}>{reason.sentence}</li>
      ))}
    </ul>
  )
}
