import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { NotFound } from '../base/refusal.ts'
import { type Query, type Row, type Statement, sql, type Tx } from '../db/database.ts'
import type { RequestKey, RightsEntry, RightsRequest, RightsText } from './model.ts'

/* SQL on rights_request, rights_entry and rights_text. */

const ENTRIES = `coalesce((select json_agg(json_build_object('entryNo', e.entry_no, 'step', e.step, 'actor', e.actor, 'unit', e.unit,
    'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'days', e.days, 'ground', e.ground, 'recordIds', e.record_ids) order by e.entry_no)
  from rights_entry e where e.subject_id = r.subject_id and e.request_id = r.request_id), '[]') as entries`
export const REQUEST_COLUMNS = `r.subject_id as "subjectId", r.request_id as "requestId", r.number, r.kind, r.asked_by as "askedBy", r.asked_at as "askedAt",
  r.asked_on as "askedOn", r.working_days as "workingDays", r.fact_id as "factId", r.look_receipt as "lookReceipt", r.unit, r.closed_at as "closedAt", ${ENTRIES}`

type EntryRow = Omit<RightsEntry, 'at'> & { readonly at: string }
export type RequestRow = Omit<RightsRequest, 'entries'> & { readonly entries: readonly EntryRow[] } & Row

export function requestOf(row: RequestRow): RightsRequest {
  return { ...row, entries: row.entries.map(entry => ({ ...entry, at: new Date(entry.at) })) }
}

/** One request, locked until the change ends. Throws `rights.unknown`. */
export async function lockRequest(tx: Tx, { subjectId, requestId }: RequestKey): Promise<RightsRequest> {
  const row = await tx.row<RequestRow>({
    name: 'lock-rights-request',
    text: `select ${REQUEST_COLUMNS} from rights_request r where r.subject_id = $1 and r.request_id = $2 for update of r`,
    values: [subjectId, requestId],
  })
  if (!row) throw new NotFound('rights.unknown')
  return requestOf(row)
}

export async function findRequest(query: Query, { subjectId, requestId }: RequestKey): Promise<RightsRequest | undefined> {
  const row = await query.row<RequestRow>(requestStatement({ subjectId, requestId }))
  return row && requestOf(row)
}

export function requestStatement({ subjectId, requestId }: RequestKey): Statement {
  return {
    name: 'rights-request',
    text: `select ${REQUEST_COLUMNS} from rights_request r where r.subject_id = $1 and r.request_id = $2`,
    values: [subjectId, requestId],
  }
}

export type RequestFilter = {
  readonly isOpen: boolean | null
  /** Requests that this unit is to answer; null: all. */
  readonly unit: string | null
  readonly subjectId: number | null
}

/** Requests: open ones by the day they were asked for, others latest first. */
export async function listRequests(query: Query, filter: RequestFilter, before: number, limit: number): Promise<RightsRequest[]> {
  const { isOpen, unit, subjectId } = filter
  const rows = await query.rows<RequestRow>({
    text: `select ${REQUEST_COLUMNS} from rights_request r where r.request_id < $1
      and ($2::boolean is null or (r.closed_at is null) = $2) and ($3::text is null or r.unit = $3) and ($4::bigint is null or r.subject_id = $4)
      order by r.request_id desc limit $5`,
    values: [before, isOpen, unit, subjectId, limit],
  })
  return rows.map(requestOf)
}

export type NewRequest = Omit<RightsRequest, 'entries' | 'closedAt' | 'askedAt' | 'askedOn' | 'askedBy'>

export async function insertRequest({ tx, at, today, actor, actId }: Change, request: NewRequest): Promise<void> {
  const { subjectId, requestId, number, kind, workingDays, factId, lookReceipt, unit } = request
  await tx.run(sql`insert into rights_request (subject_id, request_id, number, kind, asked_by, asked_at, asked_on, working_days, fact_id, look_receipt, unit, act_id)
    values (${subjectId}, ${requestId}, ${number}, ${kind}, ${actor.id}, ${at}, ${today}, ${workingDays}, ${factId}, ${lookReceipt}, ${unit}, ${actId})`)
}

export type NewEntry = Pick<RightsEntry, 'entryNo' | 'step'> & Partial<Pick<RightsEntry, 'days' | 'ground' | 'recordIds'>>

/** Appends a step with what was written, sealed; a step that ends the request closes it. */
export async function appendEntry(
  app: App,
  made: Change,
  key: RequestKey,
  entry: NewEntry,
  text: RightsText | null,
): Promise<void> {
  const { tx, at, actor, actId } = made
  const { entryNo, step, days = null, ground = null, recordIds = [] } = entry
  await tx.run(sql`insert into rights_entry (subject_id, request_id, entry_no, step, actor, unit, at, days, ground, record_ids, act_id)
    values (${key.subjectId}, ${key.requestId}, ${entryNo}, ${step}, ${actor.id}, ${actor.unit}, ${at}, ${days}, ${ground}, ${recordIds}, ${actId})`)
  if (text) {
    const sealed = app.keys.seal('data', JSON.stringify(text), `rights_text:${key.requestId}:${entryNo}`)
    await tx.run(sql`insert into rights_text (subject_id, request_id, entry_no, sealed)
      values (${key.subjectId}, ${key.requestId}, ${entryNo}, ${sealed})`)
  }
  if (step === 'granted' || step === 'refused' || step === 'withdrawn')
    await tx.run(
      sql`update rights_request set closed_at = ${at} where subject_id = ${key.subjectId} and request_id = ${key.requestId}`,
    )
}

/** A sealed text as it was written. */
export function openText(app: Pick<App, 'keys'>, requestId: number, entryNo: number, sealed: Buffer): RightsText {
  return JSON.parse(app.keys.open(sealed, `rights_text:${requestId}:${entryNo}`).toString()) as RightsText
}
