import { type ClockFacts, type ClockState, clockState, clockText } from './state-mark.ts'

const SHAPES: Readonly<Record<ClockState, string>> = {
  open: '◷',
  soon: '◔',
  today: '◉',
  overdue: '⚑',
  suspended: '‖',
  done: '✓',
  'done-late': '⚑',
  unknown: '…',
}

/** A legal clock: shape, the date first, then what is left of it. Numbers come from the server's calendar only. */
export function Clock(facts: ClockFacts) {
  const state = clockState(facts)
  return (
    <span className={`mx-clock mx-clock-${state}`}>
      <span aria-hidden="true" className="mx-mark-shape">
        {SHAPES[state]}
      </span>
      {clockText(facts)}
    </span>
  )
}
