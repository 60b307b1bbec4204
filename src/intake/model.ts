import type { Day } from '../base/day.ts'
import type { DeliveryId } from '../base/id.ts'

/** Each row ends in exactly one of these; the numbers are stored. */
export const OUTCOMES = { filed: 1, duplicate: 2, corrected: 3, annulled: 4, refused: 5, waiting: 6 } as const
export type Outcome = keyof typeof OUTCOMES
export const OUTCOME_WORDS = Object.keys(OUTCOMES) as Outcome[]

export type Counts = { received: number } & Record<Outcome, number>

export function noCounts(): Counts {
  return { received: 0, filed: 0, duplicate: 0, corrected: 0, annulled: 0, refused: 0, waiting: 0 }
}

/** How often each outcome comes among the stored numbers. */
export function countOutcomes(outcomes: Uint8Array): Counts {
  const counts = noCounts()
  counts.received = outcomes.length
  for (const outcome of outcomes) counts[OUTCOME_WORDS[outcome - 1] as Outcome]++
  return counts
}

export function addCounts(into: Counts, more: Counts): void {
  into.received += more.received
  for (const outcome of OUTCOME_WORDS) into[outcome] += more[outcome]
}

/** `case`: decided by a procedure of the platform itself; its row is written by the decision. */
export const CHANNELS = ['console', 'api', 'import', 'drop', 'entry', 'case'] as const
export type Channel = (typeof CHANNELS)[number]

/** A file as it was sent, as the line knows it. */
export type Delivery = {
  readonly deliveryId: DeliveryId
  readonly source: string
  readonly unit: string
  readonly item: string
  readonly edition: string
  readonly channel: Channel
  readonly sender: string
  readonly fileName: string
  /** Hex SHA-256 of the bytes as sent. */
  readonly fileHash: string
  readonly receivedAt: Date
  readonly receivedOn: Day
}

export type DeliveryState = 'received' | 'settling' | 'settled' | 'refused'
