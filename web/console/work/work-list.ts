import type { DeliveryView } from '../../../src/intake/contract.ts'

type Department = { readonly unit: string; readonly unitName: string; readonly late: number; readonly reported: number }

export type Task =
  | { readonly kind: 'mend'; readonly since: string; readonly delivery: DeliveryView }
  | { readonly kind: 'waiting'; readonly since: string; readonly open: number }
  | { readonly kind: 'late'; readonly since: null; readonly department: Department }

type Given = {
  readonly deliveries: readonly DeliveryView[]
  readonly waiting: { readonly open: number; readonly oldest: string | null } | null
  readonly departments: readonly Department[]
  readonly ownUnit: string | null
  readonly seesAll: boolean
}

/**
 * What asks for a deed, oldest first: refused rows of one's own deliveries, records that wait for a person, decisions that came late
 * (one's own unit's; all units' for those who see all). Nothing is listed that has no deed behind it.
 */
export function tasksOf({ deliveries, waiting, departments, ownUnit, seesAll }: Given): Task[] {
  const mend = deliveries
    .filter(it => it.state === 'settled' && it.sameAs === null && it.counts.refused > 0 && (seesAll || it.unit === ownUnit))
    .map((delivery): Task => ({ kind: 'mend', since: delivery.receivedAt, delivery }))
  const queue: Task[] =
    waiting && waiting.open > 0 && waiting.oldest ? [{ kind: 'waiting', since: waiting.oldest, open: waiting.open }] : []
  const late = departments
    .filter(it => it.late > 0 && (seesAll || it.unit === ownUnit))
    .sort((a, b) => b.late - a.late)
    .slice(0, 5)
    .map((department): Task => ({ kind: 'late', since: null, department }))
  const dated = [...mend, ...queue].sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : 1))
  return [...late, ...dated]
}
