import { addDays, type Day } from '../base/day.ts'
import { COUNTING, type RunningClock, type Span } from './model.ts'

/** A stretch that is not counted, both ends among it; `until` null: without an end. */
export type Stop = { readonly from: Day; readonly until: Day | null }

/** What is counted after transfers and extensions: from where, which spans one after the other, and where it stands still. */
export type Effective = {
  /** The day after which counting begins: the day of the act, or the day before it where that day counts. */
  readonly after: Day
  readonly includesStart: boolean
  /** The term and its extensions; neighbours of one unit are one span. */
  readonly spans: readonly Span[]
  /** Ascending, apart from one another. */
  readonly stops: readonly Stop[]
}

/** The clock as it is to be counted today: a transfer that begins it anew drops what was before. */
export function effective(clock: RunningClock): Effective {
  const begins = beginning(clock)
  const includesStart = !(clock.startsNextDay ?? COUNTING.startsNextDay)
  const extensions = (clock.extensions ?? []).filter(one => begins === clock.from || one.on >= begins)
  return {
    after: includesStart ? addDays(begins, -1) : begins,
    includesStart,
    spans: merged([{ count: clock.count, unit: clock.unit }, ...extensions]),
    stops: apart(clock.suspensions ?? []),
  }
}

/** The day from which the clock is counted: the last transfer where that begins it anew. */
export function beginning(clock: RunningClock): Day {
  if ((clock.onTransfer ?? COUNTING.onTransfer) === 'runs-on') return clock.from
  return [clock.from, ...(clock.transfers ?? []).map(one => one.on)].sort().at(-1) ?? clock.from
}

function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = []
  for (const { count, unit } of spans) {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`not a term: ${count} ${unit}`)
    const last = found.at(-1)
    if (last?.unit === unit) found[found.length - 1] = { count: last.count + count, unit }
    else found.push({ count, unit })
  }
  return found
}

/** Overlapping and touching suspensions are one. One that ends before it begins suspends nothing. */
function apart(suspensions: readonly Stop[]): Stop[] {
  const found: Stop[] = []
  const sorted = suspensions.filter(one => one.until === null || one.until >= one.from).sort((a, b) => (a.from < b.from ? -1 : 1))
  for (const { from, until } of sorted) {
    const last = found.at(-1)
    if (last === undefined || (last.until !== null && addDays(last.until, 1) < from)) found.push({ from, until })
    else if (last.until !== null && (until === null || until > last.until)) found[found.length - 1] = { from: last.from, until }
  }
  return found
}
