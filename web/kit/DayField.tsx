import type { ClipboardEvent } from 'react'
import { readDay } from './day-text.ts'

type Props = {
  readonly id: string
  readonly value: string
  readonly onChange: (day: string) => void
  readonly max?: string
  readonly describedBy?: string
}

/** A native date field; a paste may be 20261121, 2026/11/21 or 2026年11月21日. */
export function DayField({ id, value, onChange, max, describedBy }: Props) {
  const takePaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const day = readDay(event.clipboardData.getData('text'))
    if (!day) return
    event.preventDefault()
    onChange(day)
  }
  return (
    <input
      id={id}
      type="date"
      className="mx-day"
      value={value}
      min="1800-01-01"
      max={max ?? '2999-12-31'}
      aria-describedby={describedBy}
      onChange={event => onChange(event.target.value)}
      onPaste={takePaste}
    />
  )
}
