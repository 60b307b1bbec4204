import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import type { Query, Row, Statement } from '../db/database.ts'
import { entryAt } from '../disclosure/handed-out.ts'
import { receiversOf } from '../law/receiver-model.ts'
import { maskResidentNumbers, mayHoldNumber } from '../subject/resident-numbers.ts'
import type { Actor } from './actor.ts'
import { groundOf, type LookGround } from './look-ground.ts'
import type { KeptReason } from './look-leaf.ts'
import { type Looker, lookStatement, missStatement, type ProvidedRead } from './look-statement.ts'

/*
 * Reading non-public data about subjects (principle 8). The read and its register entry are one statement, or with `looking` one
 * transaction: if the register cannot be written, the read does not happen; there is no moment in which one is done and the other is not.
 * Only this file asks `app.looks`: no other login of the API's door may select these tables.
 */

export type LookReason = {
  readonly purpose: string
  readonly businessNo: string
  readonly basis?: string | null
  readonly ground?: LookGround
}

export type LookRequest = LookReason & {
  readonly actor: Actor
  /** Which outlet shows it (src/disclosure/outlets.ts). */
  readonly outlet: string
  /** Kinds of data shown, e.g. item ids or report sections. */
  readonly shown: readonly string[]
  /** How long the receiver may use it; null: not handed out. Absent: as the outlet says. */
  readonly until?: Day | null
  /** The business number is one that this platform made, so nobody typed a person's number into it. */
  readonly isMadeNumber?: boolean
}

export type LookReceipt = { readonly receipt: string; readonly at: Date }

const BLANK = /^[\s\u3000]*$/

/** Throws `look.purpose-missing` unless purpose and business number are given. */
export function requireReason(reason: TypedReason & Pick<Partial<LookReason>, 'ground'>): LookReason {
  if (!reason.purpose || !reason.businessNo || BLANK.test(reason.purpose) || BLANK.test(reason.businessNo)) {
    throw new Refusal('look.purpose-missing', 'pipl#34', {}, 400)
  }
  const { purpose, businessNo, basis = null, ground } = reason
  return { purpose: purpose.trim(), businessNo: businessNo.trim(), basis, ...(ground ? { ground } : {}) }
}

/** A reason as it is typed, or comes with a request. */
export type TypedReason = {
  readonly purpose?: string | undefined
  readonly businessNo?: string | undefined
  readonly basis?: string | null | undefined
}

/** What was typed as a reason, as the register keeps it and is asked for it: ID numbers of persons masked (docs/decisions/0011). */
export function keptReason<T extends TypedReason>(app: Pick<App, 'city'>, typed: T, at: Date): T {
  const { purpose, businessNo, basis } = typed
  if (![purpose, businessNo, basis].some(text => text && mayHoldNumber(text))) return typed
  const on = legalDay(at, app.city.zone)
  const masked = <Text extends string | null | undefined>(text: Text, isDocumentNumber: boolean) =>
    text ? maskResidentNumbers(text, { isDocumentNumber, on }) : text
  return { ...typed, purpose: masked(purpose, false), businessNo: masked(businessNo, true), basis: masked(basis, false) }
}

/**
 * The reason of a look, as it is kept: a purpose of the law's table brings its basis, any other must come with one (principle 8). Refuses
 * `look.ground-missing`.
 */
export function registeredReason(app: Pick<App, 'city' | 'law'>, request: LookRequest, at: Date): KeptReason {
  const reason = requireReason(request)
  const kept = keptReason(app, reason, at)
  const ground = groundOf(app.law, reason)
  return {
    purpose: kept.purpose,
    businessNo: request.isMadeNumber ? reason.businessNo : kept.businessNo,
    basis: kept.basis?.trim() ? kept.basis : ground.kind === 'law' ? ground.basis : null,
    ground: ground.kind,
    authorisationId: ground.kind === 'authorisation' ? ground.authorisationId : null,
  }
}

function lookerOf(app: Pick<App, 'city' | 'law' | 'now'>, request: LookRequest): Looker {
  const at = app.now()
  const { actor, outlet } = request
  return {
    ...registeredReason(app, request, at),
    at,
    actor: actor.id,
    unit: actor.unit,
    mandateId: actor.mandateId ?? null,
    outlet,
  }
}

/**
 * Runs a read about these subjects and registers it, one row a subject, in the same statement. `read.text` must not begin with `with`.
 * An empty list of subjects is refused: a look that found nobody is `lookMiss`. A read with a condition that was not met gives no rows and
 * is no look. A condition is a query, or an update that returns, of one row at most.
 */
export async function look<T extends Row>(
  app: App,
  request: LookRequest,
  subjectIds: readonly SubjectId[],
  read: ProvidedRead,
): Promise<{ rows: T[] } & LookReceipt> {
  const looked = await lookBy<T>(app, app.looks, request, subjectIds, read)
  app.nudge()
  return looked
}

/**
 * The end of the receiver's entry (principle 10). Where the outlet hands out under a business number, the law's longest days from now, if the
 * number is not closed before; where it hands out a paper or under an authorisation, whoever asks knows the day and has to say it.
 */
function untilOf(app: Pick<App, 'city' | 'law'>, { outlet, until }: LookRequest, at: Date): Day | null {
  if (until !== undefined) return until
  const end = entryAt(outlet)
  if (end === undefined) return null
  if (end !== 'business') throw new RangeError(`what is handed out at ${outlet} has an end`)
  return addDays(legalDay(at, app.city.zone), receiversOf(app.law).entries.business.longestDays)
}

async function lookBy<T extends Row>(
  app: App,
  query: Query,
  request: LookRequest,
  subjectIds: readonly SubjectId[],
  read: ProvidedRead,
): Promise<{ rows: T[] } & LookReceipt> {
  if (subjectIds.length === 0) throw new RangeError('a look shows at least one subject')
  const looking = lookerOf(app, request)
  const looker = { ...looking, shown: [...request.shown], until: untilOf(app, request, looking.at) }
  const { statement, receipt } = await lookStatement(app, looker, subjectIds, read)
  return { rows: await query.rows<T>(statement), receipt, at: looker.at }
}

/** Registers a look that found nobody: what was asked for stays as a keyed digest. With a read, what may be about nobody known is read in the same statement. */
export async function lookMiss<T extends Row>(
  app: App,
  request: LookRequest,
  asked: string,
  read?: Statement,
): Promise<{ rows: T[] } & LookReceipt> {
  const missed = await missBy<T>(app, app.looks, request, [asked], read)
  app.nudge()
  return missed
}

/** Registers looks that found nobody, all in one statement and under one receipt. */
export async function lookMisses(app: App, request: LookRequest, asked: readonly string[]): Promise<LookReceipt> {
  if (asked.length === 0) throw new RangeError('nothing was asked for')
  const missed = await missBy(app, app.looks, request, asked)
  app.nudge()
  return missed
}

async function missBy<T extends Row>(
  app: App,
  query: Query,
  request: LookRequest,
  asked: readonly string[],
  read?: Statement,
): Promise<{ rows: T[] } & LookReceipt> {
  const looker = lookerOf(app, request)
  const { statement, receipt } = await missStatement(app, looker, asked, read)
  return { rows: await query.rows<T>(statement), receipt, at: looker.at }
}

/** What is at hand inside `looking`: reads, and the entries that answer for them. */
export type Looking = Query & {
  look<T extends Row>(
    request: LookRequest,
    subjectIds: readonly SubjectId[],
    read: ProvidedRead,
  ): Promise<{ rows: T[] } & LookReceipt>
  miss<T extends Row>(request: LookRequest, asked: string, read?: Statement): Promise<{ rows: T[] } & LookReceipt>
}

/**
 * Reads whose subjects are known only from what is read: several statements and their entries as one transaction, committed before anything
 * is handed on. A work that ends without an entry fails, and so does one whose entry cannot be written: nothing leaves.
 */
export async function looking<T>(app: App, work: (at: Looking) => Promise<T>): Promise<T> {
  return await app.looks.transaction(async tx => {
    let entries = 0
    const counted = async <Answer>(entry: Promise<Answer>): Promise<Answer> => {
      const answer = await entry
      entries += 1
      return answer
    }
    const value = await work({
      rows: tx.rows,
      row: tx.row,
      run: tx.run,
      look: (request, subjectIds, read) => counted(lookBy(app, tx, request, subjectIds, read)),
      miss: (request, asked, read) => counted(missBy(app, tx, request, [asked], read)),
    })
    if (entries === 0) throw new Error('a read without an entry in the register of looks')
    tx.afterCommit(() => app.nudge())
    return value
  })
}
