import type { App } from '../app.ts'
import { sql } from '../db/database.ts'

/* How many came to the door and how many it refused, by hour: for the auditor. Never whose tries they were. */

export const TRY_STEPS = ['password', 'code', 'passkey', 'reset', 'first-code', 'papers'] as const
/** What was tried: a password; a one-time or recovery code; a passkey; the one-time code of a reset; of a first password; whose account somebody's papers open, at a window. */
export type TryStep = (typeof TRY_STEPS)[number]
export const TRY_OUTCOMES = ['ok', 'wrong', 'locked'] as const
export type TryOutcome = (typeof TRY_OUTCOMES)[number]

const HOUR_MS = 3_600_000

/** Counts one try. */
export async function countTry(app: App, step: TryStep, outcome: TryOutcome): Promise<void> {
  const hour = new Date(Math.floor(app.now().getTime() / HOUR_MS) * HOUR_MS)
  await app.db.run(sql`insert into sign_in_tally (hour, step, outcome, count) values (${hour}, ${step}, ${outcome}, 1)
    on conflict (hour, step, outcome) do update set count = sign_in_tally.count + 1`)
}

export type Tally = { readonly hour: Date; readonly step: TryStep; readonly outcome: TryOutcome; readonly count: number }

/** The counts since an instant, latest hour first; at most 31 days of them. */
export async function listTally(app: App, since: Date): Promise<Tally[]> {
  return await app.db.rows<Tally>(sql`select hour, step, outcome, count from sign_in_tally
    where hour >= ${since} order by hour desc, step, outcome limit ${31 * 24 * TRY_STEPS.length * TRY_OUTCOMES.length}`)
}
