import { networkOf } from '../access/device.ts'
import type { QuotaRule } from '../law/quota-model.ts'
import type { SharePages } from './shared-pages.ts'
import { minuteStart } from './windows.ts'

/*
 * The portal's brake: pages asked for by an address, and answers that found nothing, which is what trying verification codes or numbers of
 * subjects one after the other looks like. Each process counts in memory, minute by minute, and answers without asking anybody. Whoever has used
 * a sixteenth of a limit is added up with the other processes, four times a second, behind the answers: N processes together let through at most
 * (N − 1)/16 of a limit too many, and what comes in a quarter of a second.
 */

export type Brake = {
  /** Counts a page; the seconds until the next minute where the address has used up this one, else null. */
  ask(address: string): number | null
  /** Counts an answer that found nothing. */
  miss(address: string): void
  /** Adds up with the other processes now. */
  share(): Promise<void>
}

/** How processes add up. `onError` hears of a sharing that failed: each process counts on for itself, and the next one tries again. */
export type Sharing = { readonly share: SharePages; readonly onError: (error: unknown) => void }

type Count = { pages: number; misses: number }
/** Seen here, told to the others of it, and what they have seen. */
type Seen = { readonly own: Count; told: Count; others: Count }

/** An attack from more addresses than these begins a new minute for everybody. */
const MOST_ADDRESSES = 200_000
const EVERY_MS = 250
const SHARE = 16
/** Told in one statement; the rest follows with the next. */
const MOST_TOLD = 2_000

/** A brake for everybody who is not signed in; without a rule, none. */
export function openBrake(rules: Iterable<QuotaRule>, now: () => Date, sharing?: Sharing): Brake | null {
  const rule = [...rules].find(one => one.holder === 'anyone')
  if (!rule) return null
  const most: Count = { pages: rule.perMinute, misses: rule.misses ?? Number.POSITIVE_INFINITY }
  const seen = new Map<string, Seen>()
  const due = new Map<string, Seen>()
  const minuteOf = { start: 0 }
  const tell = sharing ? teller(sharing, due, () => minuteOf.start) : null

  function seenOf(network: string): Seen {
    const current = minuteStart(now()).getTime()
    if (current !== minuteOf.start || seen.size > MOST_ADDRESSES) {
      seen.clear()
      due.clear()
    }
    minuteOf.start = current
    let one = seen.get(network)
    if (!one) {
      one = { own: { pages: 0, misses: 0 }, told: { pages: 0, misses: 0 }, others: { pages: 0, misses: 0 } }
      seen.set(network, one)
    }
    return one
  }
  function count(address: string, what: keyof Count): void {
    const network = networkOf(address)
    const one = seenOf(network)
    one.own[what] += 1
    if (!tell || (one.own.pages * SHARE < most.pages && one.own.misses * SHARE < most.misses)) return
    due.set(network, one)
    tell.later()
  }
  return {
    ask(address) {
      const { own, others } = seenOf(networkOf(address))
      if (own.pages + others.pages >= most.pages || own.misses + others.misses >= most.misses)
        return Math.max(1, Math.ceil((minuteOf.start + 60_000 - now().getTime()) / 1000))
      count(address, 'pages')
      return null
    },
    miss: address => count(address, 'misses'),
    share: async () => await tell?.now(),
  }
}

type Teller = { later(): void; now(): Promise<void> }

/** Tells what is due, one statement at a time. */
function teller({ share, onError }: Sharing, due: Map<string, Seen>, minute: () => number): Teller {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  async function tellDue(): Promise<void> {
    const telling = [...due].slice(0, MOST_TOLD).map(([network, one]) => ({ network, one, own: { ...one.own } }))
    if (telling.length === 0) return
    for (const { network } of telling) due.delete(network)
    const added = telling.map(({ network, one, own }) => ({
      network,
      pages: own.pages - one.told.pages,
      misses: own.misses - one.told.misses,
    }))
    const all = new Map((await share(new Date(minute()), added)).map(total => [total.network, total]))
    for (const { network, one, own } of telling) {
      const total = all.get(network)
      if (!total) continue
      one.told = own
      one.others = { pages: total.pages - own.pages, misses: total.misses - own.misses }
    }
    if (due.size > 0) later()
  }
  function later(): void {
    if (timer !== null) return
    timer = setTimeout(() => {
      timer = null
      now().catch(onError)
    }, EVERY_MS).unref()
  }
  function now(): Promise<void> {
    running = running.then(tellDue, tellDue)
    return running
  }
  return { later, now }
}
