import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { type LookReceipt, type LookRequest, look } from '../access/look.ts'
import type { ProvidedRead } from '../access/look-statement.ts'
import type { App } from '../app.ts'
import { type ArchiveRow, archiveOf, readArchiveRows } from '../archive/archive-rows.ts'
import type { Group } from '../archive/links.ts'
import { type Day, legalDay } from '../base/day.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Row, sql } from '../db/database.ts'
import type { OutletId } from '../disclosure/outlets.ts'
import { groupAt, recordsOfGroup } from '../reports/reported-subject.ts'
import { type Authorisation, type AuthorisationKey, authorisationState } from './model.ts'
import { requireReceiver } from './receiver.ts'
import { type AuthorisedRecord, authorisedRecords } from './records.ts'
import { keptNumber } from './request.ts'
import { findAuthorisation } from './store.ts'
import { clockText } from './text.ts'

export type ReadAsked = {
  readonly businessNo: string
  /** Absent: everything that was granted. */
  readonly classes?: readonly string[] | undefined
}

export type AuthorisedRead = LookReceipt & {
  readonly authorisation: Authorisation
  readonly classes: readonly { readonly id: string; readonly records: readonly AuthorisedRecord[] }[]
}

/**
 * The one place at which an authorisation opens a file: it must be of this receiver, in force at this instant, with reads left, and hold
 * every class that is asked for. The row it changes is the row that a revocation changes, so that each waits for the other; where it finds
 * none, nothing is registered and nothing read.
 *
 * $3 subject, $4 authorisation, $5 receiver, $6 classes, $7 business number, $8 the instant, $9 whether it counts as a read of its own.
 */
const IN_FORCE = `update authorisation_use u set reads = u.reads + case when $9::boolean then 1 else 0 end, last_read_at = $8
  from authorisation a
  where a.subject_id = $3 and a.authorisation_id = $4 and a.receiver = $5 and a.classes @> $6::text[] and a.business_no = $7
    and a.valid_from <= $8 and $8 < a.valid_until
    and u.subject_id = a.subject_id and u.authorisation_id = a.authorisation_id and u.ended_at is null and u.term_ended_at is null
    and (not $9::boolean or a.times is null or u.reads < a.times)
  returning true as held`

/** Makes a read of `base` (two values of its own) one that an authorisation must open. `base.text` asks `exists (select from provided)`. */
export function opened(
  base: ProvidedRead,
  authorisation: Authorisation,
  classes: readonly string[],
  at: Date,
  counts = true,
): ProvidedRead {
  const { subjectId, authorisationId, receiver, businessNo } = authorisation
  const values = [...(base.values ?? []), subjectId, authorisationId, receiver, classes, businessNo, at, counts]
  return { ...base, provided: IN_FORCE, values }
}

/** What the register of looks says of a read under an authorisation. */
export function lookUnder(app: App, actor: Actor, authorisation: Authorisation, outlet: OutletId): Omit<LookRequest, 'shown'> {
  const { authorisationId, purpose, businessNo, validUntil } = authorisation
  return {
    actor,
    outlet,
    purpose: app.law.authorisationPurposes.get(purpose)?.name ?? purpose,
    ground: { kind: 'authorisation', authorisationId },
    businessNo,
    until: lastDayOf(app, validUntil),
  }
}

/** The last day on which something that is over at an instant may be used. */
export function lastDayOf(app: Pick<App, 'city'>, until: Date): Day {
  return legalDay(new Date(until.getTime() - 1), app.city.zone)
}

/**
 * A subject's records as it let this receiver see them, class by class; registered as a look in the statement of the read.
 *
 * Refuses `authorisation.receiver-unverified`, `authorisation.unknown` (none, or another receiver's), and, kept for the subject to see,
 * `authorisation.revoked`, `.over`, `.used-up`, `.business-number`, `.class-not-granted`, `.subject-merged` (403).
 */
export async function readAuthorised(app: App, actor: Actor, key: AuthorisationKey, asked: ReadAsked): Promise<AuthorisedRead> {
  const authorisation = await ownAuthorisation(app, actor, key)
  const at = app.now()
  const classes = await requireAsked(app, actor, authorisation, asked, app.law.authorisableClasses)
  const group = await groupOf(app, actor, authorisation, at)
  const base = archiveOf(group, at)
  const read = opened(
    { ...base, name: 'authorised', text: `${base.text} and exists (select from provided)` },
    authorisation,
    classes,
    at,
  )
  const outlet: OutletId = actor.id.startsWith('account:') ? 'authorised-records' : 'api-authorised-records'
  const request = { ...lookUnder(app, actor, authorisation, outlet), shown: classes }
  const { rows, receipt, at: seenAt } = await look<ArchiveRow & Row>(app, request, group, read)
  if (rows.length === 0) throw await refuseRead(app, actor, authorisation, asked, classes)
  const { facts, subjects } = readArchiveRows(rows)
  const today = legalDay(at, app.city.zone)
  const records = authorisedRecords(app, {
    authorisation,
    day: today,
    kindOf: id => subjects.find(one => one.subjectId === id)?.kind ?? 'natural-person',
    records: recordsOfGroup(app.law, group, facts, today),
    classes,
  })
  const reads = authorisation.reads + 1
  return { authorisation: { ...authorisation, reads, lastReadAt: seenAt }, classes: records, receipt, at: seenAt }
}

/** The authorisation if it is this receiver's; of any other not even that there is one. */
export async function ownAuthorisation(app: App, actor: Actor, key: AuthorisationKey): Promise<Authorisation> {
  const unit = await requireReceiver(app, actor, 'archive.read-authorised')
  const found = await findAuthorisation(app.db, key)
  if (found?.receiver !== unit.id) throw new NotFound('authorisation.unknown')
  return found
}

/** The classes asked for, as far as asking needs no database. */
async function requireAsked(
  app: App,
  actor: Actor,
  authorisation: Authorisation,
  asked: ReadAsked,
  known: App['law']['authorisableClasses'],
): Promise<string[]> {
  const readable = authorisation.classes.filter(id => known.get(id)?.report === undefined)
  const classes = [...new Set(asked.classes ?? readable)]
  if (classes.length === 0 || !classes.every(id => readable.includes(id)))
    throw await refused(app, actor, authorisation, 'authorisation.class-not-granted')
  await requireNumber(app, actor, authorisation, asked.businessNo)
  return classes
}

/** Refuses `authorisation.business-number` where it is not the one that the subject read. */
export async function requireNumber(app: App, actor: Actor, authorisation: Authorisation, typed: string): Promise<void> {
  if (keptNumber(app, typed, app.now()) !== authorisation.businessNo)
    throw await refused(app, actor, authorisation, 'authorisation.business-number')
}

/** Whose records are its own; a subject that was merged since is none that could be asked. */
export async function groupOf(app: App, actor: Actor, authorisation: Authorisation, at: Date): Promise<Group> {
  const group = await groupAt(app, authorisation.subjectId, at)
  if (group[0] !== authorisation.subjectId) throw await refused(app, actor, authorisation, 'authorisation.subject-merged')
  return group
}

const BASIS = { revoked: 'pipl#15', over: 'pipl#14', 'used-up': 'pipl#14' } as const

/** Why the statement opened nothing, asked after it. */
export async function refuseRead(
  app: App,
  actor: Actor,
  authorisation: Authorisation,
  asked: ReadAsked,
  classes: readonly string[],
): Promise<Refusal> {
  const now = (await findAuthorisation(app.db, authorisation)) ?? authorisation
  const state = authorisationState(now, app.now())
  if (state !== 'in-force') return await refused(app, actor, now, `authorisation.${state}`)
  if (!classes.every(id => now.classes.includes(id))) return await refused(app, actor, now, 'authorisation.class-not-granted')
  return new Refusal('authorisation.changed-meanwhile', null, { businessNo: asked.businessNo }, 503)
}

/** A refusal that the subject sees: somebody wanted to read what it had not, or no longer, opened. */
async function refused(app: App, actor: Actor, authorisation: Authorisation, code: string): Promise<Refusal> {
  const { subjectId, authorisationId, endedAt, validUntil } = authorisation
  const state = authorisationState(authorisation, app.now())
  const detail = { authorisationId, receiver: authorisation.receiver, reason: code }
  await change(app, actor, { deed: 'authorisation.refuse-read', entity: `subject:${subjectId}`, detail }, made =>
    made.tx.run(sql`insert into refused_read (subject_id, authorisation_id, at, attempt_id, actor, reason, act_id)
      values (${subjectId}, ${authorisationId}, ${made.at}, ${made.actId}, ${actor.id}, ${code}, ${made.actId})`),
  )
  const facts = { at: endedAt && clockText(endedAt, app.city.zone), until: lastDayOf(app, validUntil) }
  return new Refusal(code, state === 'in-force' ? 'pipl#14' : BASIS[state], facts, 403)
}
