import { SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'
import { addWorkingDays } from '../law/calendar.ts'
import { receiversOf } from '../law/receiver-model.ts'
import type { QueuedWithdrawals } from '../queue/queue.ts'
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
  await app.queue.enqueue(made.tx, 'complete-receivers', queuedOf(made, openings), { afterSeconds: SECONDS_UNTIL_READ })
  return asked
}

function queuedOf({ actId, batchId, at }: Change, openings: readonly Opening[]): QueuedWithdrawals {
  const taken = openings.map(({ correctionId, subjectId, recordIds, cause, caseId, shownUnder, since }) => ({
    ...{ correctionId, subjectId, recordIds, cause },
    ...(caseId === null ? {} : { caseId }),
    ...(shownUnder.length === 1 && shownUnder[0] === subjectId ? {} : { shownUnder }),
    ...(since === null ? {} : { since: since.toISOString() }),
  }))
  return { actId, batchId, at: at.toISOString(), taken }
}

/**
 * Looks again for whoever read while the records were being taken away, and opens the notices that are missing. What was handed out after the
 * withdrawal was committed was asked anew and holds nothing of it. How many more have to confirm.
 */
export async function completeReceivers(app: App, queued: QueuedWithdrawals): Promise<number> {
  return await change(app, SYSTEM, { deed: 'receiver-notice.complete', entity: 'receivers' }, async made => {
    const asked = await openFor(app, made, openingsOf(queued, await committedBy(made, queued)))
    made.tell({ asked })
    return asked
  })
}

/** The log gives a change its place after its commit, at most a moment later: by then whoever reads is answered anew. Null: it has none yet. */
async function committedBy({ tx }: Change, { batchId }: QueuedWithdrawals): Promise<Date | null> {
  const row = await tx.row<{ at: Date | null }>(sql`select sequenced_at as at from ledger_batch where batch_id = ${batchId}`)
  return row?.at ?? null
}

function openingsOf({ actId, at, taken }: QueuedWithdrawals, by: Date | null): Opening[] {
  return taken.map(one => {
    const subjectId = one.subjectId as SubjectId
    return {
      ...{ correctionId: one.correctionId, subjectId, actId, at: new Date(at), by },
      recordIds: one.recordIds as readonly FactId[],
      cause: one.cause as Cause,
      caseId: one.caseId ?? null,
      shownUnder: (one.shownUnder as readonly SubjectId[] | undefined) ?? [subjectId],
      since: one.since === undefined ? null : new Date(one.since),
    }
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
