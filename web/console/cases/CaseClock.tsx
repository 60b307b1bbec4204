import type { ClockView } from '../../../src/cases/shapes.ts'
import { ClockMark } from '../../kit/Clock.tsx'
import { say } from '../../kit/words.ts'

/** The clock that is due first, short: the day, then what is left. Whose turn it is stands in a column of its own. */
export function CaseClock({ clock }: { readonly clock: ClockView | null }) {
  if (clock === null) return <span className="mx-quiet">{say('console.cases.no-clock')}</span>
  const { state, dueOn, unknownYear, suspendedSince: since } = clock
  const facts = {
    dueOn,
    since,
    year: unknownYear === null ? null : String(unknownYear),
    days: clock.workingDaysLeft ?? clock.workingDaysOver,
  }
  // Beyond the published calendar the last day is known and the working days until then are not.
  const isUncounted = (state === 'open' || state === 'soon') && facts.days === null
  return <ClockMark state={state} text={say(`console.cases.clock-${isUncounted ? 'uncounted' : state}`, facts)} />
}
