import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { minuteText } from '../../kit/day-text.ts'
import { say } from '../../kit/words.ts'

type Props = {
  readonly title: string
  /** Whose code it is, by name and login. */
  readonly whose: string
  readonly code: string
  readonly endsAt: string
  /** What the sheet tells its owner, line by line. */
  readonly lines: readonly string[]
  readonly onClose: () => void
}

/** A one-time code, shown once: on a page of its own that prints alone and closes by its button only. */
export function HandedCode({ title, whose, code, endsAt, lines, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return createPortal(
    <dialog
      ref={dialog}
      className="mx-shown-code mx-handed"
      aria-labelledby="handed-over"
      onCancel={event => event.preventDefault()}
      onClose={onClose}
    >
      <h2 id="handed-over">{title}</h2>
      <p className="mx-strong">{whose}</p>
      <p className="mx-handed-code">{code}</p>
      <p className="mx-strong">{say('console.people.paper-until', { until: minuteText(endsAt) })}</p>
      {lines.map(line => (
        <p key={line}>{line}</p>
      ))}
      <p className="mx-quiet mx-no-print">{say('console.people.paper-once')}</p>
      <div className="mx-row mx-no-print">
        <Button type="primary" onClick={() => globalThis.print()}>
          {say('console.print')}
        </Button>
        <Button onClick={onClose}>{say('console.people.paper-handed')}</Button>
      </div>
    </dialog>,
    document.body,
  )
}
