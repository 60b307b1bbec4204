import type { ReactNode } from 'react'
import { say } from './words.ts'

type Props = {
  readonly id: string
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly optional?: boolean
  readonly children: ReactNode
  readonly width?: string
}

/** Label above, hint under it, error above the input. Give the input `describedBy(id, …)`. */
export function Field({ id, label, hint, error, optional, children, width }: Props) {
  return (
    <div className="mx-field" style={width ? { width } : undefined}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="mx-quiet">{say('console.field.optional')}</span> : null}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="mx-hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mx-error">
          {error}
        </p>
      ) : null}
      {children}
    </div>
  )
}
