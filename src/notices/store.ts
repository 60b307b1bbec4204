import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { type Query, type Row, sql, type Tx } from '../db/database.ts'
import { Letter, type NoticeFacts, type NoticeHead, type NoticeKey, type ServiceEntry } from './model.ts'

/* SQL on notice, notice_series, notice_file and notice_service. */

/** A letter's content as it is sealed: the salt of its digest, the letter, what the case gave. */
export type Sealed = { readonly salt: string; readonly letter: Letter; readonly facts: NoticeFacts }

/**
 * The next number of a unit's letters in a year. Its row stays locked until the change is committed or rolled back: the next one waits, and a
 * number that was rolled back is given again. Numbers have no gap and need no explanation.
 */
export async function takeNumber({ tx }: Change, unit: string, year: number): Promise<number> {
  const row = await tx.row<{ last: number }>({
    name: 'take-notice-number',
    text: `insert into notice_series (unit, year, last) values ($1, $2, 1)
      on conflict on constraint notice_series_key do update set last = notice_series.last + 1 returning last`,
    values: [unit, year],
  })
  if (!row) throw new RangeError('no number')
  return row.last
}

export type NewNotice = Omit<NoticeHead, 'servedOn' | 'madeAt'> & {
  readonly year: number
  readonly no: number
  readonly sealed: Buffer
  readonly digest: Buffer
}

export async function insertNotice({ tx, at, actId }: Change, one: NewNotice): Promise<void> {
  const { subjectId, noticeId, caseId, unit, toUnit, number, notice, edition, madeOn, sealed, digest, year, no } = one
  await tx.run(sql`insert into notice (subject_id, notice_id, case_id, unit, to_unit, year, no, number, notice, edition, made_at, made_on, sealed, digest, act_id)
    values (${subjectId}, ${noticeId}, ${caseId}, ${unit}, ${toUnit}, ${year}, ${no}, ${number}, ${notice}, ${edition}, ${at}, ${madeOn}, ${sealed}, ${digest}, ${actId})`)
}

export const HEAD = `n.subject_id as "subjectId", n.notice_id as "noticeId", n.case_id as "caseId", n.unit, n.to_unit as "toUnit", n.number, n.notice, n.edition,
  n.made_at as "madeAt", n.made_on as "madeOn", n.served_on as "servedOn"`

/** Its service, beside a letter `n`; what is sealed only where the login may read it. */
export const PLAIN_ENTRIES = `coalesce((select json_agg(json_build_object('serial', s.serial, 'channel', s.channel, 'outcome', s.outcome, 'onDay', s.on_day,
  'actor', s.actor, 'reason', s.reason, 'sealed', null) order by s.at, s.service_id) from notice_service s where s.subject_id = n.subject_id and s.notice_id = n.notice_id), '[]') as entries`
export const ENTRIES = PLAIN_ENTRIES.replace("'sealed', null", "'sealed', encode(s.sealed, 'base64')")

export async function findHead(query: Query, { subjectId, noticeId }: NoticeKey): Promise<NoticeHead | undefined> {
  return await query.row<NoticeHead & Row>({
    name: 'notice-head',
    text: `select ${HEAD} from notice n where n.subject_id = $1 and n.notice_id = $2`,
    values: [subjectId, noticeId],
  })
}

/** The head, locked until the change ends. Throws `notice.unknown`. */
export async function lockHead(tx: Tx, { subjectId, noticeId }: NoticeKey): Promise<NoticeHead> {
  const row = await tx.row<NoticeHead & Row>({
    name: 'lock-notice',
    text: `select ${HEAD} from notice n where n.subject_id = $1 and n.notice_id = $2 for update`,
    values: [subjectId, noticeId],
  })
  if (!row) throw new NotFound('notice.unknown')
  return row
}

export async function listEntries(query: Query, { subjectId, noticeId }: NoticeKey): Promise<ServiceEntry[]> {
  return await query.rows<ServiceEntry & Row>({
    name: 'notice-service',
    text: `select serial, channel, outcome, at, on_day as "onDay", actor, reason from notice_service
      where subject_id = $1 and notice_id = $2 order by at, service_id`,
    values: [subjectId, noticeId],
  })
}

export type NewEntry = Pick<ServiceEntry, 'serial' | 'channel' | 'outcome'> & {
  readonly onDay?: Day
  readonly reason?: string | null
  readonly sealed?: Buffer | null
}

/** Appends a step of service; false where the same step of the same serial number stands already: it is told once. */
export async function appendEntry(
  app: Pick<App, 'ids'>,
  { tx, at, today, actor, actId }: Change,
  { subjectId, noticeId }: NoticeKey,
  { serial, channel, outcome, onDay = today, reason = null, sealed = null }: NewEntry,
): Promise<boolean> {
  const written = await tx.run({
    name: 'append-notice-service',
    text: `insert into notice_service (subject_id, notice_id, service_id, serial, channel, outcome, at, on_day, actor, reason, sealed, act_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict on constraint notice_service_once do nothing`,
    values: [subjectId, noticeId, await app.ids.next(), serial, channel, outcome, at, onDay, actor.id, reason, sealed, actId],
  })
  return written > 0
}

/**
 * From this day on it counts as served: set once, by the first proof; later ones are kept beside it. A case that waits for its letter to reach the
 * subject hears of it by a task.
 */
export async function setServed(
  app: Pick<App, 'queue'>,
  { tx }: Change,
  { subjectId, noticeId, caseId, toUnit, notice }: Pick<NoticeHead, 'subjectId' | 'noticeId' | 'caseId' | 'toUnit' | 'notice'>,
  on: Day,
): Promise<boolean> {
  const isNew =
    (await tx.run(
      sql`update notice set served_on = ${on} where subject_id = ${subjectId} and notice_id = ${noticeId} and served_on is null`,
    )) > 0
  if (isNew && caseId !== null && toUnit === null)
    await app.queue.enqueue(tx, 'notice-served', { subjectId, caseId, template: notice })
  return isNew
}

export async function servedDay(query: Query, subjectId: SubjectId, noticeId: number): Promise<Day | null> {
  const head = await findHead(query, { subjectId, noticeId })
  return head?.servedOn ?? null
}

/** What a letter is sealed to: one moved to another row does not open. */
export const letterPlace = (noticeId: number): string => `notice:${noticeId}`
export const entryPlace = (serial: string): string => `notice_service:${serial}`

export function openLetter(app: Pick<App, 'keys'>, noticeId: number, sealed: Buffer): Letter {
  const { letter } = JSON.parse(app.keys.open(sealed, letterPlace(noticeId)).toString()) as Sealed
  return Letter.parse(letter)
}
