import type { ConfirmationView } from '../../../src/confirmations/contract.ts'
import type { SecondPersonAct } from '../../../src/http/endpoint.ts'
import type { DeliveryView } from '../../../src/intake/contract.ts'
import { pathTo } from '../routes.ts'

type Department = { readonly unit: string; readonly unitName: string; readonly late: number; readonly reported: number }

export type Task =
  | { readonly kind: 'mend'; readonly since: string; readonly delivery: DeliveryView }
  | { readonly kind: 'waiting'; readonly since: string; readonly open: number }
  | { readonly kind: 'late'; readonly since: null; readonly department: Department }
  | {
      readonly kind: 'explain'
      readonly since: string
      readonly count: number
      readonly dueOn: string | null
      readonly workingDays: number
    }
  | { readonly kind: 'receivers'; readonly since: string; readonly count: number; readonly overdue: number }
  | { readonly kind: 'alerts'; readonly since: string; readonly count: number }
  | { readonly kind: 'confirm'; readonly since: string; readonly confirmation: ConfirmationView }

type Alert = {
  readonly state: string
  readonly dueOn: string | null
  readonly workingDays: number
  readonly foundAt: string
}

type Given = {
  readonly deliveries: readonly DeliveryView[]
  readonly waiting: { readonly open: number; readonly oldest: string | null } | null
  readonly departments: readonly Department[]
  /** Own looking that stood out. */
  readonly ownAlerts: readonly Alert[]
  /** Of everybody, what nobody has closed: for the auditor. */
  readonly alerts: readonly Alert[]
  /** What this unit has to confirm because it was taken away; the oldest of it. */
  readonly corrections?: { readonly open: number; readonly overdue: number; readonly oldest: string | null }
  /** What others began and this person may confirm. */
  readonly confirmations: readonly ConfirmationView[]
  readonly ownUnit: string | null
  readonly seesAll: boolean
}

/**
 * What asks for a deed, oldest first: refused rows of one's own deliveries, records that wait for a person, decisions that came late
 * (one's own unit's; all units' for those who see all), looking that is to be explained or judged, and what others began and this person may
 * confirm. Nothing is listed that has no deed behind it.
 */
export function tasksOf(given: Given): Task[] {
  const { deliveries, waiting, departments, ownUnit, seesAll } = given
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
  const dated = [...mend, ...queue, ...correctionTasks(given), ...watchTasks(given)].sort((a, b) =>
    (a.since ?? '') < (b.since ?? '') ? -1 : 1,
  )
  return [...late, ...dated]
}

function correctionTasks({ corrections }: Given): Task[] {
  const { open = 0, overdue = 0, oldest = null } = corrections ?? {}
  return open > 0 && oldest !== null ? [{ kind: 'receivers', since: oldest, count: open, overdue }] : []
}

function watchTasks({ ownAlerts, alerts, confirmations }: Given): Task[] {
  const asked = ownAlerts.filter(it => it.state === 'asked')
  // Of last days that are known; one that is not known yet comes after them.
  const dueOn = asked.flatMap(it => it.dueOn ?? []).sort()[0] ?? null
  const workingDays = asked[0]?.workingDays ?? 0
  // The auditor's own turn: whoever was asked has yet to answer.
  const turn = alerts.filter(it => it.state !== 'asked')
  const tasks: (Task | null)[] = [
    firstOf(
      asked.map(it => it.foundAt),
      since => ({ kind: 'explain', since, count: asked.length, dueOn, workingDays }),
    ),
    firstOf(
      turn.map(it => it.foundAt),
      since => ({ kind: 'alerts', since, count: turn.length }),
    ),
  ]
  return [
    ...tasks.filter(task => task !== null),
    ...confirmations.map((confirmation): Task => ({ kind: 'confirm', since: confirmation.oldestAt, confirmation })),
  ]
}

function firstOf(instants: readonly string[], make: (since: string) => Task): Task | null {
  const [since] = [...instants].sort()
  return since === undefined ? null : make(since)
}

/** Where whoever began an act of two persons finds it, if elsewhere. */
export const BEGUN_AT: Readonly<Partial<Record<SecondPersonAct, string>>> = {
  case: pathTo('cases'),
  campaign: pathTo('campaigns'),
}

/** Where each act of two persons is confirmed. */
export const CONFIRMED_AT: Readonly<Record<SecondPersonAct, string>> = {
  role: pathTo('people'),
  organisation: pathTo('people'),
  program: pathTo('programs'),
  reset: pathTo('people'),
  'account-reset': pathTo('account-resets'),
  binding: pathTo('bindings'),
  delay: pathTo('delays'),
  assessment: `${pathTo('compliance')}?part=gates`,
  deletion: pathTo('rights'),
  case: `${pathTo('cases')}?turn=second`,
  campaign: pathTo('campaigns'),
}
