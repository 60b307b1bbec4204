import { type ClockFacts, type ClockState, clockState } from './state-mark.ts'
import { say } from './words.ts'

const SHAPES: Readonly<Record<ClockState, string>> = {
  open: '◷',
  soon: '◔',
  today: '◉',
  overdue: '⚑',
  suspended: '‖',
  done: '✓',
  'done-late': '⚑',
  unknown: '?',
}

/** A legal clock: shape, the date first, then what is left of it. Numbers come from the server's calendar only. */
export function Clock(facts: ClockFacts) {
  const state = clockState(facts)
  return (
    <span className={`mx-clock mx-clock-${state}`}>
      <span aria-hidden="true" className="mx-mark-shape">
        {SHAPES[state]}
      </span>
      {say(`console.clock.${state}`, {
        dueOn: facts.dueOn,
        doneOn: facts.doneOn,
        days: facts.workingDaysLeft,
      })}
    </span>
  )
}
