import type { ClockView } from '../../src/legal-clock/contract.ts'
import { type ClockFacts, clockState, clockText } from './state-mark.ts'

type State = ClockView['state']

const SHAPES: Readonly<Record<State, string>> = {
  open: '◷',
  soon: '◔',
  today: '◉',
  overdue: '⚑',
  lapsed: '◌',
  suspended: '‖',
  done: '✓',
  'done-late': '⚑',
  unknown: '…',
}

/** A legal clock: shape, the date first, then what is left of it. Numbers come from the server's calendar only. */
export function Clock(facts: ClockFacts) {
  return <ClockMark state={clockState(facts)} text={clockText(facts)} />
}

/** The line of a clock: the shape for eyes, the text for everybody. */
export function ClockMark({ state, text }: { readonly state: State; readonly text: string }) {
  return (
    <span className={`mx-clock mx-clock-${state}`}>
      <span aria-hidden="true" className="mx-mark-shape">
        {SHAPES[state]}
      </span>
      {text}
    </span>
  )
}
