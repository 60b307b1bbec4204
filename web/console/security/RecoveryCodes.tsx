import { Button } from 'antd'
import { say } from '../../kit/words.ts'

/** Ten recovery codes, shown this once. */
export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  return (
    <section className="mx-column" aria-labelledby="recovery-new">
      <h2 id="recovery-new">{say('console.security.recovery-new')}</h2>
      <p role="status">{say('console.security.recovery-keep')}</p>
      <ol className="mx-codes">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Button type="primary" onClick={onKept}>
        {say('console.security.recovery-kept')}
      </Button>
    </section>
  )
}
