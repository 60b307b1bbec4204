import { addDays, type Day } from '../base/day.ts'
import { addWorkingDays, type Calendar, type UnknownYear } from '../law/calendar.ts'
import { type CarrierRule, type Channel, type ChannelRule, isCarrier, type NoticeTemplate } from '../law/notice-model.ts'
import type { NoticeHead, ServiceEntry } from './model.ts'

/** What the rule of a letter asks for next: to count it as served, or to try another way. */
export type Step =
  | { readonly step: 'served'; readonly on: Day; readonly by: Channel; readonly because: 'deemed' | 'published' }
  | { readonly step: 'try'; readonly channel: Channel }

/** Ends of an attempt by which it has failed. */
const FAILED: ReadonlySet<ServiceEntry['outcome']> = new Set(['refused', 'returned', 'impossible'])
const PROVEN: ReadonlySet<ServiceEntry['outcome']> = new Set(['opened', 'delivered'])

type Asked = {
  readonly calendar: Calendar
  readonly today: Day
  readonly head: Pick<NoticeHead, 'madeOn' | 'servedOn'>
  readonly entries: readonly ServiceEntry[]
}

/**
 * What is due today for a letter that is not served yet, in the order of its channels; nothing for one that is. Beyond the known calendar
 * nothing is due: working days of a year without its notice are not guessed.
 */
export function nextSteps(template: Pick<NoticeTemplate, 'channels'>, asked: Asked): Step[] {
  if (asked.head.servedOn !== null) return []
  const counted = template.channels.filter(isCarrier).flatMap(rule => countedOn(rule, asked) ?? [])
  const first = counted.sort((a, b) => (a.on < b.on ? -1 : 1))[0]
  if (first) return [first]
  return template.channels
    .filter(rule => isDue(rule, asked) && !asked.entries.some(entry => entry.channel === rule.channel))
    .map(rule => ({ step: 'try', channel: rule.channel }))
}

/** The day on which waiting alone makes it served, where that day has come. */
function countedOn({ channel, served }: CarrierRule, { calendar, today, head, entries }: Asked): (Step & { on: Day }) | null {
  if (typeof served === 'string') return null
  const of = (outcome: ServiceEntry['outcome']): ServiceEntry | undefined =>
    entries.find(entry => entry.channel === channel && entry.outcome === outcome)
  if ('daysAfterPublication' in served) {
    const published = of('published')
    if (!published) return null
    const on = addDays(published.onDay, served.daysAfterPublication)
    return on <= today ? { step: 'served', on, by: channel, because: 'published' } : null
  }
  if (!of('placed')) return null
  const on = addWorkingDays(calendar, head.madeOn, served.workingDaysAfterPosting)
  return isKnown(on) && on <= today ? { step: 'served', on, by: channel, because: 'deemed' } : null
}

const isKnown = (on: Day | UnknownYear): on is Day => typeof on === 'string'

function isDue({ starts }: ChannelRule, { calendar, today, head, entries }: Asked): boolean {
  if (starts === 'at-once') return true
  if (starts === 'by-hand') return false
  if ('failed' in starts) return entries.some(entry => entry.channel === starts.failed && FAILED.has(entry.outcome))
  const until = addWorkingDays(calendar, head.madeOn, starts.unservedWorkingDays)
  return isKnown(until) && until < today
}

/** The day on which a letter was proven to have been received by an entry; null: the entry proves nothing. */
export function provenBy(
  template: Pick<NoticeTemplate, 'channels'>,
  entry: Pick<ServiceEntry, 'channel' | 'outcome' | 'onDay'>,
): Day | null {
  const rule = template.channels.find(one => one.channel === entry.channel)
  return rule && isCarrier(rule) && PROVEN.has(entry.outcome) ? entry.onDay : null
}

export const hasFailed = (entries: readonly ServiceEntry[], channel: Channel): boolean =>
  entries.some(entry => entry.channel === channel && FAILED.has(entry.outcome))
