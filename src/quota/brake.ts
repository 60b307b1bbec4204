import { networkOf } from '../access/device.ts'
import type { QuotaRule } from '../law/quota-model.ts'
import { minuteStart } from './windows.ts'

/*
 * The portal's brake. Its login may write nothing, so each of its processes counts for itself, in memory, minute by minute: pages asked for by
 * an address, and answers that found nothing, which is what trying verification codes or numbers of subjects one after the other looks like.
 */

export type Brake = {
  /** Counts a page; the seconds until the next minute where the address has used up this one, else null. */
  ask(address: string): number | null
  /** Counts an answer that found nothing. */
  miss(address: string): void
}

type Seen = { pages: number; misses: number }
/** An attack from more addresses than these begins a new minute for everybody. */
const MOST_ADDRESSES = 200_000

/** A brake for everybody who is not signed in; without a rule, none. */
export function openBrake(rules: Iterable<QuotaRule>, now: () => Date): Brake | null {
  const rule = [...rules].find(one => one.holder === 'anyone')
  if (!rule) return null
  const mostMisses = rule.misses ?? Number.POSITIVE_INFINITY
  const seen = new Map<string, Seen>()
  let minute = 0
  const seenOf = (address: string): Seen => {
    const current = minuteStart(now()).getTime()
    if (current !== minute || seen.size > MOST_ADDRESSES) seen.clear()
    minute = current
    const network = networkOf(address)
    let own = seen.get(network)
    if (!own) {
      own = { pages: 0, misses: 0 }
      seen.set(network, own)
    }
    return own
  }
  return {
    ask(address) {
      const own = seenOf(address)
      if (own.pages >= rule.perMinute || own.misses >= mostMisses)
        return Math.max(1, Math.ceil((minute + 60_000 - now().getTime()) / 1000))
      own.pages += 1
      return null
    },
    miss(address) {
      seenOf(address).misses += 1
    },
  }
}
