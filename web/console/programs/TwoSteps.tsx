import { Button } from 'antd'
import { useState } from 'react'
import { say } from '../../kit/words.ts'

type Props = {
  readonly label: string
  /** What it is done to, for whoever only hears the button. */
  readonly about: string
  /** What comes of it, said before it is done. */
  readonly effect: string
  readonly busy: boolean
  readonly onSure: () => void
}

/** An act that cannot be taken back: pressed once it says what comes of it, pressed again it is done. */
export function TwoSteps({ label, about, effect, busy, onSure }: Props) {
  const [isAsking, setAsking] = useState(false)
  const hidden = <span className="mx-hidden">{about}</span>
  if (!isAsking)
    return (
      <Button danger onClick={() => setAsking(true)}>
        {label}
        {hidden}
      </Button>
    )
  return (
    <span className="mx-row">
      <span role="status">{effect}</span>
      <Button danger type="primary" loading={busy} onClick={onSure}>
        {say('console.programs.sure', { label })}
        {hidden}
      </Button>
      <Button onClick={() => setAsking(false)}>{say('console.programs.not-now')}</Button>
    </span>
  )
}
