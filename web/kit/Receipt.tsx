import { CodeText } from './CodeText.tsx'
import { instantText } from './day-text.ts'
import { say } from './words.ts'

/** The receipt of a registered look: the number goes into the business file. */
export function Receipt({ receipt, at }: { readonly receipt: string; readonly at?: string }) {
  return (
    <p className="mx-receipt">
      <span>{say('console.receipt.label')}</span> <CodeText code={receipt} />
      {at ? <span className="mx-quiet"> {instantText(at)}</span> : null}
    </p>
  )
}
