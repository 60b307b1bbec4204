import type { z } from 'zod'
import { type Actor, may } from '../access/actor.ts'
import { type Organisation, organisationsOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { type Query, type Row, sql } from '../db/database.ts'
import { OUTLETS } from '../disclosure/outlets.ts'
import { workingDaysBetween } from '../law/calendar.ts'
import { receiversOf } from '../law/receiver-model.ts'
import { dueDay } from './commands.ts'
import { confirmsFor, requireUnit } from './confirm.ts'
import type * as doors from './contract.ts'
import type { Cause, How, NoticeKey, NoticeKind } from './model.ts'

/* What receivers and the credit office see of what was taken away: ids, numbers and days, never what it was. */

type Asked = z.output<(typeof doors.listCorrections)['query']>
type Listed = z.infer<(typeof doors.listCorrections)['output']>

export type FoundNotice = {
  readonly subjectId: SubjectId
  readonly noticeId: number
  readonly kind: NoticeKind
  readonly cause: Cause | null
  readonly recordIds: FactId[] | null
  readonly receiver: string
  readonly program: string | null
  readonly outlets: string[]
  readonly businessNos: string[]
  readonly receipts: string[]
  readonly entries: number
  readonly at: Date
  readonly dueOn: Day | null
  readonly confirmedAt: Date | null
  readonly how: How | null
}

const NOTICES = `select n.subject_id as "subjectId", n.notice_id as "noticeId", n.kind, c.cause, c.record_ids as "recordIds", n.receiver, n.program, n.outlets,
    n.business_nos as "businessNos", n.receipts, n.entries, n.at, n.due_on as "dueOn", n.confirmed_at as "confirmedAt", e.how
  from receiver_notice n left join correction c using (subject_id, correction_id) left join receiver_notice_end e using (subject_id, notice_id)`

/** One of them by its key. */
export async function findOne(query: Query, { subjectId, noticeId }: NoticeKey): Promise<FoundNotice | undefined> {
  return await query.row<FoundNotice & Row>({
    name: 'find-correction-notice',
    text: `${NOTICES} where n.subject_id = $1 and n.notice_id = $2`,
    values: [subjectId, noticeId],
  })
}

const OUTLET_NAMES: ReadonlyMap<string, string> = new Map(OUTLETS.map(one => [one.outlet, one.name]))
const PLACE = /^(\d{1,15})-(\d{1,16})$/

/** What the actor's unit has to confirm, the earliest first, or has confirmed or was told, the latest first. Refuses `correction.all-units`, `correction.place`. */
export async function listFor(app: App, actor: Actor, asked: Asked): Promise<Listed> {
  const own = requireUnit(actor)
  const seesAll = asked.units === 'all'
  if (seesAll && !may(actor, 'receiver.read-all'))
    throw Object.assign(new NotAllowed('correction.all-units'), { message: 'receiver.read-all' })
  const unit = seesAll ? (asked.unit ?? null) : own
  const [rows, counts] = await Promise.all([listPage(app.db, unit, asked), countOpen(app, unit)])
  const units = await organisationsOf(
    app,
    rows.map(row => row.receiver),
  )
  const last = rows.at(-1)
  return {
    corrections: rows.map(row => noticeView(app, actor, row, units)),
    ...counts,
    next: last && rows.length === asked.limit ? `${last.at.getTime()}-${last.noticeId}` : null,
  }
}

const OF_STATE: Readonly<Record<Asked['state'], string>> = {
  open: "n.kind <> 'corrected' and n.confirmed_at is null",
  confirmed: "n.kind <> 'corrected' and n.confirmed_at is not null",
  told: "n.kind = 'corrected'",
}

async function listPage(query: Query, unit: string | null, { state, after, limit }: Asked): Promise<FoundNotice[]> {
  const [, at, noticeId] = PLACE.exec(after ?? '') ?? []
  if (after !== undefined && (at === undefined || noticeId === undefined)) throw new Refusal('correction.place', null, {}, 400)
  const place = after === undefined ? [null, null] : [new Date(Number(at)), Number(noticeId)]
  const [beyond, order] = state === 'open' ? ['>', 'n.at, n.notice_id'] : ['<', 'n.at desc, n.notice_id desc']
  return await query.rows<FoundNotice & Row>({
    name: `list-notices-${state}-${unit === null ? 'all' : 'own'}`,
    text: `${NOTICES} where ${OF_STATE[state]} and ${unit === null ? '$1::text is null' : 'n.receiver = $1'}
        and ($2::timestamptz is null or (n.at, n.notice_id) ${beyond} ($2::timestamptz, $3::bigint))
      order by ${order} limit $4`,
    values: [unit, ...place, limit],
  })
}

async function countOpen(app: App, unit: string | null): Promise<{ open: number; overdue: number }> {
  const row = await app.db.row<{ open: number; overdue: number }>({
    name: `count-open-notices-${unit === null ? 'all' : 'own'}`,
    text: `select count(*) as open, count(*) filter (where due_on < $2::date) as overdue from receiver_notice
      where kind <> 'corrected' and confirmed_at is null and ${unit === null ? '$1::text is null' : 'receiver = $1'}`,
    values: [unit, legalDay(app.now(), app.city.zone)],
  })
  return row ?? { open: 0, overdue: 0 }
}

type Units = z.infer<(typeof doors.listReceivers)['output']>

/** Units with something open: the one with most overdue first. */
export async function listUnits(app: App): Promise<Units> {
  const rows = await app.db.rows<{ unit: string; open: number; overdue: number; oldestAt: Date }>(sql`
    select receiver as unit, count(*) as open, count(*) filter (where due_on < ${legalDay(app.now(), app.city.zone)}::date) as overdue, min(at) as "oldestAt"
    from receiver_notice where kind <> 'corrected' and confirmed_at is null group by receiver order by overdue desc, "oldestAt", receiver`)
  const units = await organisationsOf(
    app,
    rows.map(row => row.unit),
  )
  return {
    units: rows.map(row => ({ ...row, name: units.get(row.unit)?.name ?? row.unit, oldestAt: row.oldestAt.toISOString() })),
  }
}

/** A notice as the doors answer it. */
export function noticeView(app: App, actor: Actor, row: FoundNotice, units: ReadonlyMap<string, Organisation>): doors.NoticeView {
  const { at, confirmedAt, recordIds, businessNos, receipts, outlets, ...rest } = row
  return {
    ...rest,
    sentence: app.words.say(row.cause === null ? 'receiver.asks-deletion' : `receiver.asks-${row.cause}`),
    recordIds: [...(recordIds ?? [])],
    receiverName: units.get(row.receiver)?.name ?? row.receiver,
    outlets,
    outletNames: outlets.map(id => OUTLET_NAMES.get(id) ?? id),
    businessNos,
    receipts,
    openedAt: at.toISOString(),
    ...clockOf(app, row),
    confirmedAt: confirmedAt?.toISOString() ?? null,
    mayConfirm: confirmedAt === null && row.kind !== 'corrected' && row.receiver === actor.unit && confirmsFor(actor, row),
  }
}

/** The day that was set, or, where the calendar was not published then, the day that follows from it now. */
function clockOf(app: App, { kind, at, dueOn: kept, confirmedAt }: FoundNotice) {
  const { workingDays } = receiversOf(app.law).confirmation
  const { zone } = app.city
  const dueOn = kept ?? (kind === 'correct-copies' ? dueDay(app, legalDay(at, zone)) : null)
  if (dueOn === null || confirmedAt !== null) return { dueOn, workingDays, workingDaysLeft: null, isOverdue: false }
  const today = legalDay(app.now(), zone)
  const left = workingDaysBetween(app.law.calendar, today, dueOn)
  return { dueOn, workingDays, workingDaysLeft: typeof left === 'number' ? left : null, isOverdue: dueOn < today }
}

type Feed = z.infer<(typeof doors.readFeed)['output']>
type FeedRow = Omit<Feed['changes'][number], 'at'> & { at: Date }

/**
 * Everything that the actor's unit was asked or told, in the order of commits: what is numbered later has a greater number, so whoever goes
 * on behind the last one misses nothing and reads nothing twice.
 */
export async function readFeed(
  app: App,
  actor: Actor,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Feed> {
  const unit = requireUnit(actor)
  const rows = await app.db.rows<FeedRow & Row>({
    name: 'receiver-feed',
    text: `select n.seq, n.subject_id as "subjectId", n.notice_id as "noticeId", n.kind, c.cause, coalesce(c.record_ids, '{}') as "recordIds", n.at, n.due_on as "dueOn", n.program
      from receiver_notice n left join correction c using (subject_id, correction_id) where n.receiver = $1 and n.seq > $2 order by n.seq limit $3`,
    values: [unit, after, limit],
  })
  return { changes: rows.map(row => ({ ...row, at: row.at.toISOString() })), next: rows.at(-1)?.seq ?? after }
}
