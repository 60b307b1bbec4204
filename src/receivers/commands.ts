import { SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'
import { addWorkingDays } from '../law/calendar.ts'
import { receiversOf } from '../law/receiver-model.ts'
import type { QueuedWithdrawal } from '../queue/queue.ts'
import { findHolders, type Holder, type Sought } from './find-holders.ts'
import type { Cause } from './model.ts'
import { type CorrectionRow, countOpenOfCase, recordCorrections } from './store.ts'

export type TakenAway = {
  readonly subjectId: SubjectId
  readonly recordIds: readonly FactId[]
  readonly cause: Cause
  /** The case that took them away, which is closed when the last receiver has confirmed. */
  readonly caseId?: number | null
  /** In whose reports they stood; absent: the subject's own. */
  readonly shownUnder?: readonly SubjectId[]
  /** Only what was handed out from this instant on; absent: since each record is known. */
  readonly since?: Date
}

/** A read that began before the withdrawal was committed is over by then, and its entry written. */
const SECONDS_UNTIL_READ = 120

type Opening = CorrectionRow & Pick<Sought, 'shownUnder' | 'since' | 'by'>

/**
 * Opens a notice to each unit and program that was handed one of these records (principle 10), in the transaction that takes them away: to
 * confirm, where its entry has not ended; only to be told, where it has. How many receivers have to confirm.
 *
 * A read that is on its way in this very moment writes its entry after it was looked for here; a task looks again when it is over.
 */
export async function openConfirmations(app: App, made: Change, taken: TakenAway): Promise<number> {
  return await openAll(app, made, [taken])
}

/** The same for many at once: one statement reads the registers, one writes. */
export async function openAll(app: App, made: Change, taken: readonly TakenAway[]): Promise<number> {
  const real = taken.filter(one => one.recordIds.length > 0)
  if (real.length === 0) return 0
  const ids = await app.ids.take(real.length)
  const openings = real.map(
    ({ subjectId, recordIds, cause, caseId = null, shownUnder = [subjectId], since = null }, no): Opening => ({
      correctionId: ids[no] as number,
      subjectId,
      recordIds: [...new Set(recordIds)],
      cause,
      caseId,
      at: made.at,
      actId: made.actId,
      shownUnder,
      since,
      by: null,
    }),
  )
  const asked = await openFor(app, made, openings)
  await app.queue.enqueue(
    made.tx,
    'complete-receivers',
    { withdrawals: openings.flatMap(one => queuedOf(one, made.batchId)) },
    { afterSeconds: SECONDS_UNTIL_READ },
  )
  return asked
}

function queuedOf(
  { correctionId, subjectId, recordIds, cause, caseId, at, actId, shownUnder, since }: Opening,
  batchId: number,
): QueuedWithdrawal[] {
  const shared = {
    correctionId,
    subjectId,
    cause,
    caseId,
    actId,
    batchId,
    shownUnder,
    at: at.toISOString(),
    since: since?.toISOString() ?? null,
  }
  return recordIds.map(recordId => ({ ...shared, recordId }))
}

/**
 * Looks again for whoever read while the records were being taken away, and opens the notices that are missing. What was handed out after the
 * withdrawal was committed was asked anew and holds nothing of it. How many more have to confirm.
 */
export async function completeReceivers(app: App, withdrawals: readonly QueuedWithdrawal[]): Promise<number> {
  return await change(app, SYSTEM, { deed: 'receiver-notice.complete', entity: 'receivers' }, async made => {
    const committed = await committedBy(made, withdrawals)
    const asked = await openFor(app, made, openingsOf(withdrawals, committed))
    made.tell({ asked })
    return asked
  })
}

/** The log gives a change its place after its commit, at most a moment later: by then whoever reads is answered anew. */
async function committedBy({ tx }: Change, withdrawals: readonly QueuedWithdrawal[]): Promise<ReadonlyMap<number, Date>> {
  const batchIds = [...new Set(withdrawals.map(one => one.batchId))]
  const rows = await tx.rows<{ id: number; at: Date }>(
    sql`select batch_id as id, sequenced_at as at from ledger_batch where batch_id = any(${batchIds}::bigint[]) and sequenced_at is not null`,
  )
  return new Map(rows.map(row => [row.id, row.at]))
}

function openingsOf(withdrawals: readonly QueuedWithdrawal[], committed: ReadonlyMap<number, Date>): Opening[] {
  const byCorrection = Map.groupBy(withdrawals, one => one.correctionId)
  return [...byCorrection.values()].flatMap(rows => {
    const [first] = rows
    if (!first) return []
    const { correctionId, caseId, actId, batchId, since, at } = first
    return [
      {
        correctionId,
        subjectId: first.subjectId as SubjectId,
        recordIds: rows.map(row => row.recordId as FactId),
        cause: first.cause as Cause,
        caseId,
        at: new Date(at),
        actId,
        shownUnder: first.shownUnder as SubjectId[],
        since: since === null ? null : new Date(since),
        by: committed.get(batchId) ?? null,
      },
    ]
  })
}

async function openFor(app: App, made: Change, openings: readonly Opening[]): Promise<number> {
  const { law, city } = app
  const { at, today, actId } = made
  const holders = await findHolders(made.tx, { law, zone: city.zone, today, at }, openings.flatMap(soughtOf))
  if (holders.length === 0) return 0
  const ids = await app.ids.take(holders.length)
  const found = new Set(holders.map(one => one.correctionId))
  const corrections = openings.filter(one => found.has(one.correctionId))
  const dueOn = dueDay(app, today)
  const notices = holders.map((holder: Holder, no) => ({
    ...holder,
    noticeId: ids[no] as number,
    dueOn: holder.standing ? dueOn : null,
  }))
  return await recordCorrections(made.tx, corrections, notices, { at, actId })
}

function soughtOf({ correctionId, subjectId, recordIds, shownUnder, since, by }: Opening): Sought[] {
  return recordIds.map(recordId => ({ correctionId, subjectId, recordId, shownUnder, since, by }))
}

/** By when a correction of this day is to be confirmed; null while the calendar of the year is not published. */
export function dueDay({ law }: Pick<App, 'law'>, from: Day): Day | null {
  const due = addWorkingDays(law.calendar, from, receiversOf(law).confirmation.workingDays)
  return typeof due === 'string' ? due : null
}

/** What is done when the last receiver of a case has confirmed. May be told twice. */
export type AfterLastConfirmation = (app: App, told: { readonly subjectId: SubjectId; readonly caseId: number }) => Promise<void>

/** How many receivers have yet to confirm what a case took away; 0: the case may be closed. */
export async function openConfirmationsOf(
  query: Query,
  { subjectId, caseId }: { readonly subjectId: SubjectId; readonly caseId: number },
): Promise<number> {
  return await countOpenOfCase(query, subjectId, caseId)
}
