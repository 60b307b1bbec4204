import type { Database } from '../db/database.ts'

/*
 * Counting requests over several processes. Each process counts on its own and adds what it counted to the common row four times a second;
 * the answer is what all have counted. Before it has let through a sixteenth of what is left it asks first, and of the last sixteen each is
 * asked for. So N processes together let through at most (N − 1)/16 of a limit too many, and one process none.
 */

export type Window = {
  readonly who: string
  readonly span: 'minute' | 'day'
  readonly startsAt: Date
  /** So many requests in this window. */
  readonly most: number
}
/** Whether one more was within the limit, and how many are left. */
export type Taken = { readonly isWithin: boolean; readonly left: number }

export type Counter = {
  /** Counts one request; at once where that can be said without asking. Throws where it must ask and cannot. */
  take(window: Window): Taken | Promise<Taken>
  /** How many have been counted, as far as this process knows; counts nothing. */
  peek(window: Window): number
  /** Adds what was counted to the common rows. */
  flush(): Promise<void>
}

type Count = {
  readonly window: Window
  /** What the common row said last; null: never asked. */
  known: number | null
  /** Counted here, on its way to the row. */
  onItsWay: number
  /** Counted here and not yet on its way. */
  pending: number
  /** What stood in the row before this process added its last part. */
  before: number
}

const EVERY_MS = 250
const SHARE = 16
/** So many windows are remembered; whoever has sent nothing for long is forgotten first. */
const MOST_WINDOWS = 50_000

/** Opens the counter of a process. `onError` hears of an adding that failed: it is tried again with the next one. */
export function openCounter(db: Pick<Database, 'rows'>, onError: (error: unknown) => void): Counter {
  const counts = new Map<string, Count>()
  const dirty = new Set<Count>()
  let running: Promise<void> = Promise.resolve()
  let queued: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  function flush(): Promise<void> {
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        running = queued ?? running
        queued = null
        return add(db, dirty)
      })
    return queued
  }
  function later(): void {
    if (timer !== null) return
    timer = setTimeout(() => {
      timer = null
      flush().catch(onError)
    }, EVERY_MS).unref()
  }
  async function ask(count: Count): Promise<Taken> {
    const ticket = count.pending
    await flush()
    const place = count.before + ticket
    return { isWithin: place <= count.window.most, left: Math.max(0, count.window.most - place) }
  }
  return {
    take(window) {
      const count = countOf(counts, window)
      const counted = (count.known ?? 0) + count.onItsWay + count.pending
      const left = window.most - counted
      // Who is over the limit is not counted any further.
      if (left <= 0) return { isWithin: false, left: 0 }
      count.pending += 1
      dirty.add(count)
      if (count.known === null || (count.onItsWay + count.pending) * SHARE > left) return ask(count)
      later()
      return { isWithin: true, left: left - 1 }
    },
    peek(window) {
      const count = counts.get(keyOf(window))
      return count ? (count.known ?? 0) + count.onItsWay + count.pending : 0
    },
    flush,
  }
}

function keyOf({ who, span, startsAt }: Window): string {
  return `${who} ${span} ${startsAt.getTime()}`
}

function countOf(counts: Map<string, Count>, window: Window): Count {
  const key = keyOf(window)
  let count = counts.get(key)
  if (count) return count
  if (counts.size >= MOST_WINDOWS) forgetSome(counts)
  count = { window, known: null, onItsWay: 0, pending: 0, before: 0 }
  counts.set(key, count)
  return count
}

/** The oldest of which nothing waits to be added. */
function forgetSome(counts: Map<string, Count>): void {
  for (const [key, count] of counts) {
    if (counts.size < MOST_WINDOWS * 0.9) return
    if (count.pending === 0 && count.onItsWay === 0) counts.delete(key)
  }
}

/** One statement for all that was counted, in the order of the rows: two processes never wait for one another crosswise. */
async function add(db: Pick<Database, 'rows'>, dirty: Set<Count>): Promise<void> {
  const some = [...dirty].sort((a, b) => (keyOf(a.window) < keyOf(b.window) ? -1 : 1))
  dirty.clear()
  if (some.length === 0) return
  for (const count of some) {
    count.onItsWay = count.pending
    count.pending = 0
  }
  try {
    const totals = await db.rows<{ place: number; count: number }>({
      name: 'add-counts',
      text: `with given as (select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[]) with ordinality as g (who, span, starts_at, count, place)),
        added as (insert into quota_count as q (who, span, starts_at, count) select who, span, starts_at, count from given order by place
          on conflict (who, span, starts_at) do update set count = q.count + excluded.count returning who, span, starts_at, count)
        select g.place, a.count from given g join added a using (who, span, starts_at)`,
      values: [
        some.map(count => count.window.who),
        some.map(count => count.window.span),
        some.map(count => count.window.startsAt),
        some.map(count => count.onItsWay),
      ],
    })
    for (const { place, count: total } of totals) {
      const count = some[place - 1]
      if (!count) continue
      count.known = total
      count.before = total - count.onItsWay
      count.onItsWay = 0
    }
  } catch (error) {
    for (const count of some) {
      count.pending += count.onItsWay
      count.onItsWay = 0
      dirty.add(count)
    }
    throw error
  }
}
